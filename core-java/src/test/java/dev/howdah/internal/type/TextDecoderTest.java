package dev.howdah.internal.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException;
import dev.howdah.row.Geometry;
import dev.howdah.row.Inet;
import dev.howdah.row.Interval;
import dev.howdah.row.Range;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextDecoderTest {
  static Object decode(int oid, String text) {
    byte[] bytes = ("##" + text + "##").getBytes(UTF_8);
    return TextDecoder.decode(oid, bytes, 2, bytes.length - 4);
  }

  static List<Arguments> values() {
    UUID uuid = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    return List.of(
        Arguments.of(Oids.BOOL, "t", true),
        Arguments.of(Oids.BOOL, "f", false),
        Arguments.of(Oids.INT2, "-32768", Short.MIN_VALUE),
        Arguments.of(Oids.INT2, "32767", Short.MAX_VALUE),
        Arguments.of(Oids.INT4, "0", 0),
        Arguments.of(Oids.INT4, "-2147483648", Integer.MIN_VALUE),
        Arguments.of(Oids.INT4, "2147483647", Integer.MAX_VALUE),
        Arguments.of(Oids.INT8, "42", 42L),
        Arguments.of(Oids.INT8, "-9223372036854775808", Long.MIN_VALUE),
        Arguments.of(Oids.INT8, "9223372036854775807", Long.MAX_VALUE),
        Arguments.of(Oids.OID, "4294967295", 4294967295L),
        Arguments.of(Oids.FLOAT4, "1.5", 1.5f),
        Arguments.of(Oids.FLOAT4, "3.4028235e+38", Float.MAX_VALUE),
        Arguments.of(Oids.FLOAT4, "1e-45", Float.MIN_VALUE),
        Arguments.of(Oids.FLOAT4, "NaN", Float.NaN),
        Arguments.of(Oids.FLOAT4, "-Infinity", Float.NEGATIVE_INFINITY),
        Arguments.of(Oids.FLOAT8, "1e+300", 1e300),
        Arguments.of(Oids.FLOAT8, "1.7976931348623157e+308", Double.MAX_VALUE),
        Arguments.of(Oids.FLOAT8, "5e-324", Double.MIN_VALUE),
        Arguments.of(Oids.FLOAT8, "-0", -0.0),
        Arguments.of(Oids.FLOAT8, "Infinity", Double.POSITIVE_INFINITY),
        Arguments.of(Oids.NUMERIC, "0", new BigDecimal("0")),
        Arguments.of(Oids.NUMERIC, "0.00", new BigDecimal("0.00")),
        Arguments.of(Oids.NUMERIC, "1.500", new BigDecimal("1.500")),
        Arguments.of(Oids.NUMERIC, "-0.000001", new BigDecimal("-0.000001")),
        Arguments.of(Oids.NUMERIC, "-99999999999999999", new BigDecimal("-99999999999999999")),
        Arguments.of(
            Oids.NUMERIC, "1234567890123456789.01", new BigDecimal("1234567890123456789.01")),
        Arguments.of(Oids.NUMERIC, "1" + "0".repeat(400), new BigDecimal("1" + "0".repeat(400))),
        Arguments.of(Oids.NUMERIC, "NaN", Double.NaN),
        Arguments.of(Oids.NUMERIC, "Infinity", Double.POSITIVE_INFINITY),
        Arguments.of(Oids.NUMERIC, "-Infinity", Double.NEGATIVE_INFINITY),
        Arguments.of(Oids.UUID, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", uuid),
        Arguments.of(Oids.UUID, "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", uuid),
        Arguments.of(Oids.BYTEA, "\\x", new byte[0]),
        Arguments.of(Oids.BYTEA, "\\xDEadBEef00", new byte[] {-34, -83, -66, -17, 0}),
        Arguments.of(Oids.BYTEA, "", new byte[0]),
        Arguments.of(Oids.BYTEA, "\\000\\001\\\\'\\377A", new byte[] {0, 1, '\\', '\'', -1, 'A'}),
        Arguments.of(Oids.INTERVAL, "P1Y2M-3DT4H5M6.789S", new Interval(14, -3, 14706789000L)),
        Arguments.of(Oids.INTERVAL, "1 mon -00:00:01", new Interval(1, 0, -1000000)),
        Arguments.of(Oids.TEXT, "", ""),
        Arguments.of(Oids.TEXT, "é€😀 \"{}\\", "é€😀 \"{}\\"),
        Arguments.of(Oids.VARCHAR, "NULL", "NULL"),
        Arguments.of(Oids.BPCHAR, "a  ", "a  "),
        Arguments.of(Oids.JSONB, "{\"a\": 1}", "{\"a\": 1}"),
        Arguments.of(Oids.INET, "10.0.0.1/24", Inet.parse("10.0.0.1/24")),
        Arguments.of(Oids.MONEY, "$1,000.00", "$1,000.00"),
        Arguments.of(600, "(1,2)", new Geometry.Point(1, 2)),
        Arguments.of(3904, "[1,3)", Range.closedOpen(1, 3)),
        Arguments.of(22, "1 2 3", List.of((short) 1, (short) 2, (short) 3)),
        Arguments.of(Oids.VOID, "", null),
        Arguments.of(0, "{1,2}", "{1,2}"),
        Arguments.of(-1, "x", "x"),
        Arguments.of(123456, "happy", "happy"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void textBecomesTheCanonicalValue(int oid, String text, Object value) {
    assertThat(decode(oid, text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "16, x, bool, 0",
    "16, true, bool, 0",
    "16, '', bool, 0",
    "21, 32768, int2, 0",
    "23, '', int4, 0",
    "23, -, int4, 1",
    "23, 12x, int4, 2",
    "23, 2147483648, int4, 0",
    "20, 9223372036854775808, int8, 0",
    "20, 92233720368547758070, int8, 19",
    "26, -1, oid, 0",
    "700, abc, float4, 0",
    "701, 1.2.3, float8, 0",
    "1700, '', numeric, 0",
    "1700, ., numeric, 1",
    "1700, 1.2.3, numeric, 3",
    "1700, 1234567890123456789x, numeric, 0",
    "2950, a0eebc99, uuid, 0",
    "2950, a0eebc99-9c0b-4ef8-bb6d-6bb9bd380axx, uuid, 34",
    "2950, a0eebc9999c0b-4ef8-bb6d-6bb9bd380a11, uuid, 8",
    "17, \\x0, bytea, 3",
    "17, \\x0g, bytea, 3",
    "17, \\9, bytea, 0",
    "17, \\400, bytea, 0",
  })
  void malformedTextIsRefusedNamingTypeAndPosition(
      int oid, String text, String type, int position) {
    assertThatThrownBy(() -> decode(oid, text))
        .isInstanceOf(ClientException.MappingFailure.class)
        .hasNoCause()
        .hasMessageStartingWith(
            "a value of type " + type + " cannot be read at position " + position + ":");
  }

  @Test
  void valueIsNotShownInTheMessage() {
    assertThatThrownBy(() -> decode(Oids.FLOAT8, "hunter2")).hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> decode(Oids.INTERVAL, "hunter2")).hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> decode(Oids.INT4_ARRAY, "{hunter2}"))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void malformedUtf8BecomesReplacementCharacters() {
    byte[] latin1 = "é".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(TextDecoder.decode(Oids.TEXT, latin1, 0, 1)).isEqualTo("\ufffd");
  }
}
