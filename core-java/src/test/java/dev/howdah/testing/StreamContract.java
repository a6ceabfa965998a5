package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stream of every handle promises: all rows, in order, no more than are wanted. */
public interface StreamContract extends HandleUnderTest {
  private static Query<List<Integer>> numbers(int count) {
    return Query.rows(Integer.class, "SELECT i FROM generate_series(1, $1::int) i", count)
        .fetchSize(10);
  }

  private static <T> List<T> all(BlockingQueries db, Query<List<T>> query) {
    List<T> rows = new ArrayList<>();
    db.stream(query, rows::add);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 20, 1_234})
  default void everyRowComesOnceAndInOrder(int count, TestDatabase server) {
    with(
        server,
        db -> {
          List<Integer> expected = IntStream.rangeClosed(1, count).boxed().toList();
          assertThat(all(db, numbers(count))).isEqualTo(expected);
          assertThat(all(db, numbers(count).fetchSize(1_000_000))).isEqualTo(expected);
          assertThat(db.fetch("SELECT * FROM pg_cursors")).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 25})
  default void itStopsWhereItsReaderStops(int wanted, TestDatabase server) {
    with(
        server,
        db -> {
          assertThat(db.stream(wanted, numbers(1_000_000)))
              .isEqualTo(IntStream.rangeClosed(1, wanted).boxed().toList());
          assertThat(db.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          assertThat(db.fetch("SELECT * FROM pg_cursors")).isEmpty();
        });
  }

  @Test
  default void rowsComeBeforeTheServerHasFinished(TestDatabase server) {
    with(
        server,
        db -> {
          Query<List<Integer>> slowInTheEnd =
              Query.rows(
                      Integer.class,
                      "SELECT i FROM generate_series(1, 100) i"
                          + " WHERE i < 50 OR pg_sleep(600) IS NOT NULL")
                  .fetchSize(5);
          assertThat(db.stream(5, slowInTheEnd)).containsExactly(1, 2, 3, 4, 5);
        });
  }

  @Test
  default void aReaderThatFailsStopsItAndLeavesTheHandleUsable(TestDatabase server) {
    with(
        server,
        db -> {
          IllegalStateException mine = new IllegalStateException("mine");
          List<Integer> seen = new ArrayList<>();
          assertThatThrownBy(
                  () ->
                      db.stream(
                          numbers(100_000),
                          row -> {
                            seen.add(row);
                            if (row == 5) {
                              throw mine;
                            }
                          }))
              .isSameAs(mine);
          assertThat(seen).containsExactly(1, 2, 3, 4, 5);
          assertThat(db.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          assertThat(db.fetch("SELECT * FROM pg_cursors")).isEmpty();
        });
  }

  @Test
  default void aFailureInTheMiddleArrivesBehindTheRowsBeforeIt(TestDatabase server) {
    with(
        server,
        db -> {
          List<Integer> seen = new ArrayList<>();
          Query<List<Integer>> query =
              Query.rows(Integer.class, "SELECT 10 / (5 - i) FROM generate_series(1, 10) i")
                  .fetchSize(2);
          assertThatThrownBy(() -> db.stream(query, seen::add))
              .isInstanceOf(DataError.DivisionByZero.class);
          assertThat(seen).containsExactly(2, 3, 5, 10);
        });
  }

  @Test
  default void aWrongStatementIsShownAsTheUserWroteIt(TestDatabase server) {
    with(
        server,
        db ->
            assertThatThrownBy(() -> all(db, Query.rows("SELECT nope FROM nowhere")))
                .isInstanceOfSatisfying(
                    SyntaxOrAccess.UndefinedTable.class,
                    error -> {
                      assertThat(error.sql()).isEqualTo("SELECT nope FROM nowhere");
                      assertThat(error.report().position()).isEqualTo(18);
                    }));
  }

  @Test
  default void wrongArgumentsAreRefused(TestDatabase server) {
    with(
        server,
        db -> {
          assertThatThrownBy(() -> all(db, Query.rows("SELECT $1::int", new Object())))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("$1");
          assertThatThrownBy(() -> numbers(1).fetchSize(0)).isInstanceOf(WrongArguments.class);
        });
  }

  @Test
  default void parametersBindAsInAnyStatement(TestDatabase server) {
    with(
        server,
        db -> {
          Query<List<Row>> query =
              Query.rows(
                  "SELECT :text::text AS a, i, :nothing::int AS n FROM unnest(:many::int[]) i"
                      + " WHERE i <> :skipped ORDER BY i;",
                  mapOf("text", "it's", "many", List.of(3, 1, 2), "skipped", 2));
          assertThat(all(db, query))
              .extracting(Row::toString)
              .containsExactly("{a=it's, i=1, n=null}", "{a=it's, i=3, n=null}");
        });
  }

  private static Map<String, Object> mapOf(Object... pairs) {
    Map<String, Object> map = new java.util.HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    map.put("nothing", null);
    return map;
  }

  /** With and without a cursor of PostgreSQL's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT i FROM generate_series(1, 25) i",
        "(SELECT i FROM generate_series(1, 25) i)",
        "WITH n AS (SELECT i FROM generate_series(1, 25) i) SELECT i FROM n",
        "/* a comment */ TABLE numbers",
        "VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10),(11),(12),(13),(14),(15),(16),(17),"
            + "(18),(19),(20),(21),(22),(23),(24),(25)",
        "SELECT n FROM numbers FOR UPDATE",
        "INSERT INTO numbers SELECT generate_series(1, 25) RETURNING n",
        "UPDATE numbers SET n = n RETURNING n",
        "WITH gone AS (DELETE FROM numbers RETURNING n) SELECT n FROM gone"
      })
  default void everyStatementWithRowsCanBeStreamed(String sql, TestDatabase server) {
    server.sql("CREATE TABLE numbers AS SELECT n FROM generate_series(1, 25) n");
    with(
        server,
        db ->
            assertThat(all(db, Query.rows(Integer.class, sql).fetchSize(10)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList()));
  }

  @Test
  default void whatHasNoTableBehindItIsStreamedToo(TestDatabase server) {
    with(
        server,
        db -> {
          assertThat(all(db, Query.rows("SHOW server_version"))).hasSize(1);
          assertThat(all(db, Query.rows("EXPLAIN SELECT 1"))).hasSize(1);
          assertThat(all(db, Query.rows("CREATE TABLE made (id int)"))).isEmpty();
        });
  }

  @Test
  default void aTimeoutIsThatOfAPage(TestDatabase server) {
    with(
        server,
        db -> {
          List<Integer> seen = new ArrayList<>();
          Query<List<Integer>> query =
              Query.rows(
                      Integer.class,
                      "SELECT i FROM generate_series(1, 100) i"
                          + " WHERE i < 8 OR pg_sleep(600) IS NOT NULL")
                  .fetchSize(5)
                  .timeout(Duration.ofMillis(1_500));
          assertThatThrownBy(() -> db.stream(query, seen::add))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("stream")
              .hasMessageContaining("1500 ms");
          assertThat(seen).containsExactly(1, 2, 3, 4, 5);
        });
  }
}
