package dev.howdah.internal.type;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.internal.type.TypeInfo.Attribute;
import dev.howdah.row.ArrayText;
import dev.howdah.row.Codec;
import dev.howdah.row.Columns;
import dev.howdah.row.CompositeText;
import dev.howdah.row.Hstore;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.row.Vector;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes readers for types, out of the readers for what they are made of. */
final class ReaderFactory {
  private final Codecs codecs;
  private final Map<Integer, TypeInfo> types;

  ReaderFactory(Codecs codecs, Map<Integer, TypeInfo> types) {
    this.codecs = codecs;
    this.types = types;
  }

  /** The reader for a type; one that nobody knows stays text. */
  ValueReader of(int oid) {
    if (Oids.isBuiltIn(oid)) {
      return ofBuiltIn(oid);
    }
    TypeInfo type = types.get(oid);
    if (type == null) {
      return ValueReader.TEXT;
    }
    Codec<?> codec = codecs.reading(type.schema(), type.name());
    if (codec != null) {
      return ofCodec(codec);
    }
    return switch (type.kind()) {
      case DOMAIN -> of(type.inner());
      case ARRAY -> ofArray(type.delimiter(), of(type.inner()));
      case RANGE -> ofRange(of(type.inner()));
      case MULTIRANGE -> ofMultirange(type);
      case COMPOSITE -> ofComposite(type);
      case BASE -> ofExtension(type.name());
      case ENUM, OTHER -> ValueReader.TEXT;
    };
  }

  private ValueReader ofBuiltIn(int oid) {
    Codec<?> codec = codecs.reading(oid);
    if (codec != null) {
      return ofCodec(codec);
    }
    if (!codecs.isLeftAsText(oid)) {
      return text -> TextDecoder.decode(oid, text);
    }
    int element = Oids.elementOf(oid);
    if (element != Oids.UNSPECIFIED) {
      return ofArray(Oids.delimiter(element), of(element));
    }
    ValueReader bound = of(ValueReader.boundOf(oid));
    return ValueReader.isMultirange(oid)
        ? text -> Multirange.parse(text, bound(bound))
        : ofRange(bound);
  }

  private static ValueReader ofCodec(Codec<?> codec) {
    return text -> {
      try {
        return codec.read(text);
      } catch (RuntimeException thrown) {
        // Its own message may quote the value, so it stays in the cause.
        throw new MappingFailure(codec + " threw " + thrown.getClass().getName(), thrown);
      }
    };
  }

  private static ValueReader ofArray(char delimiter, ValueReader element) {
    return text -> {
      try {
        return ArrayText.parse(text, delimiter, element::read);
      } catch (IllegalArgumentException malformed) {
        throw new MappingFailure("a value cannot be read: " + malformed.getMessage());
      }
    };
  }

  private static ValueReader ofRange(ValueReader bound) {
    return text -> Range.parse(text, bound(bound));
  }

  private ValueReader ofMultirange(TypeInfo type) {
    TypeInfo range = types.get(type.inner());
    ValueReader bound = range == null ? ValueReader.TEXT : of(range.inner());
    return text -> Multirange.parse(text, bound(bound));
  }

  private static Function<String, Object> bound(ValueReader reader) {
    return text -> {
      Object bound = reader.read(text);
      if (bound == null) {
        throw new MappingFailure("a codec made null of the bound of a range");
      }
      return bound;
    };
  }

  private ValueReader ofComposite(TypeInfo type) {
    List<Attribute> attributes = type.attributes();
    Columns columns =
        Columns.of(
            attributes.stream().map(Attribute::name).toList(),
            attributes.stream().mapToInt(Attribute::oid).toArray());
    ValueReader[] readers =
        attributes.stream().map(one -> of(one.oid())).toArray(ValueReader[]::new);
    return text -> {
      List<@Nullable String> fields = fields(text);
      @Nullable Object[] values = new @Nullable Object[readers.length];
      // "()" is one NULL, too.
      if (fields.size() != readers.length && !(fields.isEmpty() && readers.length == 1)) {
        throw new OutdatedType(type.oid(), null);
      }
      for (int i = 0; i < fields.size(); i++) {
        String field = fields.get(i);
        try {
          values[i] = field == null ? null : readers[i].read(field);
        } catch (MappingFailure unreadable) {
          throw new OutdatedType(type.oid(), at(attributes.get(i), unreadable));
        }
      }
      return Row.owning(columns, values);
    };
  }

  private static MappingFailure at(Attribute attribute, MappingFailure failure) {
    return new MappingFailure(
        "attribute '" + attribute.name() + "': " + failure.getMessage(), failure.getCause());
  }

  private static List<@Nullable String> fields(String text) {
    try {
      return CompositeText.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new MappingFailure("a value cannot be read: " + malformed.getMessage());
    }
  }

  private static ValueReader ofExtension(String name) {
    return switch (name) {
      case "hstore" -> Hstore::parse;
      case "vector", "halfvec" -> text -> Vector.parse(text).values();
      default -> ValueReader.TEXT;
    };
  }
}
