package dev.howdah.internal.type;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The binary encoder of each type that has an exact one, by OID.
 *
 * <p>What {@link ColumnWriter} would write as text is taken here too, but for text in columns of
 * other types, which only the server can read, and what depends on its settings: a time without
 * zone for {@code timestamptz}.
 */
final class BinaryEncoders {
  private static final Map<Integer, CellEncoder> SCALARS =
      Map.ofEntries(
          Map.entry(Oids.BOOL, BinaryEncoders::bool),
          Map.entry(Oids.INT2, BinaryEncoders::int2),
          Map.entry(Oids.INT4, BinaryEncoders::int4),
          Map.entry(Oids.INT8, BinaryEncoders::int8),
          Map.entry(Oids.OID, BinaryEncoders::oid),
          Map.entry(Oids.FLOAT4, BinaryEncoders::float4),
          Map.entry(Oids.FLOAT8, BinaryEncoders::float8),
          Map.entry(Oids.NUMERIC, BinaryNumeric::write),
          Map.entry(Oids.TEXT, BinaryEncoders::text),
          Map.entry(Oids.VARCHAR, BinaryEncoders::text),
          Map.entry(Oids.BPCHAR, BinaryEncoders::text),
          Map.entry(Oids.BYTEA, BinaryEncoders::bytea),
          Map.entry(Oids.UUID, BinaryEncoders::uuid),
          Map.entry(Oids.JSON, BinaryEncoders::json),
          Map.entry(Oids.JSONB, BinaryEncoders::jsonb),
          Map.entry(Oids.DATE, BinaryTemporal::date),
          Map.entry(Oids.TIME, BinaryTemporal::time),
          Map.entry(Oids.TIMETZ, BinaryTemporal::timetz),
          Map.entry(Oids.TIMESTAMP, BinaryTemporal::timestamp),
          Map.entry(Oids.TIMESTAMPTZ, BinaryTemporal::timestamptz),
          Map.entry(Oids.INTERVAL, BinaryTemporal::interval));

  /** jsonb's text has a version before it. */
  private static final int JSONB_VERSION = 1;

  private BinaryEncoders() {}

  /** The encoder of a type or of arrays of it, or null when it has none. */
  static @Nullable CellEncoder of(int oid) {
    int element = Oids.elementOf(oid);
    if (element == Oids.UNSPECIFIED) {
      return SCALARS.get(oid);
    }
    CellEncoder each = SCALARS.get(element);
    return each == null ? null : new BinaryArray(element, each);
  }

  private static void bool(Object value, Chunk out) {
    if (!(value instanceof Boolean flag)) {
      throw ColumnWriter.takes("true or false", value);
    }
    out.putByte(flag ? 1 : 0);
  }

  private static void int2(Object value, Chunk out) {
    out.putShort(
        value instanceof Short number ? number : (int) whole(Oids.INT2, value, -0x8000, 0x7fff));
  }

  private static void int4(Object value, Chunk out) {
    out.putInt(
        value instanceof Integer number
            ? number
            : (int) whole(Oids.INT4, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private static void int8(Object value, Chunk out) {
    out.putLong(
        value instanceof Long number
            ? number
            : whole(Oids.INT8, value, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static void oid(Object value, Chunk out) {
    out.putInt((int) whole(Oids.OID, value, 0, 0xffff_ffffL));
  }

  private static long whole(int oid, Object value, long min, long max) {
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      long number = ((Number) value).longValue();
      if (number < min || number > max) {
        throw ColumnWriter.outside(min, max);
      }
      return number;
    }
    return Long.parseLong(ColumnWriter.PLAIN.write(oid, notText(value, "a whole number")));
  }

  private static void float4(Object value, Chunk out) {
    float number =
        value instanceof Float exact
            ? exact
            : Float.parseFloat(ColumnWriter.PLAIN.write(Oids.FLOAT4, notText(value, "a number")));
    out.putInt(Float.floatToIntBits(number));
  }

  private static void float8(Object value, Chunk out) {
    double number =
        value instanceof Double exact
            ? exact
            : Double.parseDouble(ColumnWriter.PLAIN.write(Oids.FLOAT8, notText(value, "a number")));
    out.putLong(Double.doubleToLongBits(number));
  }

  private static void text(Object value, Chunk out) {
    out.putText(
        value instanceof CharSequence text ? text : ColumnWriter.PLAIN.write(Oids.TEXT, value));
  }

  private static void bytea(Object value, Chunk out) {
    if (value instanceof byte[] bytes) {
      out.put(bytes);
    } else if (value instanceof ByteBuffer buffer) {
      out.put(buffer);
    } else {
      throw ColumnWriter.takes("byte[] or ByteBuffer", value);
    }
  }

  private static void uuid(Object value, Chunk out) {
    if (!(value instanceof UUID uuid)) {
      throw ColumnWriter.takes("a UUID", value);
    }
    out.putLong(uuid.getMostSignificantBits());
    out.putLong(uuid.getLeastSignificantBits());
  }

  private static void json(Object value, Chunk out) {
    out.putText(ColumnWriter.PLAIN.write(Oids.JSON, value));
  }

  private static void jsonb(Object value, Chunk out) {
    out.putByte(JSONB_VERSION);
    json(value, out);
  }

  /** Text for a column of another type is PostgreSQL's to read, and here there are only bytes. */
  static Object notText(Object value, String wanted) {
    if (value instanceof CharSequence) {
      throw ColumnWriter.takes(wanted, value);
    }
    return value;
  }
}
