package dev.howdah.internal.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.error.ClientException;
import dev.howdah.row.ArrayText;
import dev.howdah.row.Interval;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text PostgreSQL sends for a value into the Java value a row holds.
 *
 * <table>
 * <caption>PostgreSQL to Java</caption>
 * <tr><th>type</th><th>value</th></tr>
 * <tr><td>bool</td><td>Boolean</td></tr>
 * <tr><td>int2, int4, int8, oid</td><td>Short, Integer, Long, Long</td></tr>
 * <tr><td>float4, float8</td><td>Float, Double</td></tr>
 * <tr><td>numeric</td><td>BigDecimal with its scale; NaN and the infinities: Double</td></tr>
 * <tr><td>bytea</td><td>byte[]</td></tr>
 * <tr><td>uuid</td><td>UUID</td></tr>
 * <tr><td>date</td><td>LocalDate; infinity: MAX, -infinity: MIN</td></tr>
 * <tr><td>time, timetz</td><td>LocalTime, OffsetTime; 24:00:00: LocalTime.MAX</td></tr>
 * <tr><td>timestamp</td><td>LocalDateTime; infinity: MAX, -infinity: MIN</td></tr>
 * <tr><td>timestamptz</td><td>Instant; infinity: MAX, -infinity: MIN</td></tr>
 * <tr><td>interval</td><td>Interval</td></tr>
 * <tr><td>ranges, multiranges</td><td>Range, Multirange</td></tr>
 * <tr><td>inet, cidr</td><td>Inet, Cidr</td></tr>
 * <tr><td>bit, varbit</td><td>BitString</td></tr>
 * <tr><td>geometric types</td><td>Geometry.Point and its like</td></tr>
 * <tr><td>int2vector, oidvector</td><td>List</td></tr>
 * <tr><td>void</td><td>null</td></tr>
 * <tr><td>array of any type {@link Oids} knows</td><td>immutable List, nested for further dimensions,
 *     which may hold null</td></tr>
 * <tr><td>everything else</td><td>String as PostgreSQL prints it</td></tr>
 * </table>
 *
 * <p>Dates need {@code DateStyle} ISO; intervals may come in {@code IntervalStyle} iso_8601 or
 * postgres, as a pooler may ignore what a connection asked for. Safe to use from any thread.
 */
public final class TextDecoder {
  private static final long MAX_OID = 0xffff_ffffL;

  private TextDecoder() {}

  /**
   * Reads one value that is not NULL.
   *
   * @param oid the type's OID; 0 or an unknown one reads as String
   * @param bytes holds the text in UTF-8; not kept
   * @param offset where the text starts
   * @param length of the text in bytes
   * @throws ClientException.MappingFailure if the text does not fit the type; the message names the
   *     type and the position and never the value
   */
  public static @Nullable Object decode(int oid, byte[] bytes, int offset, int length) {
    int element = Oids.elementOf(oid);
    if (element != Oids.UNSPECIFIED) {
      return array(element, new String(bytes, offset, length, UTF_8));
    }
    try {
      return scalar(oid, bytes, offset, length);
    } catch (UnreadableText unreadable) {
      throw failure(oid, "at position " + (unreadable.index() - offset));
    }
  }

  /**
   * Reads the text of an array whose element type is unknown, such as one of an enum.
   *
   * @return an immutable list of String, null and, for further dimensions, such lists
   * @throws ClientException.MappingFailure if the text is not that of an array; the message never
   *     shows it
   */
  public static List<@Nullable Object> decodeArrayText(String text) {
    try {
      return ArrayText.parse(text, Function.identity());
    } catch (IllegalArgumentException malformed) {
      throw new ClientException.MappingFailure("a value cannot be read: " + malformed.getMessage());
    }
  }

