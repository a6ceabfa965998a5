package dev.howdah.internal.type;

import dev.howdah.error.ClientException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns Java values into parameters: the bytes, and the type they are announced with.
 *
 * <table>
 * <caption>Java to PostgreSQL</caption>
 * <tr><th>Java</th><th>announced as</th><th>notes</th></tr>
 * <tr><td>null</td><td>nothing</td><td>NULL</td></tr>
 * <tr><td>Boolean</td><td>bool</td><td></td></tr>
 * <tr><td>Byte, Short</td><td>int2</td><td></td></tr>
 * <tr><td>Integer, AtomicInteger</td><td>int4</td><td></td></tr>
 * <tr><td>Long, AtomicLong</td><td>int8</td><td></td></tr>
 * <tr><td>BigInteger, BigDecimal</td><td>numeric</td><td>the scale is kept</td></tr>
 * <tr><td>Float, Double</td><td>float4, float8</td><td>NaN and infinities too</td></tr>
 * <tr><td>CharSequence, Character</td><td>nothing</td><td>the server infers the type, so text also
 *     reaches enums, json, numbers, dates …; NUL and unpaired surrogates are refused</td></tr>
 * <tr><td>Enum</td><td>nothing</td><td>its name()</td></tr>
 * <tr><td>UUID</td><td>uuid</td><td></td></tr>
 * <tr><td>byte[], ByteBuffer</td><td>bytea</td><td>binary and copied; of a buffer what remains, its
 *     position does not move</td></tr>
 * <tr><td>LocalDate</td><td>date</td><td>MAX and MIN: infinity and -infinity</td></tr>
 * <tr><td>LocalTime</td><td>time</td><td>LocalTime.MAX: 24:00:00</td></tr>
 * <tr><td>OffsetTime</td><td>timetz</td><td>offsets below 16 hours</td></tr>
 * <tr><td>LocalDateTime</td><td>timestamp</td><td>MAX and MIN: infinity and -infinity</td></tr>
 * <tr><td>Instant, OffsetDateTime, ZonedDateTime, java.util.Date (Timestamp)</td><td>timestamptz</td>
 *     <td>MAX and MIN (of Date: the largest and smallest long): infinity and -infinity; the offset
 *     itself is not kept, as PostgreSQL keeps none</td></tr>
 * <tr><td>Interval, Duration, Period</td><td>interval</td><td>hours never become days</td></tr>
 * <tr><td>InetAddress</td><td>inet</td><td>never looked up</td></tr>
 * <tr><td>Inet, Cidr, Geometry, Lsn</td><td>inet, cidr, point …, pg_lsn</td><td></td></tr>
 * <tr><td>Range, Multirange, BitString, Hstore, Vector</td><td>nothing</td><td></td></tr>
 * <tr><td>Record, Row, Kotlin's data classes</td><td>nothing</td><td>a composite: its parts in their
 *     order</td></tr>
 * <tr><td>Json, other Map</td><td>nothing</td><td>a JSON document for json or jsonb</td></tr>
 * <tr><td>Collection, array</td><td>array of the elements' type if all share one that is announced,
 *     else nothing</td><td>nested: dimensions, at most six and rectangular; null elements allowed;
 *     for a JSON array use Json.of(list)</td></tr>
 * <tr><td>Optional, OptionalInt …</td><td>as its content</td><td>empty: NULL</td></tr>
 * </table>
 *
 * <p>Times finer than a microsecond are rounded, half up. Anything else is refused. The value is
 * read completely before the call returns; it may be changed afterwards. Safe to use from any
 * thread.
 */
public final class ParameterEncoder {
  /** The server closes a connection that sends it a gigabyte at once. */
  private static final int MOST_BYTES = (1 << 30) - (1 << 16);

  private static final String LIMIT =
      "PostgreSQL takes messages below 1 GB: send it in parts, or as a large object";

  private static final Parameter NULL = new Parameter(Oids.UNSPECIFIED, false, null);

  private ParameterEncoder() {}

