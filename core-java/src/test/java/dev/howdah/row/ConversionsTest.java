package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.howdah.error.ClientException.MappingFailure;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings({"JavaUtilDate", "UnnecessaryStringBuilder"}) // they are conversion targets
class ConversionsTest {

  enum Status {
    NEW,
    IN_PROGRESS,
    done
  }

  enum Clash {
    A_B,
    AB,
    a_b,
    Other
  }

  static final UUID ID = UUID.fromString("0f0e0d0c-0b0a-0908-0706-050403020100");
  static final Instant NOON = Instant.parse("2024-02-29T12:00:00.123456Z");
  static final LocalDateTime LOCAL = LocalDateTime.of(2024, 2, 29, 12, 0);
  static final BigDecimal HUGE = new BigDecimal("1e400");

  /** Fields give types with arguments, which have no literal. */
  @SuppressWarnings("unused")
  static final class Types {
    List<Integer> integers;
    List<List<Long>> longLists;
    List<? extends Status> statuses;
    Set<String> texts;
    Collection<Short> shorts;
    Map<String, Object> map;
    Map<String, List<Integer>> listsByName;
    Optional<Long> maybe;
    Optional<List<Integer>> maybeList;
    List<Integer>[] listArray;
    List<String>[] textLists;
    Range<Long> longRange;
    List<Range<Long>> longRanges;
    Multirange<Long> longMultirange;
    List<Float> floats;
  }

  static Type type(String field) {
    try {
      return Types.class.getDeclaredField(field).getGenericType();
    } catch (NoSuchFieldException missing) {
      throw new AssertionError(missing);
    }
  }

  static @Nullable Object convert(@Nullable Object value, Type type) {
    return Row.of(Columns.of(List.of("c")), new @Nullable Object[] {value}).get(0, type);
  }

