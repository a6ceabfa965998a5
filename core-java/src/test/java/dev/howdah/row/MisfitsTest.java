package dev.howdah.row;

import static dev.howdah.row.ConversionsTest.HUGE;
import static dev.howdah.row.ConversionsTest.LOCAL;
import static dev.howdah.row.ConversionsTest.NOON;
import static dev.howdah.row.ConversionsTest.convert;
import static dev.howdah.row.ConversionsTest.type;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.ConversionsTest.Clash;
import dev.howdah.row.ConversionsTest.Status;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What does not become what was asked for, and in which words. */
@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // they are conversion targets
class MisfitsTest {
  static Stream<Arguments> misfitting() {
    return Stream.of(
        arguments(300, byte.class, "the Integer value does not fit byte (-128..127)"),
        arguments(-129L, Byte.class, "the Long value does not fit Byte (-128..127)"),
        arguments(32768, short.class, "the Integer value does not fit short (-32768..32767)"),
        arguments(
            2147483648L, int.class, "the Long value does not fit int (-2147483648..2147483647)"),
        arguments(
            new BigDecimal("9223372036854775808"),
            long.class,
            "the BigDecimal value does not fit long"
                + " (-9223372036854775808..9223372036854775807)"),
        arguments(HUGE, int.class, "the BigDecimal value does not fit int"),
        arguments(new BigDecimal("1e999999999"), long.class, "does not fit long"),
        arguments(9.3e18, long.class, "the Double value does not fit long"),
        arguments(1.5, int.class, "the Double value has a fraction, which int cannot hold"),
        arguments(new BigDecimal("0.01"), long.class, "has a fraction, which long cannot hold"),
        arguments(new BigDecimal("1e-999999999"), long.class, "has a fraction"),
        arguments(Double.NaN, int.class, "is NaN or infinite, which int cannot hold"),
        arguments(16777217, float.class, "is too long for float, which is exact to 24 bits"),
        arguments(
            9007199254740993L, double.class, "is too long for double, which is exact to 53 bits"),
        arguments(Long.MAX_VALUE, Double.class, "is too long for Double"),
        arguments(1e300, float.class, "the Double value does not fit float (up to 3.4E38)"),
        arguments(HUGE, double.class, "the BigDecimal value does not fit double (up to 1.8E308)"),
        arguments(HUGE, float.class, "the BigDecimal value does not fit float"),
        arguments(Double.NaN, BigDecimal.class, "is NaN or infinite, which BigDecimal cannot hold"),
        arguments(Double.POSITIVE_INFINITY, BigInteger.class, "which BigInteger cannot hold"),
        arguments(new BigDecimal("1.5"), BigInteger.class, "has a fraction"),
        arguments(new BigDecimal("1e999999"), BigInteger.class, "too many digits"),
        arguments(
            "5",
            int.class,
            "there is no conversion from String to int: cast in SQL, such as value::int"),
        arguments("5", Integer.class, "to Integer: cast in SQL, such as value::int"),
        arguments("5", Long.class, "to Long: cast in SQL, such as value::bigint"),
        arguments("5", double.class, "to double: cast in SQL, such as value::float8"),
        arguments("t", boolean.class, "to boolean: cast in SQL, such as value::bool"),
        arguments("x", Instant.class, "to Instant: cast in SQL, such as value::timestamptz"),
        arguments("5", BigDecimal.class, "there is no conversion from String to BigDecimal"),
        arguments(true, int.class, "there is no conversion from Boolean to int"),
        arguments(1, boolean.class, "there is no conversion from Integer to boolean"),
        arguments("true", Boolean.class, "there is no conversion from String to Boolean"),
        arguments("xy", char.class, "the String value has 2 characters, char holds one"),
        arguments("", Character.class, "has 0 characters, Character holds one"),
        arguments(5, char.class, "there is no conversion from Integer to char"),
        arguments(
            new byte[] {1},
            String.class,
            "there is no conversion from byte[] to String: bytes have no encoding"),
        arguments(List.of(1), String.class, "there is no conversion from List to String"),
        arguments("no-uuid", UUID.class, "the String value is no UUID"),
        arguments("1-1-1-1-1", UUID.class, "the String value is no UUID"),
        arguments(
            "0f0e0d0c-0b0a-0908-0706-05040302010g", UUID.class, "the String value is no UUID"),
        arguments(5, UUID.class, "there is no conversion from Integer to UUID"),
        arguments("abc", ByteBuffer.class, "no conversion from String to ByteBuffer"),
        arguments(5, byte[].class, "no conversion from Integer to byte[]"),
        arguments(
            LOCAL,
            Instant.class,
            "there is no conversion from LocalDateTime to Instant: a timestamp has no zone"),
        arguments(LOCAL, OffsetDateTime.class, "a timestamp has no zone"),
        arguments(LOCAL, ZonedDateTime.class, "AT TIME ZONE"),
        arguments(LOCAL, Date.class, "a timestamp has no zone"),
        arguments(LOCAL, LocalDate.class, "cast in SQL, such as value::date"),
        arguments(
            NOON,
            LocalDateTime.class,
            "there is no conversion from Instant to LocalDateTime: it would need a zone"),
        arguments(NOON, LocalDate.class, "ask for Instant or OffsetDateTime"),
        arguments(Instant.MAX, Date.class, "is infinite or outside the range of Date"),
        arguments(NOON, java.sql.Timestamp.class, "no conversion from Instant to Timestamp"),
        arguments("12:00", LocalTime.class, "no conversion from String to LocalTime"),
        arguments(LocalTime.NOON, OffsetTime.class, "no conversion from LocalTime to OffsetTime"),
        arguments("2024-01-01", LocalDate.class, "no conversion from String to LocalDate"),
        arguments(new Interval(1, 0, 0), Duration.class, "an interval with months"),
        arguments(new Interval(0, 0, 1), Period.class, "an interval with a time of day"),
        arguments("P1D", Duration.class, "no conversion from String to Duration"),
        arguments(
            "gone",
            Status.class,
            "the String value is no label of enum Status, which has: NEW, IN_PROGRESS, done"),
        arguments("A-B", Clash.class, "is no label of enum Clash"),
        arguments(1, Status.class, "there is no conversion from Integer to Status"),
        arguments("{a", Map.class, "Map is read from json, but the text is not valid JSON"),
        arguments("[1]", Map.class, "is json, but no json object"),
        arguments(5, Map.class, "there is no conversion from Integer to Map"),
        arguments("{\"a\": [1.5]}", type("listsByName"), "an entry of the map: element 0: the"),
        arguments("{\"a\": 1}", List.class, "is not the text of a PostgreSQL array"),
        arguments("5", List.class, "is neither a json list nor the text of a PostgreSQL array"),
        arguments("some words", type("integers"), "List<Integer> is read from json, but"),
        arguments("{1,2}", type("integers"), "element 0: there is no conversion from String"),
        arguments(5, List.class, "there is no conversion from Integer to List"),
        arguments(List.of(1, 300), byte[].class, "element 1: the Integer value does not fit byte"),
        arguments(Arrays.asList(1, null), int[].class, "element 1: the value is null, which int"),
        arguments(
            List.of(List.of(1), List.of(1.5)), int[][].class, "element 1: element 0: the Double"),
        arguments(List.of(1), java.util.ArrayList.class, "ask for List or Set"),
        arguments("{}", java.util.HashMap.class, "ask for Map"),
        arguments(5, java.net.URI.class, "there is no conversion from Integer to URI"),
        arguments(1.5, type("maybe"), "has a fraction, which Long cannot hold"),
        arguments(
            Range.atLeast(1.5), type("longRange"), "a bound of the range: the Double value has a"),
        arguments("[1,2)", Range.class, "there is no conversion from String to Range"),
        arguments("10.0.0.1", Inet.class, "there is no conversion from String to Inet"),
        arguments("x", Lsn.class, "a place in the log cannot be read"),
        arguments(null, int.class, "the value is null, which int cannot hold"),
        arguments(null, boolean.class, "the value is null, which boolean cannot hold"));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("misfitting")
  void misfitsNameColumnTypesAndRangeButNoValue(@Nullable Object value, Type type, String message) {
    assertThatThrownBy(() -> convert(value, type))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'c': ")
        .hasMessageContaining(message);
  }

  @Test
  void messagesHoldNoValues() {
    String secret = "s3cr3t";
    for (Type target :
        new Type[] {
          int.class, UUID.class, Status.class, List.class, Map.class, char.class, boolean.class
        }) {
      for (String value : List.of(secret, "{" + secret, "[" + secret, "{\"" + secret + "\":")) {
        assertThatThrownBy(() -> convert(value, target)).message().doesNotContain(secret);
      }
    }
  }
}
