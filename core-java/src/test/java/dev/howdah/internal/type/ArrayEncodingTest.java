package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArrayEncodingTest {
  static List<Arguments> arrays() {
    OffsetDateTime epoch = OffsetDateTime.parse("1970-01-01T00:00:00Z");
    return List.of(
        Arguments.of(List.of(1, 2), 1007, "{1,2}"),
        Arguments.of(Arrays.asList(1, null), 1007, "{1,NULL}"),
        Arguments.of(new LinkedHashSet<>(List.of(3L, 4L)), 1016, "{3,4}"),
        Arguments.of(new int[] {1, 2}, 1007, "{1,2}"),
        Arguments.of(new long[] {1}, 1016, "{1}"),
        Arguments.of(new short[] {1}, 1005, "{1}"),
        Arguments.of(new float[] {1.5f, Float.NaN}, 1021, "{1.5,NaN}"),
        Arguments.of(new double[] {1.5}, 1022, "{1.5}"),
        Arguments.of(new boolean[] {true, false}, 1000, "{true,false}"),
        Arguments.of(new char[] {'a', ','}, 0, "{a,\",\"}"),
        Arguments.of(new Byte[] {1}, 1005, "{1}"),
        Arguments.of(new Integer[] {1, null}, 1007, "{1,NULL}"),
        Arguments.of(new int[][] {{1, 2}, {3, 4}}, 1007, "{{1,2},{3,4}}"),
        Arguments.of(List.of(new int[] {1}, List.of(2)), 1007, "{{1},{2}}"),
        Arguments.of(List.of(List.of(List.of(1L))), 1016, "{{{1}}}"),
        Arguments.of(List.of(), 0, "{}"),
        Arguments.of(new int[0], 1007, "{}"),
        Arguments.of(new Long[0][], 1016, "{}"),
        Arguments.of(new Object[0], 0, "{}"),
        Arguments.of(List.of(List.of(), List.of()), 0, "{}"),
        Arguments.of(new int[][] {{}, {}}, 1007, "{}"),
        Arguments.of(Arrays.asList(null, null), 0, "{NULL,NULL}"),
        Arguments.of(new UUID[] {null}, 2951, "{NULL}"),
        Arguments.of(List.of(1, 2L), 0, "{1,2}"),
        Arguments.of(List.of(1, "x", 2), 0, "{1,x,2}"),
        Arguments.of(List.of("x", 1, 2), 0, "{x,1,2}"),
        Arguments.of(
            Arrays.asList(
                "a b", null, "", "Null", "a\"b\\c", "{", "}", "é😀", " x", "a,b", "a\tb", "'"),
            0,
            "{\"a b\",NULL,\"\",\"Null\",\"a\\\"b\\\\c\",\"{\",\"}\",é😀,\" x\",\"a,b\",\"a"
                + "\tb\",'}"),
        Arguments.of(List.of(TimeUnit.DAYS), 0, "{DAYS}"),
        Arguments.of(List.of(BigInteger.ONE, new BigDecimal("1.50")), 1231, "{1,1.50}"),
        Arguments.of(List.of(new UUID(0, 1)), 2951, "{00000000-0000-0000-0000-000000000001}"),
        Arguments.of(List.of(LocalDate.MAX), 1182, "{infinity}"),
        Arguments.of(
            List.of(Instant.EPOCH, epoch),
            1185,
            "{\"1970-01-01 00:00:00+00\",\"1970-01-01 00:00:00+00\"}"),
        Arguments.of(List.of(Duration.ofHours(1)), 1187, "{PT1H}"),
        Arguments.of(new byte[][] {{1, -1}, {}}, 1001, "{\"\\\\x01ff\",\"\\\\x\"}"),
        Arguments.of(new byte[0][], 1001, "{}"),
        Arguments.of(List.of(Map.of("a", "b c")), 0, "{\"{\\\"a\\\":\\\"b c\\\"}\"}"),
        Arguments.of(List.of(Json.text("[1]")), 0, "{[1]}"),
        Arguments.of(List.of(Optional.of(1), Optional.empty()), 1007, "{1,NULL}"));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void listsAndArraysBecomeArrayLiterals(Object value, int oid, String text) {
    Parameter parameter = ParameterEncoder.encode(value, 1);

    assertThat(ParameterEncoderTest.textOf(parameter)).isEqualTo(text);
    assertThat(parameter.oid()).isEqualTo(oid);
  }

  static List<Arguments> ragged() {
    return List.of(
        Arguments.of(List.of(List.of(1), List.of(1, 2)), "[1]"),
        Arguments.of(List.of(List.of(1), List.of()), "[1]"),
        Arguments.of(List.of(1, List.of(2)), "[1]"),
        Arguments.of(List.of(List.of(1), 2), "[1]"),
        Arguments.of(List.of(List.of(), 2), "[1]"),
        Arguments.of(Arrays.asList(List.of(1), null), "[1]"),
        Arguments.of(Arrays.asList(null, List.of(1)), "[1]"),
        Arguments.of(List.of(List.of(List.of(1)), List.of(2)), "[1][0]"),
        Arguments.of(
            List.of(
                List.of(List.of(1, 2), List.of(1, 2)), List.of(List.of(1, 2), List.of(1, 2, 3))),
            "[1][1]"),
        Arguments.of(new int[][] {{1}, {1, 2}}, "[1]"));
  }

  @ParameterizedTest
  @MethodSource("ragged")
  void raggedListsAreRefusedNamingWhere(Object value, String place) {
    assertThatThrownBy(() -> ParameterEncoder.encode(value, 3))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageStartingWith(
            "argument $3, element " + place + ": lists inside of a list must all have the same");
  }

  @Test
  void sixDimensionsAreTheMost() {
    Object six = List.of(List.of(List.of(List.of(List.of(List.of(1))))));

    assertThat(ParameterEncoderTest.textOf(ParameterEncoder.encode(six, 1)))
        .isEqualTo("{{{{{{1}}}}}}");
    assertThatThrownBy(() -> ParameterEncoder.encode(List.of(six), 1))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining("at most 6 dimensions");
  }

  @Test
  void listThatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Object[] array = new Object[1];
    array[0] = array;

    assertThatThrownBy(() -> ParameterEncoder.encode(list, 1))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining("does the list contain itself?");
    assertThatThrownBy(() -> ParameterEncoder.encode(array, 1))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageContaining("does the list contain itself?");
  }

  @Test
  void elementThatCannotBeBoundIsNamed() {
    assertThatThrownBy(() -> ParameterEncoder.encode(List.of("a", "b\0"), 1))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageStartingWith("argument $1, element [1]: the text has the NUL character");
    assertThatThrownBy(() -> ParameterEncoder.encode(List.of(new Thread()), 1))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageStartingWith("argument $1, element [0] of type java.lang.Thread cannot be");
  }
}
