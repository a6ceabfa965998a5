package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.row.Row;
import dev.howdah.testing.Burst;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of a text do not show: the order of a plan, and functions it calls unseen. */
@PostgresTest
class MergedOutcomesDatabaseTest {
  @BeforeEach
  void fill(TestDatabase server) {
    Burst.createItems(server);
    server.sql(
        """
        CREATE SEQUENCE s;
        CREATE FUNCTION drawn(int, int) RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''s'')';
        CREATE FUNCTION drawn(item) RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''s'')';
        CREATE FUNCTION lower(int) RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''s'')';
        CREATE VIEW drawing AS SELECT id, nextval('s') AS n FROM item;
        CREATE VIEW "Over" AS SELECT * FROM drawing WHERE id < 100;
        CREATE VIEW locking AS SELECT id FROM item FOR UPDATE;
        CREATE VIEW sample AS SELECT id FROM item TABLESAMPLE bernoulli (50);
        CREATE VIEW fine AS SELECT id, upper(name) AS name, now() AS at FROM item;
        CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = drawn);
        CREATE TYPE pair AS (a int, b int);
        CREATE FUNCTION paired(int) RETURNS pair LANGUAGE sql
          AS 'SELECT ROW($1, nextval(''s''))::pair';
        CREATE CAST (int AS pair) WITH FUNCTION paired(int);
        CREATE FUNCTION counted(text) RETURNS boolean LANGUAGE sql AS 'SELECT nextval(''s'') > 0';
        CREATE DOMAIN word AS text CHECK (counted(value));
        CREATE DOMAIN short AS text CHECK (length(value) < 9);
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c'), (1, 'd')) t(k, v) WHERE k = $1",
        "SELECT name FROM (SELECT * FROM item WHERE id < 9 ORDER BY id DESC) t WHERE id % 3 = $1",
        "SELECT id FROM item WHERE id < 99 AND 10 / (id - 50) IS NOT NULL AND id % 7 + 0 = $1",
      })
  void rowsThatNothingSortsAndErrorsOfRowsThatDoNotCountComeAsAlone(
      String sql, TestDatabase server) {
    try (Burst burst = Burst.on(server);
        Database alone = Pools.of(server, 1)) {
      burst.warmUp();
      for (int round = 0; round < 3; round++) {
        List<CompletableFuture<String>> calls =
            burst.of(
                40,
                i -> burst.database().fetch(sql, i % 3).handle(MergedOutcomesDatabaseTest::seen));
        for (int i = 0; i < calls.size(); i++) {
          assertThat(await(calls.get(i)))
              .isEqualTo(await(alone.fetch(sql, i % 3).handle(MergedOutcomesDatabaseTest::seen)));
        }
      }
    }
  }

  private static String seen(List<Row> rows, Throwable failure) {
    return failure == null ? rows.toString() : failure.getClass().getName();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n FROM drawing WHERE id = $1",
        "SELECT n FROM \"Over\" WHERE id = $1",
        "SELECT id FROM locking WHERE id = $1",
        "SELECT id FROM sample WHERE id = $1",
        "SELECT id === $1 FROM item WHERE id = 1",
        "SELECT ($1::pair).b",
        "SELECT item.drawn FROM item WHERE id = $1",
        "SELECT lower(id) FROM item WHERE id = $1",
        "SELECT ($1::int)::text::word",
        "SELECT count(*) FROM pg_locks WHERE pid = $1",
      })
  void whatCallsAVolatileFunctionUnseenGoesAlone(String sql, TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      for (int round = 0; round < 3; round++) {
        burst.answers(40, i -> burst.database().fetch(sql, i + 1));
      }
      assertThat(burst.members(sql)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name, at FROM fine WHERE id = $1",
        "SELECT ($1::int)::text::short",
        "SELECT relname FROM pg_class WHERE oid = $1",
      })
  void viewsAndDomainsWithoutOneAreMerged(String sql, TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(sql, 40, i -> burst.database().fetch(sql, i + 1));
    }
  }

  @Test
  void aDrawnAnswerIsSharedByNobody(TestDatabase server) {
    String sql = "SELECT n FROM drawing LIMIT 1;";
    try (Burst burst = Burst.on(server)) {
      for (int round = 0; round < 3; round++) {
        assertThat(burst.answers(40, i -> burst.database().fetchOne(Long.class, sql)))
            .doesNotHaveDuplicates();
      }
      assertThat(server.query("SELECT last_value FROM s")).isEqualTo(List.of(List.of(120L)));
    }
  }

  @Test
  void aPolicyThatCallsOneKeepsItsTableFromBeingMerged(TestDatabase server) {
    server.sql(
        "ALTER TABLE item ENABLE ROW LEVEL SECURITY;"
            + " CREATE POLICY p ON item USING (counted(name))");
    try (Burst burst = Burst.on(server)) {
      for (int round = 0; round < 3; round++) {
        burst.answers(40, i -> burst.database().fetchRow(Burst.LOOK_UP, i + 1));
      }
      assertThat(burst.members(Burst.LOOK_UP)).isEqualTo(1);
    }
  }
}
