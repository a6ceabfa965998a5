package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.row.Geometry;
import dev.howdah.row.Inet;
import dev.howdah.row.Interval;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayDecodingTest {
  static List<Arguments> arrays() {
    return List.of(
        Arguments.of(Oids.INT4_ARRAY, "{}", List.of()),
        Arguments.of(Oids.INT4_ARRAY, "{1,-2,NULL}", Arrays.asList(1, -2, null)),
        Arguments.of(Oids.INT4_ARRAY, "{null}", Arrays.asList((Object) null)),
        Arguments.of(Oids.INT4_ARRAY, "[0:2]={1,2,3}", List.of(1, 2, 3)),
        Arguments.of(
            Oids.INT4_ARRAY, "[-1:0][2:3]={{1,2},{3,4}}", List.of(List.of(1, 2), List.of(3, 4))),
        Arguments.of(
            Oids.INT4_ARRAY,
            "{{{1,2}},{{3,NULL}}}",
            List.of(List.of(List.of(1, 2)), List.of(Arrays.asList(3, null)))),
        Arguments.of(Oids.INT8_ARRAY, "{1}", List.of(1L)),
        Arguments.of(Oids.INT2_ARRAY, "{1}", List.of((short) 1)),
        Arguments.of(Oids.BOOL_ARRAY, "{t,f,NULL}", Arrays.asList(true, false, null)),
        Arguments.of(Oids.NUMERIC_ARRAY, "{1.50,NaN}", List.of(new BigDecimal("1.50"), Double.NaN)),
        Arguments.of(
            Oids.FLOAT8_ARRAY, "{1e+300,-Infinity}", List.of(1e300, Double.NEGATIVE_INFINITY)),
        Arguments.of(
            Oids.TEXT_ARRAY,
            "{\"a b\",NULL,\"\",\"null\",\"a\\\"b\\\\c\",\"{\",é😀,\" x\",\"a,b\"}",
            Arrays.asList("a b", null, "", "null", "a\"b\\c", "{", "é😀", " x", "a,b")),
        Arguments.of(Oids.UUID_ARRAY, "{" + new UUID(1, 2) + "}", List.of(new UUID(1, 2))),
        Arguments.of(
            Oids.DATE_ARRAY,
            "{infinity,\"0044-03-15 BC\"}",
            List.of(LocalDate.MAX, LocalDate.of(-43, 3, 15))),
        Arguments.of(
            Oids.TIMESTAMPTZ_ARRAY, "{\"1970-01-01 00:00:00+00\"}", List.of(Instant.EPOCH)),
        Arguments.of(
            Oids.INTERVAL_ARRAY,
            "{P1D,\"1 mon\"}",
            List.of(new Interval(0, 1, 0), new Interval(1, 0, 0))),
        Arguments.of(Oids.JSONB_ARRAY, "{\"{\\\"a\\\": 1}\"}", List.of("{\"a\": 1}")),
        Arguments.of(
            Oids.BOX_ARRAY,
            "{(3,4),(1,2);NULL}",
            Arrays.asList(Geometry.Box.parse("(3,4),(1,2)"), null)),
        Arguments.of(Oids.INET_ARRAY, "{10.0.0.1/24}", List.of(Inet.parse("10.0.0.1/24"))));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arraysBecomeLists(int oid, String text, List<Object> value) {
    assertThat(TextDecoderTest.decode(oid, text)).isEqualTo(value);
  }

  @Test
  void byteaElementsAreBytes() {
    List<?> list = (List<?>) TextDecoderTest.decode(Oids.BYTEA_ARRAY, "{\"\\\\x0102\",NULL}");

    assertThat((byte[]) list.get(0)).containsExactly(1, 2);
    assertThat(list.get(1)).isNull();
  }

  @Test
  @SuppressWarnings("unchecked")
  void listsAreImmutable() {
    List<Object> list = (List<Object>) TextDecoderTest.decode(Oids.INT4_ARRAY, "{1}");

    assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void textOfAnArrayOfUnknownTypeIsReadOnRequest() {
    assertThat(TextDecoder.decodeArrayText("{happy,NULL,\"NULL\"}"))
        .containsExactly("happy", null, "NULL");
    assertThat(TextDecoder.decodeArrayText("{{a},{b}}"))
        .containsExactly(List.of("a"), List.of("b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "{secret", "{secret}}", "{a,,b}", "{{a},b}", "[1:2{secret}"})
  void textThatIsNoArrayIsRefusedWithoutShowingIt(String text) {
    assertThatThrownBy(() -> TextDecoder.decodeArrayText(text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> TextDecoderTest.decode(Oids.TEXT_ARRAY, text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageStartingWith("a value of type text[] cannot be read")
        .hasMessageNotContaining("secret");
  }

  @Test
  void elementThatDoesNotFitNamesTheArrayType() {
    assertThatThrownBy(() -> TextDecoderTest.decode(Oids.INT4_ARRAY, "{1,2x}"))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageStartingWith(
            "a value of type int4[] cannot be read in one of its elements, at position 1");
  }

  @Test
  void endlessNestingIsRefused() {
    assertThatThrownBy(() -> TextDecoder.decodeArrayText("{".repeat(1_000_000)))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasMessageContaining("dimensions");
  }
}
