package dev.howdah.internal.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnEncodingTest {
  private static final int AN_ENUM = 16_500;

  private record Point(int x) {}

  static List<Arguments> values() {
    return List.of(
        Arguments.of(Oids.JSONB, Map.of("a", 1), "{\"a\":1}"),
        Arguments.of(Oids.JSONB, List.of(1, "x"), "[1,\"x\"]"),
        Arguments.of(Oids.JSON, new int[] {1}, "[1]"),
        Arguments.of(Oids.JSON, "{\"as\": \"it is\"}", "{\"as\": \"it is\"}"),
        Arguments.of(Oids.JSONB, Json.of("text"), "\"text\""),
        Arguments.of(Oids.JSONB, 1.5, "1.5"),
        Arguments.of(Oids.JSONB, true, "true"),
        Arguments.of(Oids.JSONB, TimeUnit.DAYS, "\"DAYS\""),
        Arguments.of(Oids.JSONB, new Point(1), "{\"x\":1}"),
        Arguments.of(Oids.JSONB, Optional.of(List.of()), "[]"),
        Arguments.of(
            Oids.JSONB_ARRAY, List.of(Map.of("a", 1), List.of(2)), "{\"{\\\"a\\\":1}\",[2]}"),
        Arguments.of(Oids.INT2, 32767, "32767"),
        Arguments.of(Oids.INT4, -2147483648L, "-2147483648"),
        Arguments.of(Oids.INT4, new BigDecimal("1E+2"), "100"),
        Arguments.of(Oids.INT4, 3.0, "3"),
        Arguments.of(Oids.INT4, new BigDecimal("0E+1000000000"), "0"),
        Arguments.of(Oids.INT8, BigInteger.valueOf(Long.MIN_VALUE), "-9223372036854775808"),
        Arguments.of(Oids.INT4, " 12 ", " 12 "),
        Arguments.of(Oids.OID, 4294967295L, "4294967295"),
        Arguments.of(Oids.NUMERIC, 1, "1"),
        Arguments.of(Oids.NUMERIC, "1.5", "1.5"),
        Arguments.of(Oids.NUMERIC, new BigDecimal("1.50"), "1.50"),
        Arguments.of(Oids.FLOAT4, 1e-3, "0.001"),
        Arguments.of(Oids.FLOAT4, Double.NaN, "NaN"),
        Arguments.of(Oids.FLOAT8, 1L, "1"),
        Arguments.of(Oids.BOOL, true, "true"),
        Arguments.of(Oids.BOOL, "on", "on"),
        Arguments.of(Oids.TEXT, 42, "42"),
        Arguments.of(Oids.TEXT, TimeUnit.DAYS, "DAYS"),
        Arguments.of(Oids.TEXT, new UUID(0, 1), "00000000-0000-0000-0000-000000000001"),
        Arguments.of(Oids.VARCHAR, Map.of("a", 1), "{\"a\":1}"),
        Arguments.of(
            Oids.UUID,
            "00000000-0000-0000-0000-000000000001",
            "00000000-0000-0000-0000-000000000001"),
        Arguments.of(Oids.DATE, "2024-02-29", "2024-02-29"),
        Arguments.of(Oids.DATE, LocalDate.MIN, "-infinity"),
        Arguments.of(Oids.TIMESTAMP, Instant.EPOCH, "1970-01-01 00:00:00+00"),
        Arguments.of(Oids.INTERVAL, Duration.ofMinutes(1), "PT1M"),
        Arguments.of(Oids.BYTEA, "\\x01", "\\x01"),
        Arguments.of(Oids.BYTEA_ARRAY, List.of(new byte[] {1}), "{\"\\\\x01\"}"),
        Arguments.of(Oids.INT4_ARRAY, List.of(1L, 2), "{1,2}"),
        Arguments.of(Oids.INT4_ARRAY, new long[][] {{1}, {2}}, "{{1},{2}}"),
        Arguments.of(Oids.INT4_ARRAY, "{1,2}", "{1,2}"),
        Arguments.of(Oids.TEXT_ARRAY, Arrays.asList("NULL", null, 1), "{\"NULL\",NULL,1}"),
        Arguments.of(600, "(1,2)", "(1,2)"),
        Arguments.of(AN_ENUM, TimeUnit.DAYS, "DAYS"),
        Arguments.of(AN_ENUM, List.of("a", "b"), "{a,b}"),
        Arguments.of(0, 1, "1"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesAreWrittenAsTheColumnWantsThem(int columnOid, Object value, String text) {
    Parameter parameter = ParameterEncoder.encodeAs(columnOid, value, "column \"c\"");

    assertThat(ParameterEncoderTest.textOf(parameter)).isEqualTo(text);
    assertThat(parameter.oid()).isEqualTo(ColumnWriter.parameterOid(columnOid));
  }

  static List<Arguments> refusals() {
    return List.of(
        Arguments.of(
            Oids.INT2, 32768, "(int2) takes whole numbers from -32768 to 32767; the value"),
        Arguments.of(Oids.INT4, 2147483648L, "from -2147483648 to 2147483647"),
        Arguments.of(Oids.INT4, 1e10, "from -2147483648 to 2147483647"),
        Arguments.of(Oids.INT8, BigInteger.ONE.shiftLeft(63), "to 9223372036854775807"),
        Arguments.of(Oids.INT8, new BigDecimal("1E+1000000000"), "to 9223372036854775807"),
        Arguments.of(Oids.OID, -1, "from 0 to 4294967295"),
        Arguments.of(Oids.INT4, 1.5, "(int4) takes whole numbers, the value has a fraction"),
        Arguments.of(Oids.INT4, new BigDecimal("1E-1000000000"), "has a fraction"),
        Arguments.of(Oids.INT4, Double.NaN, "NaN or infinite"),
        Arguments.of(Oids.INT4, true, "takes a whole number, or null, not a java.lang.Boolean"),
        Arguments.of(Oids.INT4, TimeUnit.DAYS, "not a java.util.concurrent.TimeUnit"),
        Arguments.of(Oids.INT4, List.of(1), "takes a whole number"),
        Arguments.of(Oids.FLOAT4, 1e39, "from -3.4028235E38 to 3.4028235E38"),
        Arguments.of(Oids.FLOAT8, true, "(float8) takes a number"),
        Arguments.of(Oids.NUMERIC, LocalDate.EPOCH, "takes a number, or null"),
        Arguments.of(Oids.DATE, 20240101, "(date) takes a date or time of java.time"),
        Arguments.of(Oids.INTERVAL, 5, "(interval) takes a date or time"),
        Arguments.of(Oids.TIMESTAMP, List.of(), "takes a single value"),
        Arguments.of(Oids.TEXT, List.of("a"), "is neither an array nor a json column"),
        Arguments.of(Oids.UUID, new int[0], "so it cannot take a int[]"),
        Arguments.of(Oids.TEXT, new byte[0], "cannot take a byte[]; bytea can"),
        Arguments.of(Oids.BYTEA, 1, "(bytea) takes byte[] or ByteBuffer, or null, not a"),
        Arguments.of(Oids.BOOL, Map.of(), "(bool) takes a single value"),
        Arguments.of(Oids.INT4_ARRAY, 1, "(int4[]) takes a collection or an array"),
        Arguments.of(Oids.INT2_ARRAY, List.of(1, 70000), ", element [1] takes whole numbers from"),
        Arguments.of(Oids.TEXT, "\0", "(text): the text has the NUL character"),
        Arguments.of(Oids.JSONB, Double.NaN, "cannot be written as JSON at $"),
        Arguments.of(Oids.TEXT, new Thread(), "(text) of type java.lang.Thread cannot be bound"),
        Arguments.of(AN_ENUM, new Thread(), "column \"c\" of type java.lang.Thread"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatAColumnCannotHoldIsRefusedNamingIt(int columnOid, Object value, String message) {
    assertThatThrownBy(() -> ParameterEncoder.encodeAs(columnOid, value, "column \"c\""))
        .isInstanceOf(ClientException.WrongArguments.class)
        .hasMessageStartingWith("column \"c\"")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {Oids.INT4, Oids.TEXT, Oids.JSONB, Oids.BYTEA, Oids.INT4_ARRAY, AN_ENUM, 0})
  void nullKeepsTheTypeOfTheColumn(int columnOid) {
    Parameter none = new Parameter(ColumnWriter.parameterOid(columnOid), false, null);

    assertThat(ParameterEncoder.encodeAs(columnOid, null, "c")).isEqualTo(none);
    assertThat(ParameterEncoder.encodeAs(columnOid, Optional.empty(), "c")).isEqualTo(none);
  }

  @Test
  void bytesForByteaTravelBinary() {
    Parameter expected = new Parameter(Oids.BYTEA, true, new byte[] {1, 2});

    assertThat(ParameterEncoder.encodeAs(Oids.BYTEA, new byte[] {1, 2}, "c")).isEqualTo(expected);
    assertThat(ParameterEncoder.encodeAs(Oids.BYTEA, ByteBuffer.wrap(new byte[] {1, 2}), "c"))
        .isEqualTo(expected);
  }

  @Test
  void textAndForeignTypesAreLeftToTheServer() {
    assertThat(ColumnWriter.parameterOid(Oids.BPCHAR)).isEqualTo(Oids.UNSPECIFIED);
    assertThat(ColumnWriter.parameterOid(AN_ENUM)).isEqualTo(Oids.UNSPECIFIED);
    assertThat(ColumnWriter.parameterOid(Oids.JSONB)).isEqualTo(Oids.JSONB);
    assertThat(ColumnWriter.parameterOid(Oids.TEXT_ARRAY)).isEqualTo(Oids.TEXT_ARRAY);
  }
}
