package dev.howdah.internal.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Interval;
import dev.howdah.row.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterEncoderTest {
  static String textOf(Parameter parameter) {
    assertThat(parameter.binary()).isFalse();
    return new String(Objects.requireNonNull(parameter.bytes()), UTF_8);
  }

  private record Point(int x) {}

  @SuppressWarnings("JavaUtilDate")
  static List<Arguments> values() throws UnknownHostException {
    return List.of(
        Arguments.of(true, 16, "true"),
        Arguments.of(false, 16, "false"),
        Arguments.of((byte) -128, 21, "-128"),
        Arguments.of(Short.MAX_VALUE, 21, "32767"),
        Arguments.of(Integer.MIN_VALUE, 23, "-2147483648"),
        Arguments.of(new AtomicInteger(3), 23, "3"),
        Arguments.of(Long.MIN_VALUE, 20, "-9223372036854775808"),
        Arguments.of(new AtomicLong(4), 20, "4"),
        Arguments.of(BigInteger.ONE.shiftLeft(64), 1700, "18446744073709551616"),
        Arguments.of(1.5f, 700, "1.5"),
        Arguments.of(Float.NaN, 700, "NaN"),
        Arguments.of(Double.MAX_VALUE, 701, "1.7976931348623157E308"),
        Arguments.of(Double.NEGATIVE_INFINITY, 701, "-Infinity"),
        Arguments.of(-0.0, 701, "-0.0"),
        Arguments.of(new BigDecimal("1.50"), 1700, "1.50"),
        Arguments.of(new Point(1), 0, "(1)"),
        Arguments.of(new BigDecimal("1E+3"), 1700, "1000"),
        Arguments.of(new BigDecimal("1E-10"), 1700, "0.0000000001"),
        Arguments.of(new BigDecimal("0E+1000000000"), 1700, "0"),
        Arguments.of(new BigDecimal("9E+131071"), 1700, "9" + "0".repeat(131_071)),
        Arguments.of(new BigDecimal("1E-16383"), 1700, "0." + "0".repeat(16_382) + "1"),
        Arguments.of("é€😀'\"\\", 0, "é€😀'\"\\"),
        Arguments.of("", 0, ""),
        Arguments.of('x', 0, "x"),
        Arguments.of(CharBuffer.wrap("sb"), 0, "sb"),
        Arguments.of(TimeUnit.DAYS, 0, "DAYS"),
        Arguments.of(new UUID(1, 2), 2950, "00000000-0000-0001-0000-000000000002"),
        Arguments.of(LocalDate.of(2024, 2, 29), 1082, "2024-02-29"),
        Arguments.of(LocalDate.of(33, 4, 3), 1082, "0033-04-03"),
        Arguments.of(LocalDate.of(0, 1, 1), 1082, "0001-01-01 BC"),
        Arguments.of(LocalDate.of(-43, 3, 15), 1082, "0044-03-15 BC"),
        Arguments.of(LocalDate.of(-4713, 11, 24), 1082, "4714-11-24 BC"),
        Arguments.of(LocalDate.of(5874897, 12, 31), 1082, "5874897-12-31"),
        Arguments.of(LocalDate.MAX, 1082, "infinity"),
        Arguments.of(LocalDate.MIN, 1082, "-infinity"),
        Arguments.of(LocalTime.of(1, 2), 1083, "01:02:00"),
        Arguments.of(LocalTime.of(1, 2, 3, 40_000_000), 1083, "01:02:03.04"),
        Arguments.of(LocalTime.of(23, 59, 59, 999_999_499), 1083, "23:59:59.999999"),
        Arguments.of(LocalTime.MAX, 1083, "24:00:00"),
        Arguments.of(OffsetTime.of(1, 2, 3, 0, ZoneOffset.UTC), 1266, "01:02:03+00:00"),
        Arguments.of(
            OffsetTime.of(1, 2, 3, 0, ZoneOffset.ofTotalSeconds(-57_599)),
            1266,
            "01:02:03-15:59:59"),
        Arguments.of(
            LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_500), 1114, "2024-02-29 01:02:03.000005"),
        Arguments.of(
            LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_499), 1114, "2024-02-29 01:02:03.000004"),
        Arguments.of(
            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 999_999_500), 1114, "2024-03-01 00:00:00"),
        Arguments.of(LocalDateTime.of(-43, 3, 15, 12, 0), 1114, "0044-03-15 12:00:00 BC"),
        Arguments.of(LocalDateTime.MAX, 1114, "infinity"),
        Arguments.of(LocalDateTime.MIN, 1114, "-infinity"),
        Arguments.of(Instant.EPOCH, 1184, "1970-01-01 00:00:00+00"),
        Arguments.of(Instant.ofEpochSecond(-1, 999_999_000), 1184, "1969-12-31 23:59:59.999999+00"),
        Arguments.of(Instant.parse("-0043-03-15T12:00:00Z"), 1184, "0044-03-15 12:00:00+00 BC"),
        Arguments.of(
            Instant.parse("+294276-12-31T23:59:59.999999Z"),
            1184,
            "294276-12-31 23:59:59.999999+00"),
        Arguments.of(Instant.MAX, 1184, "infinity"),
        Arguments.of(Instant.MIN, 1184, "-infinity"),
        Arguments.of(
            OffsetDateTime.parse("2024-01-01T01:30:00+02:00"), 1184, "2023-12-31 23:30:00+00"),
        Arguments.of(OffsetDateTime.MAX, 1184, "infinity"),
        Arguments.of(OffsetDateTime.MIN, 1184, "-infinity"),
        Arguments.of(
            ZonedDateTime.of(2024, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")),
            1184,
            "2024-07-01 10:00:00+00"),
        Arguments.of(Date.from(Instant.ofEpochMilli(1)), 1184, "1970-01-01 00:00:00.001+00"),
        Arguments.of(new Date(Long.MAX_VALUE), 1184, "infinity"),
        Arguments.of(new Date(Long.MIN_VALUE), 1184, "-infinity"),
        Arguments.of(
            java.sql.Timestamp.from(Instant.parse("2024-01-01T00:00:00.123456Z")),
            1184,
            "2024-01-01 00:00:00.123456+00"),
        Arguments.of(new Interval(14, -3, 1), 1186, "P1Y2M-3DT0.000001S"),
        Arguments.of(Duration.ofHours(-49), 1186, "PT-49H"),
        Arguments.of(Period.of(1, -2, 3), 1186, "P10M3D"),
        Arguments.of(Json.text("{ }"), 0, "{ }"),
        Arguments.of(Map.of("a", List.of(1, 2)), 0, "{\"a\":[1,2]}"),
        Arguments.of(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 869, "10.0.0.1"),
        Arguments.of(
            InetAddress.getByAddress("no.such.host", new byte[16]), 869, "0:0:0:0:0:0:0:0"),
        Arguments.of(Optional.of(1), 23, "1"),
        Arguments.of(Optional.of(Optional.of("x")), 0, "x"),
        Arguments.of(OptionalInt.of(1), 23, "1"),
        Arguments.of(OptionalLong.of(1), 20, "1"),
        Arguments.of(OptionalDouble.of(1), 701, "1.0"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesTravelAsTextWithTheirType(Object value, int oid, String text) {
    Parameter parameter = ParameterEncoder.encode(value, 1);

    assertThat(textOf(parameter)).isEqualTo(text);
    assertThat(parameter.oid()).isEqualTo(oid);
  }

  @Test
  void nullAndEmptyOptionalsAreNullWithoutType() {
    Parameter none = new Parameter(0, false, null);

    assertThat(ParameterEncoder.encode(null, 1)).isEqualTo(none);
    assertThat(ParameterEncoder.encode(Optional.empty(), 1)).isEqualTo(none);
    assertThat(ParameterEncoder.encode(OptionalInt.empty(), 1)).isEqualTo(none);
    assertThat(ParameterEncoder.encode(OptionalLong.empty(), 1)).isEqualTo(none);
    assertThat(ParameterEncoder.encode(OptionalDouble.empty(), 1)).isEqualTo(none);
  }

  @Test
  void bytesTravelBinaryAndAreCopied() {
    byte[] bytes = {1, 0, -1};
    Parameter parameter = ParameterEncoder.encode(bytes, 1);
    bytes[0] = 9;

    assertThat(parameter).isEqualTo(new Parameter(17, true, new byte[] {1, 0, -1}));
  }

  @Test
  void buffersGiveWhatRemainsAndStayWhereTheyAre() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2).asReadOnlyBuffer();

    assertThat(ParameterEncoder.encode(buffer, 1))
        .isEqualTo(new Parameter(17, true, new byte[] {2, 3}));
    assertThat(buffer.remaining()).isEqualTo(2);
  }

  @SuppressWarnings("JavaUtilDate")
  static List<Arguments> refusals() throws UnknownHostException {
    return List.of(
        Arguments.of(
            new Thread(), "argument $2 of type java.lang.Thread cannot be bound; pass a Boolean,"),
        Arguments.of(new Object(), "argument $2 of type java.lang.Object cannot be bound"),
        Arguments.of(Year.of(2024), "of type java.time.Year cannot be bound"),
        Arguments.of(ZoneId.of("Europe/Berlin"), "cannot be bound"),
        Arguments.of("ab\0c", "argument $2: the text has the NUL character (U+0000) at index 2"),
        Arguments.of('\0', "NUL character (U+0000) at index 0"),
        Arguments.of(Json.text("\0"), "NUL character (U+0000) at index 0"),
        Arguments.of("a\ud83d", "argument $2: the text has an unpaired surrogate at index 1"),
        Arguments.of("\ude00a", "unpaired surrogate at index 0"),
        Arguments.of('\ud83d', "unpaired surrogate at index 0"),
        Arguments.of(new BigDecimal("1E+131072"), "argument $2: PostgreSQL's numeric holds 131072"),
        Arguments.of(new BigDecimal("1E-16384"), "16383 after it"),
        Arguments.of(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE), "digits before the point"),
        Arguments.of(BigInteger.TEN.pow(131_072), "argument $2: PostgreSQL's numeric holds"),
        Arguments.of(Map.of("a", Double.NaN), "argument $2 cannot be written as JSON at $.a: JSON"),
        Arguments.of(LocalDate.of(5874898, 1, 1), "argument $2: the value is outside of what"),
        Arguments.of(LocalDate.of(-4713, 11, 23), "PostgreSQL's date holds, 4714-11-24 BC"),
        Arguments.of(LocalDateTime.of(294277, 1, 1, 0, 0), "timestamp holds"),
        Arguments.of(LocalDateTime.MAX.minusNanos(1), "timestamp holds"),
        Arguments.of(
            LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_500), "to the year 294276"),
        Arguments.of(LocalDateTime.of(-4713, 11, 23, 23, 59), "timestamp holds"),
        Arguments.of(Instant.MAX.minusNanos(1), "timestamptz holds"),
        Arguments.of(Instant.MIN.plusNanos(1), "timestamptz holds"),
        Arguments.of(new Date(Long.MAX_VALUE - 1), "timestamptz holds"),
        Arguments.of(
            new java.sql.Date(0),
            "argument $2 of type java.sql.Date cannot be bound; pass its toLocalDate()"),
        Arguments.of(OffsetTime.MIN, "offsets from -15:59:59 to +15:59:59"),
        Arguments.of(Duration.ofSeconds(Long.MAX_VALUE), "argument $2: the duration is too long"),
        Arguments.of(Period.ofYears(Integer.MAX_VALUE), "argument $2: the period is too long"),
        Arguments.of(
            java.net.Inet6Address.getByAddress(null, new byte[16], 3), "scope of an IPv6 address"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeBoundIsRefusedNamingTheArgument(Object value, String message) {
    assertThatThrownBy(() -> ParameterEncoder.encode(value, 2))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageStartingWith("argument $2")
        .hasMessageContaining(message);
  }

  @Test
  void parametersDoNotPrintTheirValue() {
    assertThat(ParameterEncoder.encode("hunter2", 1)).hasToString("Parameter[inferred, 7 bytes]");
    assertThat(ParameterEncoder.encode(12345, 1)).hasToString("Parameter[int4, 5 bytes]");
    assertThat(ParameterEncoder.encode((@Nullable Object) null, 1))
        .hasToString("Parameter[inferred, NULL]");
    assertThat(new Literal(23, "12345")).hasToString("Literal[int4, 5 characters]");
  }

  @Test
  void parametersAreEqualByContent() {
    assertThat(ParameterEncoder.encode("a", 1))
        .isEqualTo(ParameterEncoder.encode("a", 2))
        .hasSameHashCodeAs(ParameterEncoder.encode("a", 2))
        .isNotEqualTo(ParameterEncoder.encode("b", 1));
  }
}