  static Stream<Arguments> fitting() {
    return Stream.of(
        // whole numbers
        arguments((short) 127, byte.class, (byte) 127),
        arguments(-128, Byte.class, (byte) -128),
        arguments(32767L, short.class, (short) 32767),
        arguments(-32768, Short.class, (short) -32768),
        arguments((short) 7, int.class, 7),
        arguments(2147483647L, Integer.class, Integer.MAX_VALUE),
        arguments(-2147483648L, int.class, Integer.MIN_VALUE),
        arguments(5, long.class, 5L),
        arguments(new BigDecimal("9223372036854775807"), Long.class, Long.MAX_VALUE),
        arguments(new BigDecimal("-9223372036854775808.000"), long.class, Long.MIN_VALUE),
        arguments(new BigDecimal("1E+3"), int.class, 1000),
        arguments(BigInteger.TEN, int.class, 10),
        arguments(3.0, int.class, 3),
        arguments(3.0f, long.class, 3L),
        arguments(-0.0, int.class, 0),
        // approximate numbers
        arguments(16777216, float.class, 16777216f),
        arguments(7, Double.class, 7.0),
        arguments(9007199254740992L, double.class, 9007199254740992.0),
        arguments(1.5f, double.class, 1.5),
        arguments(0.1, float.class, 0.1f),
        arguments(new BigDecimal("0.1"), double.class, 0.1),
        arguments(new BigDecimal("0.1"), Float.class, 0.1f),
        arguments(new BigDecimal("1e-400"), double.class, 0.0),
        arguments(Double.NaN, float.class, Float.NaN),
        arguments(Double.NEGATIVE_INFINITY, float.class, Float.NEGATIVE_INFINITY),
        arguments(Float.POSITIVE_INFINITY, double.class, Double.POSITIVE_INFINITY),
        // long numbers
        arguments(5L, BigDecimal.class, new BigDecimal("5")),
        arguments(0.1, BigDecimal.class, new BigDecimal("0.1")),
        arguments(0.1f, BigDecimal.class, new BigDecimal("0.1")),
        arguments(new BigDecimal("1.50"), BigDecimal.class, new BigDecimal("1.50")),
        arguments(Long.MIN_VALUE, BigInteger.class, BigInteger.valueOf(Long.MIN_VALUE)),
        arguments(new BigDecimal("12.00"), BigInteger.class, BigInteger.valueOf(12)),
        arguments(5, Number.class, 5),
        // booleans, characters, text
        arguments(true, boolean.class, true),
        arguments(false, Boolean.class, false),
        arguments("x", char.class, 'x'),
        arguments("x", Character.class, 'x'),
        arguments("text", String.class, "text"),
        arguments("text", CharSequence.class, "text"),
        arguments(5L, String.class, "5"),
        arguments(1.5, String.class, "1.5"),
        arguments(new BigDecimal("1E+3"), String.class, "1000"),
        arguments(new BigDecimal("1.50"), String.class, "1.50"),
        arguments(true, String.class, "true"),
        arguments(ID, String.class, "0f0e0d0c-0b0a-0908-0706-050403020100"),
        arguments(LocalDate.of(2024, 2, 29), String.class, "2024-02-29"),
        arguments(NOON, String.class, "2024-02-29T12:00:00.123456Z"),
        arguments(LocalDate.MAX, String.class, "infinity"),
        arguments(Instant.MIN, String.class, "-infinity"),
        arguments(LocalDateTime.MAX, String.class, "infinity"),
        arguments(new Interval(1, 2, 3_000_000), String.class, "P1M2DT3S"),
        arguments("0f0e0d0c-0b0a-0908-0706-050403020100", UUID.class, ID),
        arguments(ID, UUID.class, ID),
        // bytes
        arguments(new byte[] {1}, byte[].class, new byte[] {1}),
        arguments(new byte[] {1}, Object.class, new byte[] {1}),
        arguments(new byte[] {1}, ByteBuffer.class, ByteBuffer.wrap(new byte[] {1})),
        // times
        arguments(NOON, Instant.class, NOON),
        arguments(NOON, OffsetDateTime.class, NOON.atOffset(ZoneOffset.UTC)),
        arguments(NOON, ZonedDateTime.class, NOON.atZone(ZoneOffset.UTC)),
        arguments(Instant.parse("2024-01-01T00:00:00Z"), Date.class, new Date(1704067200000L)),
        arguments(Instant.MAX, OffsetDateTime.class, OffsetDateTime.MAX),
        arguments(Instant.MIN, OffsetDateTime.class, OffsetDateTime.MIN),
        arguments(Instant.MAX, ZonedDateTime.class, LocalDateTime.MAX.atZone(ZoneOffset.UTC)),
        arguments(Instant.MIN, ZonedDateTime.class, LocalDateTime.MIN.atZone(ZoneOffset.UTC)),
        arguments(NOON.atOffset(ZoneOffset.UTC), Instant.class, NOON),
        arguments(NOON.atZone(ZoneOffset.UTC), Instant.class, NOON),
        arguments(LOCAL, LocalDateTime.class, LOCAL),
        arguments(LocalTime.NOON, LocalTime.class, LocalTime.NOON),
        arguments(OffsetTime.MAX, OffsetTime.class, OffsetTime.MAX),
        arguments(LocalDate.EPOCH, LocalDate.class, LocalDate.EPOCH),
        arguments(new Interval(0, 1, 1_000_000), Duration.class, Duration.ofSeconds(86401)),
        arguments(new Interval(14, 3, 0), Period.class, Period.of(1, 2, 3)),
        arguments(new Interval(1, 2, 3), Interval.class, new Interval(1, 2, 3)),
        // enums
        arguments("NEW", Status.class, Status.NEW),
        arguments("new", Status.class, Status.NEW),
        arguments("DONE", Status.class, Status.done),
        arguments("in_progress", Status.class, Status.IN_PROGRESS),
        arguments("in-progress", Status.class, Status.IN_PROGRESS),
        arguments("In Progress", Status.class, Status.IN_PROGRESS),
        arguments("inProgress", Status.class, Status.IN_PROGRESS),
        arguments("a_b", Clash.class, Clash.a_b),
        arguments("A_B", Clash.class, Clash.A_B),
        arguments("ab", Clash.class, Clash.AB),
        arguments("OTHER", Clash.class, Clash.Other),
        // json
        arguments("{\"a\": [1]}", Json.class, Json.text("{\"a\": [1]}")),
        arguments("{\"a\": [1, null]}", Map.class, Map.of("a", Arrays.asList(1, null))),
        arguments("{\"a\": 1}", type("map"), Map.of("a", 1)),
        arguments("{\"a\": [1, 2.0]}", type("listsByName"), Map.of("a", List.of(1, 2))),
        arguments(Map.of("a", List.of(1L)), type("listsByName"), Map.of("a", List.of(1))),
        arguments("[1, \"a\"]", List.class, List.of(1, "a")),
        arguments("[1, 2]", type("integers"), List.of(1, 2)),
        arguments("null", Map.class, null),
        arguments("null", type("maybeList"), Optional.empty()),
        // arrays
        arguments(List.of(1, 2), List.class, List.of(1, 2)),
        arguments(List.of(1L, (short) 2), type("integers"), List.of(1, 2)),
        arguments(
            List.of(List.of(1), List.of(2)), type("longLists"), List.of(List.of(1L), List.of(2L))),
        arguments(List.of("NEW", "done"), type("statuses"), List.of(Status.NEW, Status.done)),
        arguments(List.of("b", "a", "b"), type("texts"), new HashSet<>(List.of("a", "b"))),
        arguments(List.of(1), type("shorts"), List.of((short) 1)),
        arguments(Arrays.asList(1, null), List.class, Arrays.asList(1, null)),
        arguments(List.of(1, 2), int[].class, new int[] {1, 2}),
        arguments(Arrays.asList(1, null), Integer[].class, new Integer[] {1, null}),
        arguments(List.of(1, 2), long[].class, new long[] {1, 2}),
        arguments(List.of("a"), String[].class, new String[] {"a"}),
        arguments(List.of("a", 1), Object[].class, new Object[] {"a", 1}),
        arguments(List.of((short) 1), byte[].class, new byte[] {1}),
        arguments(List.of(List.of(1), List.of(2)), int[][].class, new int[][] {{1}, {2}}),
        arguments(List.of(new byte[] {1}), byte[][].class, new byte[][] {{1}}),
        arguments(List.of("NEW"), Status[].class, new Status[] {Status.NEW}),
        arguments(List.of(), int[].class, new int[0]),
        arguments(List.of(List.of(1L)), type("listArray"), new List<?>[] {List.of(1)}),
        // arrays of types nobody knows
        arguments("{a,\"b,c\",NULL}", List.class, Arrays.asList("a", "b,c", null)),
        arguments("{new,DONE}", Status[].class, new Status[] {Status.NEW, Status.done}),
        arguments("{{a},{b}}", String[][].class, new String[][] {{"a"}, {"b"}}),
        arguments("[0:1]={a,b}", type("texts"), Set.of("a", "b")),
        arguments("{{a}}", type("textLists"), new List<?>[] {List.of("a")}),
        arguments("{}", List.class, List.of()),
        // values of ours
        arguments(Range.closedOpen(1, 2), type("longRange"), Range.closedOpen(1L, 2L)),
        arguments(Range.empty(), type("longRange"), Range.empty()),
        arguments(Range.atLeast(1), Range.class, Range.atLeast(1)),
        arguments(List.of(Range.atLeast(1)), type("longRanges"), List.of(Range.atLeast(1L))),
        arguments(
            Multirange.of(Range.atLeast(1)),
            type("longMultirange"),
            Multirange.of(Range.atLeast(1L))),
        arguments(Multirange.of(Range.atLeast(1)), type("longRanges"), List.of(Range.atLeast(1L))),
        arguments(new float[] {1.5f, 2}, float[].class, new float[] {1.5f, 2}),
        arguments(new float[] {1.5f, 2}, double[].class, new double[] {1.5, 2}),
        arguments(new float[] {1.5f}, type("floats"), List.of(1.5f)),
        arguments(new float[] {1.5f, 1e20f}, String.class, "[1.5,1e+20]"),
        arguments(Hstore.of(Map.of("a", "b")), Map.class, Map.of("a", "b")),
        arguments(new Geometry.Point(1, 2), Geometry.class, new Geometry.Point(1, 2)),
        // optional, and values of a codec's own class
        arguments(5, type("maybe"), Optional.of(5L)),
        arguments(null, type("maybe"), Optional.empty()),
        arguments(5, Optional.class, Optional.of(5)),
        arguments(new StringBuilder("own"), CharSequence.class, "own"),
        arguments(null, String.class, null),
        arguments(null, List.class, null),
        arguments(null, Status.class, null));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("fitting")
  void fittingValuesAreConverted(@Nullable Object value, Type type, @Nullable Object expected) {
    Object converted = convert(value, type);
    if (converted instanceof CharSequence && !(converted instanceof String)) {
      converted = converted.toString();
    }
    assertThat(converted).isEqualTo(expected);
    if (expected != null && type instanceof Class<?> plain && !plain.isPrimitive()) {
      assertThat(plain.isInstance(converted)).isTrue();
    }
  }

  @Test
  void randomWholeNumbersFitExactlyTheirRange() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      long number = random.nextLong() >> random.nextInt(64);
      BigDecimal decimal = BigDecimal.valueOf(number).setScale(random.nextInt(5));
      for (Object source : new Object[] {number, decimal, BigInteger.valueOf(number)}) {
        assertThat(fits(source, byte.class)).as("seed %d", seed).isEqualTo((byte) number == number);
        assertThat(fits(source, short.class))
            .as("seed %d", seed)
            .isEqualTo((short) number == number);
        assertThat(fits(source, int.class)).as("seed %d", seed).isEqualTo((int) number == number);
        assertThat(convert(source, long.class)).as("seed %d", seed).isEqualTo(number);
      }
      assertThat(fits(number, double.class))
          .as("seed %d, %d", seed, number)
          .isEqualTo(new BigDecimal((double) number).compareTo(BigDecimal.valueOf(number)) == 0);
    }
  }

  private static boolean fits(Object value, Class<?> type) {
    try {
      return ((Number) convert(value, type)).longValue() == ((Number) value).longValue();
    } catch (MappingFailure misfit) {
      return false;
    }
  }

  @Test
  void convertedContainersCannotBeChanged() {
    List<?> list = (List<?>) convert(List.of(1), type("integers"));
    Set<?> set = (Set<?>) convert(List.of("a"), type("texts"));
    Map<?, ?> map = (Map<?, ?>) convert("{\"a\": 1}", type("map"));
    assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(set::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
  }
}
