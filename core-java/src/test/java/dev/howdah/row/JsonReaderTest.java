package dev.howdah.row;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderTest {
  static List<Arguments> documents() {
    return List.of(
        Arguments.of("null", null),
        Arguments.of(" true\n", true),
        Arguments.of("false", false),
        Arguments.of("0", 0),
        Arguments.of("-0", 0),
        Arguments.of("2147483647", 2147483647),
        Arguments.of("-2147483648", -2147483648),
        Arguments.of("2147483648", 2147483648L),
        Arguments.of("-9223372036854775808", Long.MIN_VALUE),
        Arguments.of("9223372036854775808", BigInteger.ONE.shiftLeft(63)),
        Arguments.of(
            "-9223372036854775809", BigInteger.ONE.shiftLeft(63).negate().subtract(BigInteger.ONE)),
        Arguments.of("1.50", new BigDecimal("1.50")),
        Arguments.of("1e2", new BigDecimal("1E+2")),
        Arguments.of("-1.5E-3", new BigDecimal("-0.0015")),
        Arguments.of("1e999999999", new BigDecimal("1e999999999")),
        Arguments.of("\"\"", ""),
        Arguments.of("\"plain é😀\"", "plain é😀"),
        Arguments.of("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00\"", "\"\\/\b\f\n\r\té😀"),
        Arguments.of("\"a\\u0000b\"", "a\0b"),
        Arguments.of("[]", List.of()),
        Arguments.of("[ 1 , [ ] , {} ]", List.of(1, List.of(), Map.of())),
        Arguments.of("{\"a\":{\"b\":[true]}}", Map.of("a", Map.of("b", List.of(true)))),
        Arguments.of("{\"a\":1,\"a\":2}", Map.of("a", 2)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void documentsBecomeJavaValues(String text, @Nullable Object value) {
    assertThat(JsonReader.read(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; 0",
        "  ; 0",
        "nul; 0",
        "True; 0",
        "NaN; 0",
        "01; 0",
        "-01; 1",
        "1.; 2",
        ".5; 0",
        "1e; 2",
        "1e+; 3",
        "-; 0",
        "+1; 0",
        "1 2; 2",
        "1e99999999999; 0",
        "[1,]; 3",
        "[1 2]; 3",
        "[; 1",
        "{; 1",
        "{a:1}; 1",
        "{\"a\" 1}; 5",
        "{\"a\":1,}; 7",
        "{\"a\":}; 5",
        "\"abc; 4",
        "\"\\x\"; 2",
        "\"\\u12g4\"; 5",
        "\"\\u\u0661234\"; 3",
        "'a'; 0",
        "[1]]; 3",
      })
  void malformedTextIsRefusedWithThePosition(@Nullable String text, int position) {
    assertThatThrownBy(() -> JsonReader.read(text == null ? "" : text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageStartingWith("the text is not valid JSON: ")
        .hasMessageEndingWith("(at position " + position + ")");
  }

  @Test
  void controlCharactersInStringsAreRefused() {
    assertThatThrownBy(() -> JsonReader.read("\"a\nb\""))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("control character");
  }

  @Test
  void nestingIsBounded() {
    assertThat(JsonReader.read("[".repeat(1000) + "]".repeat(1000))).isInstanceOf(List.class);
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("nested deeper than 1000");
    assertThatThrownBy(() -> JsonReader.read("{\"a\":".repeat(100_000)))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("nested deeper than 1000");
  }

  @Test
  void endlessNumbersAreRefused() {
    assertThatThrownBy(() -> JsonReader.read("9".repeat(1_000_000)))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("too many digits");
  }

  @Test
  void membersKeepTheirOrder() {
    Map<?, ?> map = (Map<?, ?>) Json.text("{\"z\":1,\"a\":2,\"m\":3}").value();

    assertThat(map).hasToString("{z=1, a=2, m=3}");
  }

  @Test
  @SuppressWarnings("unchecked")
  void collectionsAreImmutable() {
    Map<String, Object> map = (Map<String, Object>) requireNonNull(JsonReader.read("{\"a\":[1]}"));
    List<Object> list = (List<Object>) requireNonNull(map.get("a"));

    assertThatThrownBy(() -> map.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> list.add(1)).isInstanceOf(UnsupportedOperationException.class);
  }
}
