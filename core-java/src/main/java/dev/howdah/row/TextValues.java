package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Texts whose type only the target says: attributes of a composite of unknown types, and strings
 * inside of json. What cannot be read stays a text, for the conversion to refuse.
 */
final class TextValues {
  private TextValues() {}

  /** A string of json for a target that json has no form of its own for: a time, bytes, a range. */
  static @Nullable Object ofJson(@Nullable Object value, Type type) {
    Type target = TypeNames.bound(type);
    Class<?> raw = TypeNames.raw(target);
    if (raw == Optional.class) {
      return ofJson(value, TypeNames.argument(target, 0));
    }
    if (value instanceof String text) {
      try {
        return raw == byte[].class ? Base64.getDecoder().decode(text) : scalar(text, target, raw);
      } catch (MappingFailure | IllegalArgumentException | DateTimeException unreadable) {
        return text;
      }
    }
    if (value instanceof List<?> list && isContainer(raw)) {
      Type element = element(target, raw);
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(ofJson(item, element)));
      return items;
    }
    if (value instanceof Map<?, ?> map && raw == Map.class) {
      Type member = TypeNames.argument(target, 1);
      Map<@Nullable Object, @Nullable Object> members = new LinkedHashMap<>();
      map.forEach((key, one) -> members.put(key, ofJson(one, member)));
      return members;
    }
    return value;
  }

  /** The text of an attribute, by the type it is for. */
  static Object ofServer(String text, Type type) {
    Type target = TypeNames.bound(type);
    Class<?> raw = TypeNames.raw(target);
    try {
      if (raw == Optional.class) {
        return ofServer(text, TypeNames.argument(target, 0));
      }
      if (raw == byte[].class || raw == ByteBuffer.class) {
        return text.startsWith("\\x") ? HexFormat.of().parseHex(text, 2, text.length()) : text;
      }
      if (isContainer(raw)) {
        Type element = element(target, raw);
        return ArrayText.looksLikeArray(text)
            ? ArrayText.parse(text, item -> ofServer(item, element))
            : text;
      }
      if (raw == boolean.class || raw == Boolean.class) {
        return text.equals("t") ? (Object) true : text.equals("f") ? (Object) false : text;
      }
      if (Number.class.isAssignableFrom(raw) || (raw.isPrimitive() && raw != char.class)) {
        return number(text);
      }
      return scalar(text, target, raw);
    } catch (MappingFailure | IllegalArgumentException | DateTimeException unreadable) {
      return text;
    }
  }

  private static Number number(String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
      default -> new BigDecimal(text);
    };
  }

  private static Object scalar(String text, Type target, Class<?> raw) {
    if (raw == Interval.class || raw == Duration.class || raw == Period.class) {
      return Interval.parse(text);
    }
    if (raw == Inet.class || InetAddress.class.isAssignableFrom(raw)) {
      return Inet.parse(text);
    }
    if (raw == Cidr.class) {
      return Cidr.parse(text);
    }
    if (raw == BitString.class) {
      return BitString.parse(text);
    }
    if (raw == Range.class) {
      return Range.parse(text, bound -> ofServer(bound, TypeNames.argument(target, 0)));
    }
    if (raw == Multirange.class) {
      return Multirange.parse(text, bound -> ofServer(bound, TypeNames.argument(target, 0)));
    }
    if (Geometry.class.isAssignableFrom(raw)) {
      return geometry(text, raw);
    }
    return java.time.temporal.Temporal.class.isAssignableFrom(raw) || raw == Date.class
        ? Times.parse(text, raw)
        : text;
  }

  private static Object geometry(String text, Class<?> raw) {
    return switch (raw.getSimpleName()) {
      case "Point" -> Geometry.Point.parse(text);
      case "Line" -> Geometry.Line.parse(text);
      case "LineSegment" -> Geometry.LineSegment.parse(text);
      case "Box" -> Geometry.Box.parse(text);
      case "Path" -> Geometry.Path.parse(text);
      case "Polygon" -> Geometry.Polygon.parse(text);
      case "Circle" -> Geometry.Circle.parse(text);
      default -> text;
    };
  }

  private static boolean isContainer(Class<?> raw) {
    return (raw.isArray() && raw != byte[].class)
        || raw == Iterable.class
        || Collection.class.isAssignableFrom(raw);
  }

  private static Type element(Type target, Class<?> raw) {
    if (target instanceof GenericArrayType array) {
      return array.getGenericComponentType();
    }
    return raw.isArray() ? raw.getComponentType() : TypeNames.argument(target, 0);
  }
}
