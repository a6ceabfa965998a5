package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/** The classes of this package that stand for one PostgreSQL value each, and their conversions. */
final class OwnTypes {
  private static final Set<Class<?>> CLASSES =
      Set.of(
          Json.class,
          Interval.class,
          Range.class,
          Multirange.class,
          Inet.class,
          Cidr.class,
          BitString.class,
          Hstore.class,
          Lsn.class,
          Vector.class,
          Geometry.class,
          Geometry.Point.class,
          Geometry.Line.class,
          Geometry.LineSegment.class,
          Geometry.Box.class,
          Geometry.Path.class,
          Geometry.Polygon.class,
          Geometry.Circle.class);

  private OwnTypes() {}

  /** Whether values of this class are single values, although some of them have parts. */
  static boolean contains(Class<?> type) {
    return CLASSES.contains(type);
  }

  /** Whether a value prints as PostgreSQL does. */
  static boolean hasServerText(Object value) {
    return value instanceof Row
        || value instanceof ServerArray
        || value instanceof float[]
        || (contains(value.getClass()) && !(value instanceof Json));
  }

  static void addTo(Map<Class<?>, Conversion> table) {
    table.put(InetAddress.class, Conversion.of(InetAddress.class, OwnTypes::toInetAddress));
    table.put(BitSet.class, Conversion.of(BitSet.class, OwnTypes::toBitSet));
    table.put(Vector.class, Conversion.passing(Vector.class, Vector.class, OwnTypes::toVector));
    table.put(Lsn.class, Conversion.passing(Lsn.class, Lsn.class, OwnTypes::toLsn));
  }

  /** Ranges of another type of bounds. */
  static Conversion toRange(Type target, Conversion bound) {
    return Conversion.of(
        target,
        value -> {
          if (value instanceof Range<?> range) {
            return converted(range, bound);
          }
          throw Misfit.noWay(value, target);
        });
  }

  /** Multiranges of another type of bounds. */
  static Conversion toMultirange(Type target, Conversion bound) {
    return Conversion.of(
        target,
        value -> {
          if (value instanceof Multirange<?> ranges) {
            return new Multirange<>(
                ranges.ranges().stream().map(range -> converted(range, bound)).toList());
          }
          throw Misfit.noWay(value, target);
        });
  }

  private static Range<?> converted(Range<?> range, Conversion bound) {
    try {
      return range.map(bound::converted);
    } catch (Misfit misfit) {
      throw misfit.inside("a bound of the range");
    }
  }

  private static Object toInetAddress(Object value) {
    if (!(value instanceof Inet inet)) {
      throw Misfit.noWay(value, InetAddress.class);
    }
    if (!inet.isSingleHost()) {
      throw Misfit.of(
          value,
          "has a prefix of "
              + inet.prefix()
              + " bits, which InetAddress cannot hold: ask for Inet, or use host() in SQL");
    }
    return inet.address();
  }

  private static Object toBitSet(Object value) {
    if (value instanceof BitString bits) {
      return bits.toBitSet();
    }
    throw Misfit.noWay(value, BitSet.class);
  }

  private static Object toVector(Object value) {
    if (value instanceof float[] values) {
      return Vector.of(values);
    }
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, Vector.class);
    }
    try {
      return Vector.parse(text);
    } catch (MappingFailure malformed) {
      throw new Misfit(String.valueOf(malformed.getMessage()));
    }
  }

  private static Object toLsn(Object value) {
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, Lsn.class);
    }
    try {
      return Lsn.parse(text);
    } catch (MappingFailure malformed) {
      throw new Misfit(String.valueOf(malformed.getMessage()));
    }
  }
}