  private static @Nullable Object scalar(int oid, byte[] bytes, int offset, int length) {
    return switch (oid) {
      case Oids.BOOL -> bool(bytes, offset, length);
      case Oids.INT2 ->
          (short) NumberReader.whole(bytes, offset, length, Short.MIN_VALUE, Short.MAX_VALUE);
      case Oids.INT4 ->
          (int) NumberReader.whole(bytes, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Oids.INT8 -> NumberReader.whole(bytes, offset, length, Long.MIN_VALUE, Long.MAX_VALUE);
      case Oids.OID -> NumberReader.whole(bytes, offset, length, 0, MAX_OID);
      case Oids.FLOAT4 -> NumberReader.decimalFloat(bytes, offset, length);
      case Oids.FLOAT8 -> NumberReader.decimalDouble(bytes, offset, length);
      case Oids.NUMERIC -> NumberReader.numeric(bytes, offset, length);
      case Oids.UUID -> uuid(bytes, offset, length);
      case Oids.BYTEA -> ByteaText.read(bytes, offset, length);
      case Oids.DATE -> new TemporalReader(bytes, offset, length).date();
      case Oids.TIME -> new TemporalReader(bytes, offset, length).time();
      case Oids.TIMETZ -> new TemporalReader(bytes, offset, length).timeWithOffset();
      case Oids.TIMESTAMP -> new TemporalReader(bytes, offset, length).timestamp();
      case Oids.TIMESTAMPTZ -> new TemporalReader(bytes, offset, length).timestampWithOffset();
      case Oids.INTERVAL -> Interval.parse(new String(bytes, offset, length, UTF_8));
      case Oids.TEXT, Oids.VARCHAR, Oids.BPCHAR, Oids.NAME, Oids.JSON, Oids.JSONB ->
          new String(bytes, offset, length, UTF_8);
      case Oids.VOID -> null;
      default -> ValueReader.ofBuiltIn(oid, new String(bytes, offset, length, UTF_8));
    };
  }

  /**
   * Reads one value that is not NULL, for what has its text already.
   *
   * @throws ClientException.MappingFailure if the text does not fit the type
   */
  static @Nullable Object decode(int oid, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return decode(oid, bytes, 0, bytes.length);
  }

  private static List<@Nullable Object> array(int element, String text) {
    try {
      return ArrayText.parse(text, Oids.delimiter(element), value -> element(element, value));
    } catch (UnreadableText unreadable) {
      throw failure(
          Oids.arrayOf(element), "in one of its elements, at position " + unreadable.index());
    } catch (IllegalArgumentException malformed) {
      throw new ClientException.MappingFailure(
          "a value of type "
              + Oids.name(Oids.arrayOf(element))
              + " cannot be read: "
              + malformed.getMessage());
    }
  }

  private static @Nullable Object element(int oid, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return scalar(oid, bytes, 0, bytes.length);
  }

  private static Boolean bool(byte[] bytes, int offset, int length) {
    if (length != 1 || (bytes[offset] != 't' && bytes[offset] != 'f')) {
      throw new UnreadableText(offset);
    }
    return bytes[offset] == 't';
  }

  private static UUID uuid(byte[] bytes, int offset, int length) {
    if (length != 36) {
      throw new UnreadableText(offset);
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < length; i++) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (bytes[offset + i] != '-') {
          throw new UnreadableText(offset + i);
        }
      } else if (i < 18) {
        high = high << 4 | ByteaText.nibble(bytes, offset + i);
      } else {
        low = low << 4 | ByteaText.nibble(bytes, offset + i);
      }
    }
    return new UUID(high, low);
  }

  private static ClientException.MappingFailure failure(int oid, String where) {
    return new ClientException.MappingFailure(
        "a value of type "
            + Oids.name(oid)
            + " cannot be read "
            + where
            + ": the server's text is not of the expected form"
            + (isTemporal(oid) ? "; does something set DateStyle to other than ISO?" : ""));
  }

  private static boolean isTemporal(int oid) {
    int scalar = Oids.elementOf(oid) == Oids.UNSPECIFIED ? oid : Oids.elementOf(oid);
    return scalar == Oids.DATE || scalar == Oids.TIMESTAMP || scalar == Oids.TIMESTAMPTZ;
  }
}
