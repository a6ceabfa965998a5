package dev.howdah.row;

import dev.howdah.error.ClientException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes Java values as one JSON document without spaces; see {@link Json#of} for the rules. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  /** Member names and indexes from the document's root to here, for messages. */
  private final StringBuilder path = new StringBuilder("$");

  private JsonWriter() {}

  /**
   * Writes a document.
   *
   * @throws ClientException.WrongArguments naming the path of what JSON or PostgreSQL cannot hold
   */
  static String write(@Nullable Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value, 0);
    return writer.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > JsonReader.MAX_DEPTH) {
      throw refused("nested deeper than " + JsonReader.MAX_DEPTH + " (does it contain itself?)");
    }
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof CharSequence || value instanceof Character) {
      string(value.toString());
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else if (value instanceof Json json) {
      out.append(json.text());
    } else if (value instanceof Row row) {
      object(row.asMap(), depth);
    } else if (OwnTypes.contains(value.getClass())) {
      string(value.toString());
    } else if (value instanceof Enum<?> constant) {
      string(constant.name());
    } else if (value instanceof byte[] bytes) {
      string(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Iterable<?> iterable && !(value instanceof Path)) {
      elements(iterable, depth);
    } else if (value.getClass().isArray()) {
      elements(value, depth);
    } else if (byLibrary(JsonLibrary.annotating(value.getClass()), value)) {
      return;
    } else if (value instanceof Record components) {
      object(RecordParts.of(components), depth);
    } else if (value instanceof Optional<?> optional) {
      value(optional.orElse(null), depth + 1);
    } else {
      other(value, depth);
    }
  }

  private void other(Object value, int depth) {
    Map<String, @Nullable Object> parts = RowMappers.partsOf(value);
    if (parts != null) {
      object(parts, depth);
    } else if (value instanceof OptionalInt optional) {
      out.append(optional.isPresent() ? optional.getAsInt() : "null");
    } else if (value instanceof OptionalLong optional) {
      out.append(optional.isPresent() ? optional.getAsLong() : "null");
    } else if (value instanceof OptionalDouble optional) {
      value(optional.isPresent() ? optional.getAsDouble() : null, 0);
    } else if (value.getClass() == Date.class) {
      string(((Date) value).toInstant().toString());
    } else if (hasOwnText(value.getClass())) {
      string(value.toString());
    } else if (MapperCache.isOfTheJdk(value.getClass())
        || !byLibrary(JsonLibrary.installed(), value)) {
      throw refused(
          "a " + value.getClass().getName() + " has no JSON form; pass a Map or a record instead");
    }
  }

  private boolean byLibrary(@Nullable JsonLibrary library, Object value) {
    if (library == null) {
      return false;
    }
    try {
      out.append(library.write(value));
      return true;
    } catch (ClientException.MappingFailure refused) {
      throw refused(String.valueOf(refused.getMessage()));
    }
  }

  private static boolean hasOwnText(Class<?> type) {
    try {
      return type.getMethod("toString").getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException cannotBe) {
      return false;
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    int start = out.length();
    int parent = path.length();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (key == null) {
        throw refused("a JSON object cannot have a null as a member name");
      }
      String name = key instanceof Enum<?> constant ? constant.name() : key.toString();
      member(name, entry.getValue(), start, depth);
      path.setLength(parent);
    }
    out.append('}');
  }

  private void member(String name, @Nullable Object value, int start, int depth) {
    if (out.length() > start) {
      out.append(',');
    }
    path.append('.').append(name);
    string(name);
    out.append(':');
    value(value, depth + 1);
  }

  private void elements(Iterable<?> elements, int depth) {
    out.append('[');
    int index = 0;
    for (Object element : elements) {
      element(element, index++, depth);
    }
    out.append(']');
  }

  private void elements(Object array, int depth) {
    out.append('[');
    for (int index = 0; index < Array.getLength(array); index++) {
      element(Array.get(array, index), index, depth);
    }
    out.append(']');
  }

  private void element(@Nullable Object element, int index, int depth) {
    if (index > 0) {
      out.append(',');
    }
    int parent = path.length();
    path.append('[').append(index).append(']');
    value(element, depth + 1);
    path.setLength(parent);
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw refused("JSON has no NaN and no infinity");
      }
    } else if (!isPlain(number)) {
      throw refused(
          "a " + number.getClass().getName() + " is not a number JSON knows; pass a BigDecimal");
    }
    out.append(number);
  }

  private static boolean isPlain(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof BigDecimal
        || number instanceof BigInteger
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong;
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\0' ->
            throw refused(
                "the text has the NUL character (U+0000) at index "
                    + i
                    + ", which PostgreSQL cannot hold");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(c < 16 ? "0" : "1").append(Character.forDigit(c & 15, 16));
          } else {
            refuseUnpaired(text, i);
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private void refuseUnpaired(String text, int i) {
    char c = text.charAt(i);
    boolean paired =
        Character.isHighSurrogate(c)
            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    if (Character.isSurrogate(c) && !paired) {
      throw refused(
          "the text has an unpaired surrogate at index " + i + ", which UTF-8 cannot hold");
    }
  }

  private ClientException.WrongArguments refused(String why) {
    String where = path.length() <= 100 ? path.toString() : path.substring(0, 100) + "…";
    return new ClientException.WrongArguments("cannot be written as JSON at " + where + ": " + why);
  }
}
