package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write as text we read back as the same value; the seed of each run is printed. */
class RoundTripTest {
  /** Seconds of the first and last instant PostgreSQL knows. */
  private static final long FIRST = Instant.parse("-4713-11-24T00:00:00Z").getEpochSecond();

  private static final long LAST = Instant.parse("+294276-12-31T23:59:59Z").getEpochSecond();

  enum Kind {
    INT2(Oids.INT2, random -> (short) random.nextInt()),
    INT4(Oids.INT4, random -> random.nextInt() >> random.nextInt(32)),
    INT8(Oids.INT8, random -> random.nextLong() >> random.nextInt(64)),
    FLOAT4(Oids.FLOAT4, random -> Float.intBitsToFloat(random.nextInt())),
    FLOAT8(Oids.FLOAT8, random -> Double.longBitsToDouble(random.nextLong())),
    NUMERIC(
        Oids.NUMERIC,
        random ->
            new BigDecimal(new BigInteger(1 + random.nextInt(200), random), random.nextInt(40))
                .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))),
    TEXT(Oids.TEXT, RoundTripTest::text),
    GUID(Oids.UUID, random -> new UUID(random.nextLong(), random.nextLong())),
    DATE(Oids.DATE, random -> LocalDate.ofEpochDay(random.nextLong(-2_440_588, 2_145_031_948))),
    TIME(Oids.TIME, random -> time(random)),
    TIMETZ(
        Oids.TIMETZ,
        random ->
            OffsetTime.of(
                time(random), ZoneOffset.ofTotalSeconds(random.nextInt(-57_599, 57_600)))),
    TIMESTAMP(
        Oids.TIMESTAMP,
        random ->
            LocalDateTime.ofEpochSecond(
                random.nextLong(FIRST, LAST + 1), micros(random), ZoneOffset.UTC)),
    TIMESTAMPTZ(
        Oids.TIMESTAMPTZ,
        random -> Instant.ofEpochSecond(random.nextLong(FIRST, LAST + 1), micros(random))),
    INTERVAL(
        Oids.INTERVAL,
        random ->
            new Interval(
                random.nextInt(), random.nextInt() >> random.nextInt(32), random.nextLong()));

    final int oid;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    final Function<Random, Object> any;

    Kind(int oid, Function<Random, Object> any) {
      this.oid = oid;
      this.any = any;
    }
  }

  @ParameterizedTest
  @EnumSource
  void singleValuesComeBack(Kind kind) {
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Object value = kind.any.apply(random);
      assertThat(decode(kind.oid, ParameterEncoder.encode(value, 1)))
          .as("seed %d", seed)
          .isEqualTo(value);
      assertThat(decode(kind.oid, ParameterEncoder.encodeAs(kind.oid, value, "c")))
          .as("seed %d", seed)
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @EnumSource
  void arraysOfAnyDimensionComeBack(Kind kind) {
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      int[] sizes = random.ints(1 + random.nextInt(4), 1, 4).toArray();
      List<@Nullable Object> list = list(random, kind, sizes, 0);
      Parameter parameter = ParameterEncoder.encode(list, 1);
      assertThat(decode(Oids.arrayOf(kind.oid), parameter)).as("seed %d", seed).isEqualTo(list);
    }
  }

  @Test
  void bytesOfArraysComeBack() {
    long seed = seed();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      byte[][] value = new byte[1 + random.nextInt(3)][random.nextInt(50)];
      for (byte[] bytes : value) {
        random.nextBytes(bytes);
      }
      List<?> list = (List<?>) decode(Oids.BYTEA_ARRAY, ParameterEncoder.encode(value, 1));
      assertThat(list.toArray()).as("seed %d", seed).isEqualTo(value);
    }
  }

  private static List<@Nullable Object> list(Random random, Kind kind, int[] sizes, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < sizes[depth]; i++) {
      if (depth + 1 < sizes.length) {
        list.add(list(random, kind, sizes, depth + 1));
      } else {
        list.add(random.nextInt(5) == 0 ? null : kind.any.apply(random));
      }
    }
    return list;
  }

  private static Object decode(int oid, Parameter parameter) {
    byte[] bytes = Objects.requireNonNull(parameter.bytes());
    return TextDecoder.decode(oid, bytes, 0, bytes.length);
  }

  private static int micros(Random random) {
    return random.nextBoolean() ? 0 : random.nextInt(1_000_000) * 1_000;
  }

  private static LocalTime time(Random random) {
    return LocalTime.ofSecondOfDay(random.nextInt(86_400)).withNano(micros(random));
  }

  private static String text(Random random) {
    String special = "\"\\{},' \t\n:;NULnul1é€";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      if (random.nextInt(10) == 0) {
        text.append("😀");
      } else {
        text.append(special.charAt(random.nextInt(special.length())));
      }
    }
    return text.toString();
  }

  private static long seed() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    return seed;
  }
}
