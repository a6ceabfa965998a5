package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemporalDecodingTest {
  @ParameterizedTest
  @CsvSource({
    "2024-02-29, 2024-02-29",
    "0001-01-01, 0001-01-01",
    "0001-12-31 BC, 0000-12-31",
    "0044-03-15 BC, -0043-03-15",
    "4714-11-24 BC, -4713-11-24",
    "10000-01-01, +10000-01-01",
    "5874897-12-31, +5874897-12-31",
  })
  void datesOfAllEras(String text, LocalDate date) {
    assertThat(TextDecoderTest.decode(Oids.DATE, text)).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({
    "00:00:00, 00:00",
    "12:34:56, 12:34:56",
    "12:34:56.7, 12:34:56.7",
    "23:59:59.999999, 23:59:59.999999",
    "00:00:00.000001, 00:00:00.000001",
  })
  void timesWithFractions(String text, LocalTime time) {
    assertThat(TextDecoderTest.decode(Oids.TIME, text)).isEqualTo(time);
  }

  @Test
  void endOfDayIsTheLastTimeJavaKnows() {
    assertThat(TextDecoderTest.decode(Oids.TIME, "24:00:00")).isEqualTo(LocalTime.MAX);
    assertThat(TextDecoderTest.decode(Oids.TIMETZ, "24:00:00-15:59"))
        .isEqualTo(OffsetTime.of(LocalTime.MAX, ZoneOffset.ofHoursMinutes(-15, -59)));
  }

  @ParameterizedTest
  @CsvSource({
    "12:00:00+00, 12:00Z",
    "12:00:00.5+05:30, 12:00:00.5+05:30",
    "12:00:00-15:59:59, 12:00-15:59:59",
    "12:00:00+00:00:01, 12:00+00:00:01",
  })
  void timesWithOffset(String text, OffsetTime time) {
    assertThat(TextDecoderTest.decode(Oids.TIMETZ, text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29 12:34:56, 2024-02-29T12:34:56",
    "2024-02-29T12:34:56.789, 2024-02-29T12:34:56.789",
    "0044-03-15 12:00:00.5 BC, -0043-03-15T12:00:00.5",
    "294276-12-31 23:59:59.999999, +294276-12-31T23:59:59.999999",
    "4714-11-24 00:00:00 BC, -4713-11-24T00:00",
  })
  void timestamps(String text, LocalDateTime time) {
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMP, text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-01 00:00:00+00, 2020-01-01T00:00:00Z",
    "2020-01-01 05:30:00+05:30, 2020-01-01T00:00:00Z",
    "2019-12-31 20:30:00.000001-03:30, 2020-01-01T00:00:00.000001Z",
    "1800-01-01 05:53:28+05:53:28, 1800-01-01T00:00:00Z",
    "1799-12-31 20:29:08-03:30:52, 1800-01-01T00:00:00Z",
    "0044-03-15 12:00:00.5+05:53:28 BC, -0043-03-15T06:06:32.5Z",
    "12345-01-01 00:00:00+00, +12345-01-01T00:00:00Z",
    "294277-01-01 09:59:59.999999+10, +294276-12-31T23:59:59.999999Z",
    "1969-12-31 23:59:59.999999+00, 1969-12-31T23:59:59.999999Z",
  })
  void timestampsWithOffset(String text, Instant instant) {
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMPTZ, text)).isEqualTo(instant);
  }

  @Test
  void infinityIsTheLargestAndSmallestValue() {
    assertThat(TextDecoderTest.decode(Oids.DATE, "infinity")).isEqualTo(LocalDate.MAX);
    assertThat(TextDecoderTest.decode(Oids.DATE, "-infinity")).isEqualTo(LocalDate.MIN);
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMP, "infinity")).isEqualTo(LocalDateTime.MAX);
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMP, "-infinity")).isEqualTo(LocalDateTime.MIN);
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMPTZ, "infinity")).isEqualTo(Instant.MAX);
    assertThat(TextDecoderTest.decode(Oids.TIMESTAMPTZ, "-infinity")).isEqualTo(Instant.MIN);
  }

  @ParameterizedTest
  @CsvSource({
    "1082, '', 0",
    "1082, 24-02-29, 0",
    "1082, 2023-02-29, 0",
    "1082, 29.02.2024, 2",
    "1082, 02/29/2024, 2",
    "1082, 2024-02-2, 9",
    "1082, 2024-02-29x, 10",
    "1082, 2024-02-29 AD, 10",
    "1082, 12345678901-01-01, 0",
    "1082, infinite, 0",
    "1083, 12:00, 5",
    "1083, 25:00:00, 0",
    "1083, 24:00:01, 0",
    "1083, 12:00:00., 9",
    "1083, 12:00:00.1234567890, 18",
    "1114, 2024-02-29, 10",
    "1114, 2024-02-29 24:00:00, 11",
    "1114, 2024-02-29 12:00:00+00, 19",
    "1184, 2024-02-29 12:00:00, 19",
    "1184, Thu Feb 29 12:00:00 2024 UTC, 0",
    "1184, 2024-02-29 12:00:00 CET, 19",
    "1184, 2024-02-29 12:00:00+19, 19",
    "1266, 12:00:00, 8",
  })
  void otherFormsAreRefusedNamingThePosition(int oid, String text, int position) {
    assertThatThrownBy(() -> TextDecoderTest.decode(oid, text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageStartingWith(
            "a value of type " + Oids.name(oid) + " cannot be read at position " + position + ":");
  }

  @Test
  void wrongDateStyleIsGivenAsTheLikelyReason() {
    assertThatThrownBy(() -> TextDecoderTest.decode(Oids.DATE, "29.02.2024"))
        .hasMessageEndingWith("does something set DateStyle to other than ISO?");
  }
}
