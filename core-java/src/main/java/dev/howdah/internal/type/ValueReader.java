package dev.howdah.internal.type;

import dev.howdah.row.ArrayText;
import dev.howdah.row.BitString;
import dev.howdah.row.Cidr;
import dev.howdah.row.Geometry;
import dev.howdah.row.Inet;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the value of one type from its text; the text is never that of NULL. */
@FunctionalInterface
interface ValueReader {
  /** Leaves the text as it is. */
  ValueReader TEXT = text -> text;

  /** Reads one value. */
  @Nullable Object read(String text);

  /** The value of a built-in type that does not stand in {@link TextDecoder}'s own table. */
  static Object ofBuiltIn(int oid, String text) {
    return switch (oid) {
      case 22 -> ArrayText.parseVector(text, bound(Oids.INT2));
      case 30 -> ArrayText.parseVector(text, bound(Oids.OID));
      case 600 -> Geometry.Point.parse(text);
      case 601 -> Geometry.LineSegment.parse(text);
      case 602 -> Geometry.Path.parse(text);
      case Oids.BOX -> Geometry.Box.parse(text);
      case 604 -> Geometry.Polygon.parse(text);
      case 628 -> Geometry.Line.parse(text);
      case 718 -> Geometry.Circle.parse(text);
      case Oids.CIDR -> Cidr.parse(text);
      case Oids.INET -> Inet.parse(text);
      case Oids.BIT, Oids.VARBIT -> BitString.parse(text);
      case 3904, 3926, 3906, 3908, 3910, 3912 -> Range.parse(text, bound(boundOf(oid)));
      case 4451, 4536, 4532, 4533, 4534, 4535 -> Multirange.parse(text, bound(boundOf(oid)));
      default -> text;
    };
  }

  /** The type of the bounds of a built-in range or multirange; 0 for other types. */
  static int boundOf(int oid) {
    return switch (oid) {
      case 3904, 4451 -> Oids.INT4;
      case 3926, 4536 -> Oids.INT8;
      case 3906, 4532 -> Oids.NUMERIC;
      case 3908, 4533 -> Oids.TIMESTAMP;
      case 3910, 4534 -> Oids.TIMESTAMPTZ;
      case 3912, 4535 -> Oids.DATE;
      default -> Oids.UNSPECIFIED;
    };
  }

  /** Whether a built-in type is a multirange. */
  static boolean isMultirange(int oid) {
    return oid >= 4451 && oid <= 4536 && boundOf(oid) != Oids.UNSPECIFIED;
  }

  private static Function<String, Object> bound(int oid) {
    return text -> java.util.Objects.requireNonNull(TextDecoder.decode(oid, text));
  }
}
