package dev.howdah.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiteralsTest {
  private static String literal(@Nullable Object value, ColumnType type) {
    return Literals.of(value, type, "c");
  }

  @Test
  void numbersAreNumbers() {
    assertThat(literal(0, ColumnType.INTEGER)).isEqualTo("0");
    assertThat(literal("0", ColumnType.BIGINT)).isEqualTo("0");
    assertThat(literal(-5L, ColumnType.SMALLINT)).isEqualTo("-5");
    assertThat(literal(new BigDecimal("7.00"), ColumnType.INTEGER)).isEqualTo("7");
    assertThat(literal(new BigDecimal("1.50"), ColumnType.numeric(10, 2))).isEqualTo("1.50");
    assertThat(literal(0.1f, ColumnType.REAL)).isEqualTo("0.1");
    assertThat(literal(Double.NaN, ColumnType.DOUBLE_PRECISION)).isEqualTo("'NaN'");
    assertThat(literal(Double.NEGATIVE_INFINITY, ColumnType.REAL)).isEqualTo("'-Infinity'");
  }

  @Test
  void textIsQuotedWhateverTheServersStringsConform() {
    assertThat(literal("Vasya", ColumnType.TEXT)).isEqualTo("'Vasya'");
    assertThat(literal("O'Neill", ColumnType.varchar(9))).isEqualTo("'O''Neill'");
    assertThat(literal("a\\'b", ColumnType.TEXT)).isEqualTo("E'a\\\\''b'");
    assertThat(literal("'; DROP TABLE x; --", ColumnType.TEXT)).isEqualTo("'''; DROP TABLE x; --'");
    assertThat(literal(5, ColumnType.TEXT)).isEqualTo("'5'");
    assertThat(literal(TimeUnit.DAYS, ColumnType.of("unit"))).isEqualTo("'DAYS'");
  }

  @Test
  void otherTypesHaveTheirText() {
    assertThat(literal(null, ColumnType.TEXT)).isEqualTo("NULL");
    assertThat(literal(true, ColumnType.BOOL)).isEqualTo("TRUE");
    assertThat(literal(LocalDate.of(2024, 2, 29), ColumnType.DATE)).isEqualTo("'2024-02-29'");
    assertThat(literal(Instant.EPOCH, ColumnType.TIMESTAMPTZ)).isEqualTo("'1970-01-01T00:00:00Z'");
    assertThat(literal(Duration.ofMinutes(90), ColumnType.INTERVAL)).isEqualTo("'PT1H30M'");
    assertThat(literal(new UUID(0, 1), ColumnType.UUID))
        .isEqualTo("'00000000-0000-0000-0000-000000000001'");
    assertThat(literal(new byte[] {1, (byte) 0xfe}, ColumnType.BYTEA)).isEqualTo("E'\\\\x01fe'");
  }

  @Test
  void arraysAndDocumentsAreWritten() {
    ColumnType texts = ColumnType.array(ColumnType.TEXT);
    assertThat(literal(List.of(), texts)).isEqualTo("'{}'");
    assertThat(literal(Arrays.asList("a\"b\\", null, "NULL"), texts))
        .isEqualTo("E'{\"a\\\\\"b\\\\\\\\\",NULL,\"NULL\"}'");
    assertThat(literal(new int[] {1, 2}, ColumnType.array(ColumnType.INTEGER)))
        .isEqualTo("'{\"1\",\"2\"}'");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("it's", List.of(1, true, "q\"\n"));
    document.put("none", null);
    assertThat(literal(document, ColumnType.JSONB))
        .isEqualTo("E'{\"it''s\":[1,true,\"q\\\\\"\\\\u000a\"],\"none\":null}'");
    assertThat(literal("{\"a\": 1}", ColumnType.JSON)).isEqualTo("'{\"a\": 1}'");
    assertThat(literal(Map.of(), ColumnType.JSONB)).isEqualTo("'{}'");
  }

  @Test
  void whatDoesNotFitIsRefusedWhereItIsSet() {
    assertThatThrownBy(() -> Column.integer("age").defaultValue("abc"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("'age'")
        .hasMessageContaining("integer")
        .hasMessageContaining("whole number");
    assertThatThrownBy(() -> Column.smallint("n").defaultValue(40_000))
        .hasMessageContaining("range");
    assertThatThrownBy(() -> Column.integer("n").defaultValue(1.5)).hasMessageContaining("whole");
    assertThatThrownBy(() -> Column.integer("n").defaultValue(true)).hasMessageContaining("whole");
    assertThatThrownBy(() -> Column.bool("b").defaultValue(1))
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> Column.numeric("n").defaultValue("x")).hasMessageContaining("number");
    assertThatThrownBy(() -> Column.text("t").defaultValue("a\0b")).hasMessageContaining("NUL");
    assertThatThrownBy(() -> Column.text("t").defaultValue(new Object()))
        .hasMessageContaining("defaultSql");
    assertThatThrownBy(() -> Column.array("t", ColumnType.TEXT).defaultValue("a"))
        .hasMessageContaining("a list or an array");
    assertThatThrownBy(() -> Column.jsonb("j").defaultValue(List.of(new Object())))
        .hasMessageContaining("JSON");
  }
}
