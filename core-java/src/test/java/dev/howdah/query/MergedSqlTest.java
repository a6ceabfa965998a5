package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts may be merged, and the one statement that they become. */
class MergedSqlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE id = $1",
        "select upper(name), now(), current_date from t where id = :id",
        "WITH x AS (SELECT $1::int) SELECT * FROM x",
        "(SELECT 1) UNION (SELECT $1)",
        "VALUES ($1)",
        "TABLE t",
        "SELECT 'random()', \"for update\" FROM t -- FOR UPDATE\n WHERE id = $1",
        "SELECT * FROM t WHERE id = $1;",
        "SELECT count(*) FROM t",
      })
  void readsAreMergeable(String sql) {
    assertThat(ParsedSql.of(sql).isMergeable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE id = $1 FOR UPDATE",
        "SELECT * FROM t WHERE id = $1 FOR NO KEY UPDATE NOWAIT",
        "SELECT * FROM t WHERE id = $1 for share of t",
        "SELECT * FROM t WHERE id = $1 FOR KEY SHARE",
        "SELECT * INTO u FROM t WHERE id = $1",
        "INSERT INTO t VALUES ($1) RETURNING id",
        "WITH d AS (DELETE FROM t WHERE id = $1 RETURNING *) SELECT * FROM d",
        "SELECT nextval('s'), $1",
        "SELECT mine($1)",
        "SELECT public.lower($1) FROM t",
        "SELECT random() * $1",
        "SELECT pg_catalog.random() * $1",
        "SELECT \"random\"() * $1",
        "SELECT clock_timestamp() > $1",
        "SELECT pg_sleep($1)",
        "SELECT gen_random_uuid(), $1",
        "SELECT uuid_generate_v4(), $1",
        "SELECT * FROM t TABLESAMPLE bernoulli ($1)",
        "SELECT * FROM U&\"t\" WHERE id = $1",
        "SHOW work_mem",
        "EXPLAIN SELECT $1",
        "SELECT 1; SELECT 2",
        "SELECT $1; SELECT $1",
        "BEGIN",
        "",
      })
  void othersAreNot(String sql) {
    ParsedSql parsed = ParsedSql.of(sql);

    assertThat(parsed.isMergeable()).isFalse();
    assertThatThrownBy(parsed::merged)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the text cannot be merged");
  }

  @Test
  void theTextStandsWholeInTheMergedStatement() {
    assertThat(
            ParsedSql.of("SELECT * FROM t WHERE id = :id AND n > :n OR id = :id -- :id").merged())
        .isEqualTo(
            """
            SELECT "howdah member"."howdah n", "howdah row".* FROM ROWS FROM \
            (pg_catalog.unnest($1), pg_catalog.unnest($2)) WITH ORDINALITY \
            AS "howdah member"("howdah p1", "howdah p2", "howdah n") CROSS JOIN LATERAL (SELECT * FROM (
            SELECT * FROM t WHERE id = (CASE WHEN true THEN "howdah member"."howdah p1" END) \
            AND n > (CASE WHEN true THEN "howdah member"."howdah p2" END) \
            OR id = (CASE WHEN true THEN "howdah member"."howdah p1" END) -- :id
            ) AS "howdah row" OFFSET 0) AS "howdah row\"""");
  }

  @Test
  void aWholeItemOfASelectListKeepsTheNameThatANamelessOneHas() {
    assertThat(ParsedSql.of("SELECT $1, $2::int, $1 FROM t").merged())
        .contains(
            " CROSS JOIN LATERAL (SELECT \"howdah member\".\"howdah p1\") AS"
                + " \"howdah 1\"(\"?column?\")")
        .contains(
            """
            (
            SELECT "howdah 1"."?column?", (CASE WHEN true THEN "howdah member"."howdah p2" END)::int, \
            "howdah 1"."?column?" FROM t
            )""");
  }

  @Test
  void whatOnlyLooksLikeAParameterIsLeft() {
    String sql = "SELECT '$1', $a$ $2 $a$, \"$3\" /* $4 */ FROM t WHERE a$5 = $1 OR b = $1::text";
    String merged = ParsedSql.of(sql).merged();

    assertThat(merged).contains("SELECT '$1', $a$ $2 $a$, \"$3\" /* $4 */ FROM t WHERE a$5 = (");
    assertThat(merged.toLowerCase(Locale.ROOT)).contains("end)::text\n)");
  }
}
