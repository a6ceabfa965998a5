package dev.howdah.internal.type;

import dev.howdah.error.ClientException;
import dev.howdah.row.BitString;
import dev.howdah.row.Cidr;
import dev.howdah.row.Geometry;
import dev.howdah.row.Hstore;
import dev.howdah.row.Inet;
import dev.howdah.row.Interval;
import dev.howdah.row.Json;
import dev.howdah.row.Lsn;
import dev.howdah.row.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Writes single values as text; the table is in {@link ParameterEncoder}. */
final class ScalarWriter {
  /** What numeric holds before the point, and after it. */
  private static final int WHOLE_DIGITS = 131_072;

  private static final int FRACTION_DIGITS = 16_383;

  /** Numbers of fewer bits have fewer digits than that; counting the digits takes long. */
  private static final int MANY_BITS = 435_400;

  private ScalarWriter() {}

  /** The content of an optional, else the value itself. */
  static @Nullable Object unwrap(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return unwrap(optional.orElse(null));
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? (Object) optional.getAsInt() : null;
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? (Object) optional.getAsLong() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? (Object) optional.getAsDouble() : null;
    }
    return value;
  }

  /** Whether these are bytes, and not an array of numbers. */
  static boolean isBytes(Object value) {
    return value instanceof byte[] || value instanceof ByteBuffer;
  }

  /** The bytes, copied, so that the caller may go on with its own. */
  static byte[] bytes(Object value) {
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return ((byte[]) value).clone();
  }

  /**
   * Writes a value that is neither null, nor optional, nor a list, nor made of parts.
   *
   * @return null if no rule knows its class
   * @throws Refused if it is of a class we know but cannot be written
   */
  static @Nullable Literal write(Object value) {
    if (value instanceof CharSequence || value instanceof Character) {
      return new Literal(Oids.UNSPECIFIED, checked(value.toString()));
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Boolean) {
      return new Literal(Oids.BOOL, value.toString());
    }
    if (value instanceof UUID) {
      return new Literal(Oids.UUID, value.toString());
    }
    if (value instanceof Enum<?> constant) {
      return new Literal(Oids.UNSPECIFIED, checked(constant.name()));
    }
    if (value instanceof Hstore hstore) {
      return new Literal(Oids.UNSPECIFIED, checked(hstore.toString()));
    }
    if (value instanceof Json || value instanceof Map) {
      return new Literal(Oids.UNSPECIFIED, json(value));
    }
    if (isBytes(value)) {
      return new Literal(Oids.BYTEA, ByteaText.write(bytes(value)));
    }
    Literal temporal = temporal(value);
    return temporal == null ? own(value) : temporal;
  }

  private static @Nullable Literal own(Object value) {
    if (value instanceof InetAddress address) {
      return new Literal(Oids.INET, address(address));
    }
    if (value instanceof Inet) {
      return new Literal(Oids.INET, value.toString());
    }
    if (value instanceof Cidr) {
      return new Literal(Oids.CIDR, value.toString());
    }
    if (value instanceof Geometry shape) {
      return new Literal(geometry(shape), shape.toString());
    }
    if (value instanceof BitString || value instanceof Vector) {
      return new Literal(Oids.UNSPECIFIED, value.toString());
    }
    return value instanceof Lsn ? new Literal(Oids.PG_LSN, value.toString()) : null;
  }

  private static int geometry(Geometry shape) {
    if (shape instanceof Geometry.Point) {
      return Oids.POINT;
    }
    if (shape instanceof Geometry.Box) {
      return Oids.BOX;
    }
    if (shape instanceof Geometry.LineSegment) {
      return 601;
    }
    if (shape instanceof Geometry.Path) {
      return 602;
    }
    if (shape instanceof Geometry.Polygon) {
      return 604;
    }
    return shape instanceof Geometry.Line ? 628 : 718;
  }

  private static @Nullable Literal number(Number number) {
    if (number instanceof Integer || number instanceof AtomicInteger) {
      return new Literal(Oids.INT4, number.toString());
    }
    if (number instanceof Long || number instanceof AtomicLong) {
      return new Literal(Oids.INT8, number.toString());
    }
    if (number instanceof Short || number instanceof Byte) {
      return new Literal(Oids.INT2, number.toString());
    }
    if (number instanceof Double) {
      return new Literal(Oids.FLOAT8, number.toString());
    }
    if (number instanceof Float) {
      return new Literal(Oids.FLOAT4, number.toString());
    }
    if (number instanceof BigDecimal decimal) {
      if (decimal.signum() == 0 && decimal.scale() < 0) {
        return new Literal(Oids.NUMERIC, "0");
      }
      // In long: the scale alone may be the largest or smallest int.
      if ((long) decimal.precision() - decimal.scale() > WHOLE_DIGITS
          || decimal.scale() > FRACTION_DIGITS) {
        throw tooLong();
      }
      return new Literal(Oids.NUMERIC, decimal.toPlainString());
    }
    if (number instanceof BigInteger whole) {
      if (whole.bitLength() > MANY_BITS && new BigDecimal(whole).precision() > WHOLE_DIGITS) {
        throw tooLong();
      }
      return new Literal(Oids.NUMERIC, whole.toString());
    }
    return null;
  }

  private static Refused tooLong() {
    return new Refused(
        ": PostgreSQL's numeric holds "
            + WHOLE_DIGITS
            + " digits before the point and "
            + FRACTION_DIGITS
            + " after it");
  }

  private static @Nullable Literal temporal(Object value) {
    if (value instanceof Instant instant) {
      return new Literal(Oids.TIMESTAMPTZ, TemporalWriter.timestamp(instant));
    }
    if (value instanceof LocalDate date) {
      return new Literal(Oids.DATE, TemporalWriter.date(date));
    }
    if (value instanceof LocalDateTime time) {
      return new Literal(Oids.TIMESTAMP, TemporalWriter.timestamp(time));
    }
    if (value instanceof OffsetDateTime time) {
      return new Literal(Oids.TIMESTAMPTZ, TemporalWriter.timestamp(time));
    }
    if (value instanceof ZonedDateTime time) {
      return new Literal(Oids.TIMESTAMPTZ, TemporalWriter.timestamp(time));
    }
    if (value instanceof Date date) {
      return new Literal(Oids.TIMESTAMPTZ, TemporalWriter.timestamp(date));
    }
    if (value instanceof LocalTime time) {
      return new Literal(Oids.TIME, TemporalWriter.time(time));
    }
    if (value instanceof OffsetTime time) {
      return new Literal(Oids.TIMETZ, TemporalWriter.time(time));
    }
    return interval(value);
  }

  private static @Nullable Literal interval(Object value) {
    try {
      if (value instanceof Interval interval) {
        return new Literal(Oids.INTERVAL, interval.toString());
      }
      if (value instanceof Duration duration) {
        return new Literal(Oids.INTERVAL, Interval.of(duration).toString());
      }
      if (value instanceof Period period) {
        return new Literal(Oids.INTERVAL, Interval.of(period).toString());
      }
      return null;
    } catch (ClientException.WrongArguments tooLong) {
      throw new Refused(": " + tooLong.getMessage());
    }
  }

  /** Any value as a JSON document; the text of a Json is the server's to check. */
  static String json(Object value) {
    try {
      return checked(Json.of(value).text());
    } catch (ClientException.WrongArguments notJson) {
      throw new Refused(" " + notJson.getMessage());
    }
  }

  private static String address(InetAddress address) {
    String text = address.getHostAddress();
    if (text.indexOf('%') >= 0) {
      throw new Refused(": PostgreSQL's inet has no place for the scope of an IPv6 address");
    }
    return text;
  }

  /** The text, if UTF-8 and PostgreSQL can hold it. */
  static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new Refused(
            ": the text has the NUL character (U+0000) at index "
                + i
                + ", which PostgreSQL cannot hold; remove it, or use bytea");
      }
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new Refused(
              ": the text has an unpaired surrogate at index " + i + ", which UTF-8 cannot hold");
        }
        i++;
      }
    }
    return text;
  }

  static Refused notBindable(Object value) {
    return new Refused(
        " of type "
            + value.getClass().getTypeName()
            + " cannot be bound; pass a Boolean, a number, text, an enum, UUID, byte[], a date or"
            + " time of java.time, a value type of dev.howdah.row (Interval, Range, Inet …), Json"
            + " or a Map (as JSON), a record (as a composite), or a collection or array of these;"
            + " or give the database a Codec for it");
  }
}
