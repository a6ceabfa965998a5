package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and plain values as JSON, for defaults of json columns. */
final class JsonText {
  private JsonText() {}

  static String write(Object value, String what) {
    StringBuilder json = new StringBuilder();
    append(json, value, what);
    return json.toString();
  }

  private static void append(StringBuilder json, @Nullable Object value, String what) {
    if (value == null || value instanceof Boolean) {
      json.append(value);
    } else if (value instanceof Number number && isFinite(number)) {
      json.append(number);
    } else if (value instanceof CharSequence || value instanceof Character) {
      appendText(json, value.toString());
    } else if (value instanceof Enum<?> constant) {
      appendText(json, constant.name());
    } else if (value instanceof Map<?, ?> map) {
      json.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.append(separator);
        appendText(json, String.valueOf(entry.getKey()));
        json.append(':');
        append(json, entry.getValue(), what);
        separator = ",";
      }
      json.append('}');
    } else if (value instanceof Iterable<?> items) {
      json.append('[');
      String separator = "";
      for (Object item : items) {
        json.append(separator);
        append(json, item, what);
        separator = ",";
      }
      json.append(']');
    } else {
      throw new WrongArguments(
          what
              + " holds a "
              + value.getClass().getName()
              + ", which has no JSON form here; give text, numbers, booleans, maps and lists");
    }
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