  /**
   * One parameter as it goes to the server; equal when type, format and content are.
   *
   * @param oid the type it is announced with; 0 lets the server infer it
   * @param binary the format of the bytes: binary, or else text in UTF-8
   * @param bytes the value, or null for NULL; not copied, not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is by content, below
  public record Parameter(int oid, boolean binary, byte @Nullable [] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Parameter that
          && oid == that.oid
          && binary == that.binary
          && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * oid + Arrays.hashCode(bytes);
    }

    /** Type and size, never the value. */
    @Override
    public String toString() {
      String size = bytes == null ? "NULL" : bytes.length + " bytes";
      return "Parameter[" + (oid == 0 ? "inferred" : Oids.name(oid)) + ", " + size + "]";
    }
  }

  /** As {@link #encode(Object, int, String, Codecs)}, without name and codecs. */
  public static Parameter encode(@Nullable Object value, int argumentNumber) {
    return encode(value, argumentNumber, null, Codecs.NONE);
  }

  /**
   * Encodes an argument of a statement.
   *
   * @param argumentNumber counted from 1, for messages
   * @param name of the parameter in the text, null if it has none but the number
   * @param codecs the user's own, which come first
   * @throws ClientException.WrongArguments if it cannot be bound; names the argument and what could
   *     be bound, never the value
   */
  public static Parameter encode(
      @Nullable Object value, int argumentNumber, @Nullable String name, Codecs codecs) {
    try {
      return encode(value, codecs);
    } catch (Refused refused) {
      throw new ClientException.WrongArguments(
          "argument " + (name == null ? "$" + argumentNumber : ":" + name) + refused.reason(),
          refused.getCause());
    }
  }

  /** As {@link #encodeAs(int, Object, String, Codecs)}, without codecs. */
  public static Parameter encodeAs(int columnOid, @Nullable Object value, String what) {
    return encodeAs(columnOid, value, what, Codecs.NONE);
  }

  /**
   * Encodes a value for a column whose type is known.
   *
   * <p>As {@link #encode}, but with the column's rules: any value becomes a JSON document for json
   * and jsonb (a List a JSON array; text is taken as JSON already), numbers are checked against the
   * range of int2, int4, int8 and oid, lists go to array columns only, and a point in time for a
   * column without time zone is its time in UTC. Text goes to columns of every type, in
   * PostgreSQL's text form. In a {@code json[]} or {@code jsonb[]} column nested lists are JSON
   * arrays, not dimensions.
   *
   * @param columnOid the column's type; 0 or one that is not built in is left to the server
   * @param what names the column in messages: {@code column "user_age"}
   * @param codecs the user's own, which come first
   * @return a parameter whose OID depends on the column alone
   * @throws ClientException.WrongArguments if the column cannot hold the value; names the column
   *     and what it takes, never the value
   */
  public static Parameter encodeAs(
      int columnOid, @Nullable Object value, String what, Codecs codecs) {
    int oid = ColumnWriter.parameterOid(columnOid);
    Object content = ScalarWriter.unwrap(value);
    if (content == null) {
      return new Parameter(oid, false, null);
    }
    boolean builtIn = Oids.isBuiltIn(columnOid);
    try {
      ValueWriter values = new ValueWriter(codecs);
      if (columnOid == Oids.BYTEA
          && ScalarWriter.isBytes(content)
          && codecs.writing(content) == null) {
        return new Parameter(oid, true, checked(ScalarWriter.bytes(content)));
      }
      return text(oid, new ColumnWriter(values).write(columnOid, content));
    } catch (Refused refused) {
      String column = builtIn ? what + " (" + Oids.name(columnOid) + ")" : what;
      throw new ClientException.WrongArguments(column + refused.reason(), refused.getCause());
    }
  }

  /**
   * As {@link #encodeAs}, but an array of many elements is in binary if all of them have an exact
   * binary form: for parameters, not for what has to be read as text.
   */
  public static Parameter encodeFor(
      int columnOid, @Nullable Object value, String what, Codecs codecs) {
    Parameter array = codecs.write() ? null : BinaryArray.parameter(columnOid, value);
    return array == null ? encodeAs(columnOid, value, what, codecs) : array;
  }

  /**
   * Refuses arguments that are too long together: the server would close the connection.
   *
   * @throws ClientException.WrongArguments if they are
   */
  public static void checkTotal(List<Parameter> parameters) {
    long total = 0;
    for (Parameter parameter : parameters) {
      total += parameter.bytes() == null ? 4 : 4L + parameter.bytes().length;
    }
    if (total > MOST_BYTES) {
      throw new ClientException.WrongArguments(
          "the arguments have " + total + " bytes together; " + LIMIT);
    }
  }

  private static Parameter encode(@Nullable Object value, Codecs codecs) {
    Object content = ScalarWriter.unwrap(value);
    if (content == null) {
      return NULL;
    }
    if (ScalarWriter.isBytes(content) && codecs.writing(content) == null) {
      return new Parameter(Oids.BYTEA, true, checked(ScalarWriter.bytes(content)));
    }
    Literal literal = new ValueWriter(codecs).write(content);
    return text(literal.oid(), literal.text());
  }

  private static Parameter text(int oid, String text) {
    return new Parameter(oid, false, checked(text.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] checked(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new Refused(" has " + bytes.length + " bytes; " + LIMIT);
    }
    return bytes;
  }
}
