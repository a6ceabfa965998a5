package dev.howdah.internal.type;

import dev.howdah.row.Hstore;
import dev.howdah.row.Json;
import dev.howdah.row.Row;
import dev.howdah.row.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a value as the text of a column whose type is known; refuses what cannot fit it. */
final class ColumnWriter {
  /** A long has 19 digits; more cannot fit any whole-number column. */
  private static final int LONG_DIGITS = 19;

  /** Knows no codecs. */
  static final ColumnWriter PLAIN = new ColumnWriter(new ValueWriter(Codecs.NONE));

  private final ValueWriter values;

  ColumnWriter(ValueWriter values) {
    this.values = values;
  }

  /**
   * The OID parameters for a column are announced with, whatever their value, so that one statement
   * stays one statement: the column's own, but 0 for text columns (where {@code LIKE} on a char(n)
   * would lose trailing blanks) and for types that are not built in.
   */
  static int parameterOid(int columnOid) {
    return isText(columnOid) || !Oids.isBuiltIn(columnOid) ? Oids.UNSPECIFIED : columnOid;
  }

  /**
   * Writes a value that is neither null nor optional.
   *
   * @throws Refused if it cannot be a value of the column
   */
  String write(int columnOid, Object value) {
    Literal byCodec = values.byCodec(value);
    if (byCodec != null) {
      return byCodec.text();
    }
    int element = Oids.elementOf(columnOid);
    if (element != Oids.UNSPECIFIED) {
      return array(element, value);
    }
    return switch (columnOid) {
      case Oids.JSON, Oids.JSONB ->
          value instanceof CharSequence ? text(value) : ScalarWriter.json(value);
      case Oids.INT2 -> whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
      case Oids.INT4 -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Oids.INT8 -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
      case Oids.OID -> whole(value, 0, 0xffff_ffffL);
      case Oids.FLOAT4 -> real(value);
      case Oids.FLOAT8, Oids.NUMERIC -> number(value);
      case Oids.DATE, Oids.TIME, Oids.TIMETZ, Oids.TIMESTAMP, Oids.TIMESTAMPTZ, Oids.INTERVAL ->
          temporal(value);
      default -> other(columnOid, value);
    };
  }

  private String array(int element, Object value) {
    if (value instanceof CharSequence) {
      return text(value);
    }
    if (!ArrayWriter.isList(value)) {
      throw takes("a collection or an array", value);
    }
    boolean json = element == Oids.JSON || element == Oids.JSONB;
    return ArrayWriter.write(
            value,
            item -> new Literal(element, write(element, item)),
            item -> !json && values.isList(item))
        .text();
  }

  private String whole(Object value, long min, long max) {
    if (value instanceof CharSequence) {
      return text(value);
    }
    if (!(value instanceof Number number)) {
      throw takes("a whole number", value);
    }
    if (isLong(number)) {
      if (number.longValue() < min || number.longValue() > max) {
        throw outside(min, max);
      }
      return number.toString();
    }
    BigDecimal decimal = decimal(number);
    if (decimal.signum() == 0) {
      return "0";
    }
    // Compared before anything is written out: 1E1000000000 would not fit into memory.
    if ((long) decimal.precision() - decimal.scale() > LONG_DIGITS) {
      throw outside(min, max);
    }
    if (decimal.stripTrailingZeros().scale() > 0) {
      throw new Refused(" takes whole numbers, the value has a fraction; round it first");
    }
    BigInteger exact = decimal.toBigIntegerExact();
    if (exact.compareTo(BigInteger.valueOf(min)) < 0
        || exact.compareTo(BigInteger.valueOf(max)) > 0) {
      throw outside(min, max);
    }
    return exact.toString();
  }

  private static boolean isLong(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicInteger
        || number instanceof AtomicLong;
  }

  private static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new Refused(" takes whole numbers, the value is NaN or infinite");
      }
      return new BigDecimal(number.doubleValue());
    }
    throw takes("a whole number", number);
  }

  private String real(Object value) {
    if (value instanceof Double number
        && Double.isFinite(number)
        && Float.isInfinite(number.floatValue())) {
      throw new Refused(
          " takes numbers from -3.4028235E38 to 3.4028235E38; the value is outside of that range");
    }
    return number(value);
  }

  private String number(Object value) {
    if (value instanceof Number || value instanceof CharSequence) {
      return text(value);
    }
    throw takes("a number", value);
  }

  /** A bare number would mean seconds to an interval and 20240101 a day to a date. */
  private String temporal(Object value) {
    if (value instanceof Number || value instanceof Boolean || isDocument(value)) {
      throw takes("a date or time of java.time, an Interval, or their text", value);
    }
    return text(value);
  }

  private String other(int columnOid, Object value) {
    if (ArrayWriter.isList(value)) {
      if (Oids.isBuiltIn(columnOid)) {
        throw new Refused(
            " is neither an array nor a json column, so it cannot take a "
                + value.getClass().getTypeName());
      }
      // A vector is no array: pgvector reads its own form only.
      return value instanceof float[] vector
          ? Vector.of(vector).toString()
          : values.write(value).text();
    }
    boolean bytes = ScalarWriter.isBytes(value);
    if (Oids.isBuiltIn(columnOid) && bytes != (columnOid == Oids.BYTEA)) {
      if (bytes) {
        throw new Refused(" cannot take a " + value.getClass().getTypeName() + "; bytea can");
      }
      if (!(value instanceof CharSequence)) {
        throw takes("byte[] or ByteBuffer", value);
      }
    }
    boolean parts = value instanceof Row || PartsOf.has(value);
    if (Oids.isBuiltIn(columnOid) && (parts || (isDocument(value) && !isText(columnOid)))) {
      throw takes("a single value", value);
    }
    return text(value);
  }

  private String text(Object value) {
    if (ArrayWriter.isList(value)) {
      throw takes("a single value", value);
    }
    return values.single(value).text();
  }

  private static boolean isDocument(Object value) {
    return (value instanceof Map && !(value instanceof Hstore)) || value instanceof Json;
  }

  static boolean isText(int oid) {
    return oid == Oids.TEXT
        || oid == Oids.VARCHAR
        || oid == Oids.BPCHAR
        || oid == Oids.NAME
        || oid == Oids.CHAR;
  }

  static Refused outside(long min, long max) {
    return new Refused(
        " takes whole numbers from " + min + " to " + max + "; the value is outside of that range");
  }

  static Refused takes(String wanted, Object value) {
    return new Refused(" takes " + wanted + ", or null, not a " + value.getClass().getTypeName());
  }
}
