package dev.howdah.query;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which inserts may be run for many rows of arguments at once, as far as their text tells. */
class SetInsertTest {
  @Test
  void valuesAreSelectedFromArrays() {
    SetInsert insert = requireNonNull(SetInsert.of(ParsedSql.of("INSERT INTO t VALUES ($1, $2)")));
    assertThat(insert.table()).isEqualTo("t");
    assertThat(insert.text())
        .isEqualTo(
            "INSERT INTO t SELECT \"howdah set\".\"howdah p1\", \"howdah set\".\"howdah p2\"\n"
                + " FROM ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2))"
                + " AS \"howdah set\"(\"howdah p1\", \"howdah p2\")");
  }

  @Test
  void whatStandsAroundTheValuesStays() {
    SetInsert insert =
        requireNonNull(
            SetInsert.of(
                ParsedSql.of(
                    "insert /* a */ into \"My\".\"t.x\" as o (a, \"b\") overriding system value values"
                        + " (lower(:name) || ')', :id::numeric(10, 2)) -- b\n"
                        + "on conflict (a) do update set a = excluded.a, b = abs(o.b) where o.a > 1;")));
    assertThat(insert.table()).isEqualTo("\"My\".\"t.x\"");
    assertThat(insert.text())
        .startsWith(
            "insert /* a */ into \"My\".\"t.x\" as o (a, \"b\") overriding system value SELECT"
                + " lower(\"howdah set\".\"howdah p1\") || ')',"
                + " \"howdah set\".\"howdah p2\"::numeric(10, 2)\n FROM ROWS FROM (")
        .endsWith("on conflict (a) do update set a = excluded.a, b = abs(o.b) where o.a > 1 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES ($1), ($2)",
        "INSERT INTO t VALUES ($1, DEFAULT)",
        "INSERT INTO t VALUES (1)",
        "INSERT INTO t DEFAULT VALUES",
        "INSERT INTO t SELECT $1",
        "INSERT INTO t (SELECT $1)",
        "INSERT INTO t SELECT v.a FROM (VALUES ($1)) AS v(a)",
        "INSERT INTO t VALUES ((SELECT max(a) FROM t) + $1)",
        "INSERT INTO t VALUES (count($1))",
        "INSERT INTO t VALUES (generate_series(1, $1))",
        "INSERT INTO t VALUES (unnest(ARRAY[$1, $2]))",
        "INSERT INTO t VALUES (mine($1))",
        "INSERT INTO t VALUES (mine.lower($1))",
        "INSERT INTO t VALUES (\"lower\"($1))",
        "INSERT INTO t VALUES (row_number() OVER (), $1)",
        "INSERT INTO t VALUES (nextval('s'), $1)",
        "INSERT INTO t VALUES ($1, statement_timestamp())",
        "INSERT INTO t VALUES ($1) RETURNING a",
        "INSERT INTO t VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $2",
        "INSERT INTO t VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = (SELECT 1)",
        "INSERT INTO t VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = mine(t.a)",
        "WITH x AS (SELECT 1) INSERT INTO t VALUES ($1)",
        "INSERT INTO U&\"t\" VALUES ($1)",
        "INSERT INTO t VALUES ($1); SELECT 1",
        "INSERT INTO t VALUES ($1",
        "INSERT INTO",
        "UPDATE t SET a = $1",
        "SELECT $1"
      })
  void whatMayMeanSomethingElseIsLeft(String sql) {
    assertThat(SetInsert.of(ParsedSql.of(sql))).isNull();
  }
}
