package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which brackets are calls of a function the user may have written. */
class FunctionCallsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT my_f()",
        "SELECT my_f /* x */ (1)",
        "SELECT * FROM my_f($1) AS u(a, b)",
        "SELECT * FROM t JOIN u ON my_f(t.a, u.b)",
        "SELECT * FROM t, my_f(t.a) AS (a int, b text)",
        "SELECT DISTINCT ON (a) my_f(b) FROM t",
        "SELECT s.count(*) FROM t",
        "SELECT \"s\".now()",
        "SELECT \"Now\"()",
        "SELECT \"select\"(1)",
        "SELECT \"s\"\"x\"()",
        "SELECT (SELECT my_f())",
        "SELECT a, my_f(b) OVER (ORDER BY c) FROM t",
        "SELECT 1 ORDER BY my_f()",
        "WITH x AS (SELECT 1) SELECT 1, my_f(2) FROM x",
        "WITH x AS (SELECT 1, my_f(2)) SELECT 1 FROM x",
        "WITH x AS (SELECT 1) (SELECT 1) ORDER BY 1, my_f(2)",
        "SELECT * FROM unnest($1) WITH ORDINALITY, my_f(1)",
        "SELECT a OPERATOR(s.+) b FROM t",
        "INSERT INTO t (a) VALUES (my_f(1))",
        "INSERT INTO t (a) SELECT my_f(1)",
        "UPDATE t SET a = my_f(a)",
        "DELETE FROM t USING my_f(1) WHERE true",
        "CREATE TABLE t AS SELECT my_f()",
        "EXPLAIN ANALYZE SELECT my_f()",
        "COPY (SELECT my_f()) TO '/tmp/x'",
        "SELECT query_to_xml('x', true, true, '')",
        "SELECT pg_catalog.set_config('a.b', 'c', false)",
        "SELECT 1; SELECT my_f()"
      })
  void callOfAFunctionThatIsNotKnownLeavesState(String text) {
    assertThat(ParsedSql.of(text).leavesState()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t (a, b) VALUES ($1, $2)",
        "INSERT INTO s.t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET (a, b) = (1, 2)",
        "INSERT INTO \"My Table\"(\"a\") VALUES (1) RETURNING (a)",
        "INSERT INTO t AS x (a) VALUES (DEFAULT) ON CONFLICT ON CONSTRAINT c DO NOTHING",
        "MERGE INTO t USING s ON (t.a = s.a) WHEN NOT MATCHED THEN INSERT (a) VALUES (1)",
        "UPDATE t SET a = coalesce($1, a) FROM (VALUES (1)) u(a) WHERE t.a IN (1, 2)",
        "UPDATE t SET (a, b) = (SELECT 1, 2) WHERE EXISTS (SELECT 1) AND NOT (a = ANY ($1))",
        "WITH x (a) AS (SELECT 1), y(b) AS (SELECT 2) SELECT * FROM x, y",
        "WITH RECURSIVE x(a) AS (VALUES (1)), y(b) AS MATERIALIZED (SELECT 1) TABLE y",
        "WITH x AS NOT MATERIALIZED (WITH z(c) AS (SELECT 1) SELECT 1), y(b) AS (SELECT 2) TABLE y",
        "SELECT * FROM unnest($1::int[], $2::text[]) AS u(a, b)",
        "SELECT * FROM (SELECT 1) u(a) JOIN v USING (a) LEFT JOIN (SELECT 2) w ON (a = b)",
        "SELECT a::numeric(10,2), CAST(b AS varchar(20)), c::my_type(3) FROM t",
        "SELECT row_number() OVER (PARTITION BY (a) ORDER BY (b)), count(*) FILTER (WHERE a)",
        "SELECT DISTINCT ON (a) count(*) OVER (), sum(b) FILTER (WHERE c) OVER w FROM t",
        "SELECT a FROM t GROUP BY GROUPING SETS ((a), ()) HAVING (max(a) > 1) LIMIT (1)",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t",
        "SELECT pg_sleep(1), current_setting('a'), pg_backend_pid(), txid_current()",
        "SELECT nextval('s'), setval('s', 1), currval('s'), lastval()",
        "SELECT pg_try_advisory_xact_lock(1), pg_catalog.pg_anything(1), Now(), LENGTH('x')",
        "SELECT EXTRACT(year FROM now()), CASE WHEN (a) THEN (b) ELSE (c) END, ROW(1), ARRAY(TABLE"
            + " t)",
        "SELECT 'my_f(1)', $$my_f()$$ -- my_f()",
        "CREATE TABLE IF NOT EXISTS s.x (a varchar(20) REFERENCES t(id), b bit varying(3),"
            + " PRIMARY KEY (a), CHECK (a > ''), UNIQUE (b)) PARTITION BY RANGE (a)",
        "CREATE UNIQUE INDEX i ON t (lower(a)) INCLUDE (b) WITH (fillfactor = 70)",
        "CREATE INDEX ON t USING hnsw (a vector_l2_ops)",
        "CREATE VIEW v (a) AS SELECT my_f()",
        "CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION my_f()",
        "DROP FUNCTION my_f(int)",
        "ALTER FUNCTION my_f(int) OWNER TO x",
        "COMMENT ON FUNCTION my_f(int) IS 'x'",
        "COPY t (a, b) FROM '/tmp/x' WITH (FORMAT csv)",
        "EXPLAIN (ANALYZE, BUFFERS) SELECT 1"
      })
  void bracketsOfOtherKindsAreNoCalls(String text) {
    assertThat(ParsedSql.of(text).leavesState()).isFalse();
  }

  @Test
  void deepBracketsAreRead() {
    String text = "SELECT " + "(".repeat(300) + "my_f(1)" + ")".repeat(300);
    assertThat(ParsedSql.of(text).leavesState()).isTrue();
    assertThat(ParsedSql.of(text.replace("my_f", "abs")).leavesState()).isFalse();
  }
}
