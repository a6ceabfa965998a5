package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
  private record Point(int x, @Nullable Double y) {}

  private record Line(Point from, List<Point> to) {}

  private record Broken(int x) {
    @Override
    @SuppressWarnings("UnusedMethod") // called by reflection
    public int x() {
      throw new IllegalStateException("no x");
    }
  }

  static List<Arguments> documents() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("b", 1);
    map.put("a", null);
    Map<Object, Object> keys = new LinkedHashMap<>();
    keys.put(1, true);
    keys.put(TimeUnit.DAYS, false);
    return List.of(
        Arguments.of(null, "null"),
        Arguments.of(true, "true"),
        Arguments.of("", "\"\""),
        Arguments.of(
            "a\"b\\c/\n\r\t\b\u001f\u007f", "\"a\\\"b\\\\c/\\n\\r\\t\\u0008\\u001f\u007f\""),
        Arguments.of("é€😀", "\"é€😀\""),
        Arguments.of('x', "\"x\""),
        Arguments.of(CharBuffer.wrap("sb"), "\"sb\""),
        Arguments.of(42, "42"),
        Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of((short) -1, "-1"),
        Arguments.of(1.5f, "1.5"),
        Arguments.of(1e300, "1.0E300"),
        Arguments.of(new BigDecimal("1.50"), "1.50"),
        Arguments.of(new BigDecimal("1E+400"), "1E+400"),
        Arguments.of(BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
        Arguments.of(new AtomicLong(7), "7"),
        Arguments.of(map, "{\"b\":1,\"a\":null}"),
        Arguments.of(keys, "{\"1\":true,\"DAYS\":false}"),
        Arguments.of(Map.of(), "{}"),
        Arguments.of(List.of(), "[]"),
        Arguments.of(Arrays.asList(1, null, List.of("x")), "[1,null,[\"x\"]]"),
        Arguments.of(new int[][] {{1, 2}, {}}, "[[1,2],[]]"),
        Arguments.of(new String[] {"a", null}, "[\"a\",null]"),
        Arguments.of(new byte[] {1, 2, 3}, "\"AQID\""),
        Arguments.of(
            new Line(new Point(1, 2.5), List.of(new Point(3, null))),
            "{\"from\":{\"x\":1,\"y\":2.5},\"to\":[{\"x\":3,\"y\":null}]}"),
        Arguments.of(TimeUnit.SECONDS, "\"SECONDS\""),
        Arguments.of(Optional.of(List.of(1)), "[1]"),
        Arguments.of(Optional.empty(), "null"),
        Arguments.of(OptionalInt.of(1), "1"),
        Arguments.of(OptionalLong.empty(), "null"),
        Arguments.of(OptionalDouble.of(0.5), "0.5"),
        Arguments.of(Json.text("{ \"a\" : 1 }"), "{ \"a\" : 1 }"),
        Arguments.of(List.of(Json.text("{}")), "[{}]"),
        Arguments.of(new UUID(1, 2), "\"00000000-0000-0001-0000-000000000002\""),
        Arguments.of(LocalDate.of(2024, 2, 29), "\"2024-02-29\""),
        Arguments.of(Instant.EPOCH, "\"1970-01-01T00:00:00Z\""),
        Arguments.of(Date.from(Instant.EPOCH), "\"1970-01-01T00:00:00Z\""),
        Arguments.of(URI.create("http://a/b"), "\"http://a/b\""),
        Arguments.of(Path.of("a"), "\"a\""));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void valuesAreWrittenAsJson(@Nullable Object value, String document) {
    assertThat(Json.of(value).text()).isEqualTo(document);
  }

  static List<Arguments> refusals() {
    return List.of(
        Arguments.of(Double.NaN, "at $: JSON has no NaN"),
        Arguments.of(List.of(1f, Float.NEGATIVE_INFINITY), "at $[1]: JSON has no NaN"),
        Arguments.of(OptionalDouble.of(Double.NaN), "JSON has no NaN"),
        Arguments.of(Map.of("a", List.of("x\0y")), "at $.a[0]: the text has the NUL character"),
        Arguments.of(Map.of("\0", 1), "NUL character (U+0000) at index 0"),
        Arguments.of("ab\ud83d", "unpaired surrogate at index 2"),
        Arguments.of("\ude00", "unpaired surrogate at index 0"),
        Arguments.of("\ud83d\ud83d\ude00", "unpaired surrogate at index 0"),
        Arguments.of(new Object(), "a java.lang.Object has no JSON form"),
        Arguments.of(new Broken(1), "x() of a record failed"),
        Arguments.of(nullKey(), "null as a member name"));
  }

  private static Map<@Nullable String, Object> nullKey() {
    Map<@Nullable String, Object> map = new HashMap<>();
    map.put(null, 1);
    return map;
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatJsonOrPostgresCannotHoldIsRefusedWithItsPath(Object value, String message) {
    assertThatThrownBy(() -> Json.of(value))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<String, Object> map = new HashMap<>();
    map.put("self", map);

    assertThatThrownBy(() -> Json.of(list))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining("does it contain itself?")
        .hasMessageContaining("$[0][0][0]");
    assertThatThrownBy(() -> Json.of(map)).isInstanceOf(ClientException.WrongArguments.class);
  }

  @Test
  void textIsKeptAsItIsAndDecidesEquality() {
    assertThat(Json.text(" [1] ").text()).isEqualTo(" [1] ");
    assertThat(Json.text("[1]")).isEqualTo(Json.of(List.of(1))).hasSameHashCodeAs(Json.text("[1]"));
    assertThat(Json.text("[1]")).isNotEqualTo(Json.text("[ 1 ]")).hasToString("[1]");
    assertThat(Json.of(Json.text("no json"))).isEqualTo(Json.text("no json"));
  }

  @Test
  void valueOfATextThatIsNoJsonFailsWhenRead() {
    Json json = Json.text("{secret");

    assertThatThrownBy(json::value)
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("position 1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void documentsAreReadBackAsWritten() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Object value = anyValue(random, 4);
      assertThat(Json.of(value).value()).as("seed %d", seed).isEqualTo(value);
    }
  }

  private static @Nullable Object anyValue(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> Long.MAX_VALUE - random.nextInt(1000);
      case 4 -> new BigInteger(100, random).add(BigInteger.ONE.shiftLeft(64));
      case 5 -> new BigDecimal(new BigInteger(80, random), 1 + random.nextInt(30));
      case 6 -> anyText(random);
      case 7 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(anyValue(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(anyText(random), anyValue(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String anyText(Random random) {
    int[] points = new int[random.nextInt(8)];
    for (int i = 0; i < points.length; i++) {
      int point = 1 + random.nextInt(random.nextBoolean() ? 127 : 0x10ffff);
      points[i] = point >= 0xd800 && point < 0xe000 ? '"' : point;
    }
    return new String(points, 0, points.length);
  }
}
