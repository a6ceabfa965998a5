package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import java.time.Duration;
import java.time.Period;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
  private static final long HOUR = 3_600_000_000L;

  /** The texts PostgreSQL prints in its two styles, and what they stand for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P1Y2M-3DT4H5M6.789S | 1 year 2 mons -3 days +04:05:06.789 | 14 | -3 | 14706789000",
        "P-1DT2H3M | -1 days +02:03:00 | 0 | -1 | 7380000000",
        "PT0S | 00:00:00 | 0 | 0 | 0",
        "P-10M | -10 mons | -10 | 0 | 0",
        "P1M | 1 mon | 1 | 0 | 0",
        "P1D | 1 day | 0 | 1 | 0",
        "PT100000H | 100000:00:00 | 0 | 0 | 360000000000000",
        "PT-1.5S | -00:00:01.5 | 0 | 0 | -1500000",
        "PT-0.000001S | -00:00:00.000001 | 0 | 0 | -1",
        "PT-1H-0.5S | -01:00:00.5 | 0 | 0 | -3600500000",
        "P-1M1DT-0.000001S | -1 mons +1 day -00:00:00.000001 | -1 | 1 | -1",
        "P178000000Y | 178000000 years | 2136000000 | 0 | 0",
        "P178956970Y7M2147483647D | 178956970 years 7 mons 2147483647 days"
            + " | 2147483647 | 2147483647 | 0",
        "P-178956970Y-8M-2147483648D | -178956970 years -8 mons -2147483648 days"
            + " | -2147483648 | -2147483648 | 0",
        "PT2562047788H54.775807S | 2562047788:00:54.775807 | 0 | 0 | 9223372036854775807",
        "PT-2562047788H-54.775808S | -2562047788:00:54.775808 | 0 | 0 | -9223372036854775808",
      })
  void bothStylesOfTheServerAreRead(
      String iso, String postgres, int months, int days, long microseconds) {
    Interval expected = new Interval(months, days, microseconds);

    assertThat(Interval.parse(iso)).isEqualTo(expected);
    assertThat(Interval.parse(postgres)).isEqualTo(expected);
    assertThat(expected).hasToString(iso);
  }

  @ParameterizedTest
  @CsvSource({
    "P2W, 0, 14, 0",
    "-PT6H, 0, 0, -21600000000",
    "-P1Y-2DT3S, -12, 2, -3000000",
    "+P1D, 0, 1, 0",
    "PT-6H+3M, 0, 0, -21420000000",
    "P1Y1Y, 24, 0, 0",
    "PT1.0000004S, 0, 0, 1000000",
    "PT1.0000005S, 0, 0, 1000001",
    "PT-1.0000005S, 0, 0, -1000001",
    "2 weeks, 0, 14, 0",
    "1 hour 2 minutes 3.5 seconds, 0, 0, 3723500000",
    "' 1 day 02:03 ', 0, 1, 7380000000",
  })
  void otherFormsOfIso8601AndWordsAreRead(String text, int months, int days, long microseconds) {
    assertThat(Interval.parse(text)).isEqualTo(new Interval(months, days, microseconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "PT",
        "P1",
        "P1DT",
        "1",
        "5 parsecs",
        "P1S",
        "PT1D",
        "P1.5D",
        "1.5 days",
        "PT1S2",
        "01:60:00",
        "01:00:60",
        "1:-2:3",
        "01:02:03:04",
        "PT9223372036855S",
        "P178956970Y8M",
        "2147483648 days",
        "99999999999999999999 days",
        "--1 day",
        "nonsense"
      })
  void otherTextIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> Interval.parse(text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("an interval cannot be read")
        .hasMessageContaining("position");
  }

  @Test
  void infinityOfPostgres17IsKept() {
    assertThat(Interval.parse("infinity")).isEqualTo(Interval.INFINITY);
    assertThat(Interval.parse("-infinity")).isEqualTo(Interval.NEGATIVE_INFINITY);
    assertThat(Interval.INFINITY).hasToString("infinity");
    assertThat(Interval.NEGATIVE_INFINITY).hasToString("-infinity");
    assertThatThrownBy(Interval.INFINITY::toDuration)
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessage("an infinite interval does not fit a Duration");
    assertThatThrownBy(Interval.NEGATIVE_INFINITY::toPeriod)
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessage("an infinite interval does not fit a Period");
  }

  @Test
  void durationsStayTimeAndComeBack() {
    Duration duration = Duration.ofDays(3).plusHours(5).plusNanos(1_000);

    assertThat(Interval.of(duration)).isEqualTo(new Interval(0, 0, 77 * HOUR + 1));
    assertThat(Interval.of(duration).toDuration()).isEqualTo(duration);
    assertThat(Interval.of(duration.negated()).toDuration()).isEqualTo(duration.negated());
  }

  @Test
  void durationsAreRoundedToMicrosecondsHalfUp() {
    assertThat(Interval.of(Duration.ofNanos(499)).microseconds()).isZero();
    assertThat(Interval.of(Duration.ofNanos(500)).microseconds()).isEqualTo(1);
    assertThat(Interval.of(Duration.ofNanos(-1)).microseconds()).isZero();
    assertThat(Interval.of(Duration.ofNanos(-501)).microseconds()).isEqualTo(-1);
    assertThat(Interval.of(Duration.ofNanos(999_999_999)).microseconds()).isEqualTo(1_000_000);
  }

  @Test
  void longestDurationsAreExactAndLongerOnesRefused() {
    Duration longest = Duration.ofSeconds(9_223_372_036_854L, 775_807_000);
    Duration mostNegative = Duration.ofSeconds(-9_223_372_036_855L, 224_192_000);

    assertThat(Interval.of(longest).microseconds()).isEqualTo(Long.MAX_VALUE);
    assertThat(Interval.of(mostNegative).microseconds()).isEqualTo(Long.MIN_VALUE);
    assertThat(Interval.of(mostNegative).toDuration()).isEqualTo(mostNegative);
    assertThatThrownBy(() -> Interval.of(longest.plusNanos(1_000)))
        .isInstanceOf(ClientException.WrongArguments.class);
    assertThatThrownBy(() -> Interval.of(Duration.ofSeconds(Long.MIN_VALUE)))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining("too long for an interval");
  }

  @Test
  void daysOfADurationHave24Hours() {
    assertThat(new Interval(0, 2, HOUR).toDuration()).isEqualTo(Duration.ofHours(49));
    assertThat(new Interval(0, 1, -HOUR).toDuration()).isEqualTo(Duration.ofHours(23));
  }

  @Test
  void monthsHaveNoDuration() {
    assertThatThrownBy(() -> new Interval(1, 0, 0).toDuration())
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("months has no fixed length");
  }

  @Test
  void periodsKeepMonthsAndDaysApart() {
    assertThat(Interval.of(Period.of(1, 2, -3))).isEqualTo(new Interval(14, -3, 0));
    assertThat(new Interval(14, -3, 0).toPeriod()).isEqualTo(Period.of(1, 2, -3));
    assertThat(new Interval(-14, 40, 0).toPeriod()).isEqualTo(Period.of(-1, -2, 40));
    assertThatThrownBy(() -> Interval.of(Period.ofYears(Integer.MAX_VALUE)))
        .isInstanceOf(ClientException.WrongArguments.class);
    assertThatThrownBy(() -> new Interval(0, 0, 1).toPeriod())
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("does not fit a Period");
  }

  @Test
  void nothingIsCarriedFromOnePartToAnother() {
    assertThat(new Interval(0, 30, 0)).isNotEqualTo(new Interval(1, 0, 0));
    assertThat(new Interval(0, 0, 24 * HOUR)).isNotEqualTo(new Interval(0, 1, 0));
  }

  @Test
  void everyIntervalIsReadBackAsPrinted() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      int shift = random.nextInt(63);
      Interval interval =
          new Interval(
              random.nextInt() >> random.nextInt(32),
              random.nextInt() >> random.nextInt(32),
              random.nextLong() >> shift);
      assertThat(Interval.parse(interval.toString())).as("seed %d", seed).isEqualTo(interval);
    }
  }
}
