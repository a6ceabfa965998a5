package dev.howdah.internal.type;

import dev.howdah.row.Codec;
import dev.howdah.row.CompositeText;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.row.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes any value as text: by a user's codec, by {@link ScalarWriter}, or by what it is made of.
 */
final class ValueWriter {
  /** Quotes double with every level, so deeper ones are impossible anyway. */
  private static final int DEEPEST = 12;

  private final Codecs codecs;
  private final int depth;

  ValueWriter(Codecs codecs) {
    this(codecs, 0);
  }

  private ValueWriter(Codecs codecs, int depth) {
    this.codecs = codecs;
    this.depth = depth;
  }

  /** Whether a value is bound as an array. */
  boolean isList(Object value) {
    return ArrayWriter.isList(value) && codecs.writing(value) == null;
  }

  /**
   * Writes a value that is neither null nor optional.
   *
   * @throws Refused if it cannot be written
   */
  Literal write(Object value) {
    return isList(value) ? ArrayWriter.write(value, this::single, this::isList) : single(value);
  }

  /**
   * Writes a value that is not a list either.
   *
   * @throws Refused if it cannot be written
   */
  Literal single(Object value) {
    Literal own = byCodec(value);
    if (own != null) {
      return own;
    }
    Literal scalar = ScalarWriter.write(value);
    if (scalar != null) {
      return scalar;
    }
    if (value instanceof Range<?> range) {
      return new Literal(Oids.UNSPECIFIED, range.text(this::bound));
    }
    if (value instanceof Multirange<?> ranges) {
      return new Literal(Oids.UNSPECIFIED, ranges.text(this::bound));
    }
    if (value instanceof Row row) {
      return composite(row.values().stream().map(ValueWriter::ofRow).toList());
    }
    List<@Nullable Object> parts = PartsOf.value(value);
    if (parts == null) {
      throw ScalarWriter.notBindable(value);
    }
    return composite(parts);
  }

  /** What a codec makes of a value, or null if it has none. */
  @Nullable Literal byCodec(Object value) {
    Codec<Object> codec = codecs.writing(value);
    if (codec == null) {
      return null;
    }
    String text;
    try {
      text = codec.write(value);
    } catch (RuntimeException thrown) {
      throw new Refused(
          " was refused by " + codec + ", which threw " + thrown.getClass().getName(), thrown);
    }
    if (text == null) {
      throw new Refused(" was made null by " + codec + "; pass null itself for NULL");
    }
    return new Literal(Oids.UNSPECIFIED, ScalarWriter.checked(text));
  }

  private String bound(Object bound) {
    try {
      return single(bound).text();
    } catch (Refused refused) {
      throw refused.at(", a bound of the range");
    }
  }

  /** In a row a list is an array, and this a vector. */
  private static @Nullable Object ofRow(@Nullable Object value) {
    return value instanceof float[] vector ? Vector.of(vector) : value;
  }

  private Literal composite(List<@Nullable Object> parts) {
    if (depth == DEEPEST) {
      throw new Refused(": composites are nested deeper than " + DEEPEST);
    }
    ValueWriter inside = new ValueWriter(codecs, depth + 1);
    List<@Nullable String> fields = new ArrayList<>(parts.size());
    for (Object part : parts) {
      Object content = ScalarWriter.unwrap(part);
      try {
        fields.add(content == null ? null : inside.write(content).text());
      } catch (Refused refused) {
        throw refused.at(", attribute " + (fields.size() + 1));
      }
    }
    return new Literal(Oids.UNSPECIFIED, CompositeText.write(fields));
  }
}
