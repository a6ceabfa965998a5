package dev.howdah.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BigInteger | bigint",
        "SmallInteger | smallint",
        "String | varchar",
        "String(255) | varchar(255)",
        "String(length=30) | varchar(30)",
        "Text | text",
        "Text() | text",
        "Boolean | boolean",
        "Float | double precision",
        "Numeric(10, 2) | numeric(10, 2)",
        "DateTime | timestamp",
        "DateTime(timezone=True) | timestamptz",
        "LargeBinary | bytea",
        "JSON | json",
        "UUID | uuid",
        "ARRAY(Integer) | integer[]",
        "ARRAY(String(5)) | varchar(5)[]",
        "bigint | bigint",
        "BIGINT | BIGINT",
        "double   precision | double precision",
        "character varying(20) | character varying(20)",
        "timestamp(3) with time zone | timestamp(3) with time zone",
        "text[][] | text[][]",
        "vector(3) | vector(3)",
        "\"My Type\" | \"My Type\""
      })
  void namesOfSqlAlchemyAndSqlAreKnown(String name, String sql) {
    assertThat(ColumnType.named(name).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Strng", "mood", "Text(5)", "Integer(3)", "String(abc)", "text; drop table x", ""})
  void unknownNamesAreRefused(String name) {
    assertThatThrownBy(() -> ColumnType.named(name)).isInstanceOf(WrongArguments.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mood",
        "app.mood",
        "app.\"Mo\"\"od\"",
        "geometry(Point, 4326)",
        "bit varying(8)",
        "int[3]",
        "interval day to second(3)",
        "time (3) without time zone"
      })
  void anyTypeOfTheUsersIsAccepted(String sql) {
    assertThat(ColumnType.of(sql).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text; DROP TABLE users",
        "int -- x",
        "int /* x */",
        "text, b int",
        "text)",
        "text DEFAULT 'x'",
        "",
        " ",
        "\"open",
        "int NOT NULL, x",
        "text[']"
      })
  void whatIsMoreThanATypeIsRefused(String sql) {
    assertThatThrownBy(() -> ColumnType.of(sql)).isInstanceOf(WrongArguments.class);
  }

  @Test
  void classesStandForTheTypeTheirValuesAreBoundAs() {
    assertThat(ColumnType.of(Long.class)).isEqualTo(ColumnType.BIGINT);
    assertThat(ColumnType.of(int.class)).isEqualTo(ColumnType.INTEGER);
    assertThat(ColumnType.of(String.class)).isEqualTo(ColumnType.TEXT);
    assertThat(ColumnType.of(Instant.class)).isEqualTo(ColumnType.TIMESTAMPTZ);
    assertThat(ColumnType.of(byte[].class)).isEqualTo(ColumnType.BYTEA);
    assertThat(ColumnType.of(String[].class)).hasToString("text[]");
    assertThat(ColumnType.of(int[][].class)).hasToString("integer[][]");
    assertThatThrownBy(() -> ColumnType.of(List.class)).isInstanceOf(WrongArguments.class);
  }
}
