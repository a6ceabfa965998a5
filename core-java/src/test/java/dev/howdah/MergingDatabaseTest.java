package dev.howdah;

import static dev.howdah.testing.Burst.LOOK_UP;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.ManagerOptions;
import dev.howdah.error.DataError.DivisionByZero;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Burst;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that wait together travel as one statement, and nobody can tell by their answers. */
@PostgresTest
class MergingDatabaseTest {
  @BeforeEach
  void fill(TestDatabase server) {
    Burst.createItems(server);
    server.sql("CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1'");
  }

  @Test
  void callsThatWaitTogetherTravelTogether(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      List<Optional<Row>> rows = burst.answers(300, i -> burst.database().fetchRow(LOOK_UP, i * 5));
      for (int i = 0; i < rows.size(); i++) {
        int id = i * 5;
        Optional<Object> expected =
            id >= 1 && id <= 1000 ? Optional.of("name " + id) : Optional.empty();
        assertThat(rows.get(i).map(row -> row.get("name"))).isEqualTo(expected);
      }
    }
  }

  @Test
  void everyVerbThatReadsIsMergedAndKeepsItsOwnWayOfReading(TestDatabase server) {
    String sql = "SELECT id FROM item WHERE id % 100 = $1 ORDER BY id DESC";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(
          sql,
          40,
          i ->
              switch (i % 4) {
                case 0 -> burst.database().fetch(Integer.class, sql, 7).thenApply(List::toString);
                case 1 -> burst.database().fetchRow(sql, 7).thenApply(Object::toString);
                case 2 ->
                    burst.database().fetchValue(Integer.class, sql, 7).thenApply(Object::toString);
                default -> burst.database().execute(sql, 7).thenApply(Object::toString);
              });
      assertThat(await(burst.database().execute(sql, 7))).isEqualTo(10);
      List<Object> answers =
          burst.answers(
              40,
              i ->
                  switch (i % 4) {
                    case 0 -> burst.database().fetch(Integer.class, sql, 7).thenApply(x -> x);
                    case 1 -> burst.database().fetchRow(sql, 7).thenApply(row -> row.get().get(0));
                    case 2 ->
                        burst.database().fetchValue(Integer.class, sql, 7).thenApply(x -> x.get());
                    default -> burst.database().execute(sql, 7).thenApply(x -> x);
                  });
      for (int i = 0; i < answers.size(); i += 4) {
        assertThat(answers.get(i))
            .isEqualTo(List.of(907, 807, 707, 607, 507, 407, 307, 207, 107, 7));
        assertThat(answers.subList(i + 1, i + 4)).containsExactly(907, 907, 10L);
      }
    }
  }

  /** Their answers come at once and are handed over together; each may wait for all the others. */
  @Test
  void stagesThatWaitForOneAnotherHoldUpNobody(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      int calls = 100;
      CompletableFuture<Void> all = new CompletableFuture<>();
      AtomicInteger come = new AtomicInteger();
      List<Integer> ids =
          burst.answers(
              calls,
              i ->
                  burst
                      .database()
                      .fetchRow(LOOK_UP, i + 1)
                      .thenApply(
                          row -> {
                            if (come.incrementAndGet() == calls) {
                              all.complete(null);
                            }
                            all.join();
                            return i;
                          }));
      assertThat(ids).isEqualTo(IntStream.range(0, calls).boxed().toList());
    }
  }

  @Test
  void whileAConnectionIsFreeACallGoesAlone(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      for (int i = 0; i < 200; i++) {
        await(burst.database().fetchRow(LOOK_UP, i));
      }
      assertThat(burst.members(LOOK_UP)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM item WHERE id = $1 FOR UPDATE",
        "SELECT * FROM item WHERE id = $1 FOR NO KEY UPDATE",
        "SELECT * FROM item WHERE id = $1 FOR SHARE",
        "SELECT * FROM item WHERE id = $1 FOR KEY SHARE SKIP LOCKED",
        "UPDATE item SET name = 'x' WHERE id = $1 RETURNING id",
        "INSERT INTO item VALUES ($1 + 1000 * (SELECT count(*) FROM item)::int) RETURNING id",
        "WITH gone AS (DELETE FROM item WHERE id = $1 RETURNING id) SELECT * FROM gone",
        "SELECT id, random() FROM item WHERE id = $1",
        "SELECT $1::int, clock_timestamp()",
        "SELECT $1::int, gen_random_uuid()",
        "SELECT $1::int, pg_backend_pid()",
        "SELECT twice($1)",
        "SELECT $1::int, set_config('app.x', 'y', false)",
        "SELECT $1::int, pg_advisory_lock(1), pg_advisory_unlock(1)",
        "SELECT * FROM item TABLESAMPLE system(50) WHERE id = $1",
        "SELECT $1, count(*) FROM item GROUP BY ROLLUP ($1)",
        "SELECT $1, count(*) FROM item GROUP BY GROUPING SETS (($1), ())",
        "SELECT id % $1, count(*) FROM item GROUP BY CUBE (id % $1)",
      })
  void whatIsNotTheSameMergedGoesAlone(String sql, TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      for (int round = 0; round < 3; round++) {
        burst.answers(40, i -> burst.database().fetch(sql, i + 1));
      }
      assertThat(burst.members(sql)).isEqualTo(1);
    }
  }

  @Test
  void arraysGoAlone(TestDatabase server) {
    String sql = "SELECT count(*) FROM item WHERE id = ANY ($1)";
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      for (int round = 0; round < 3; round++) {
        assertThat(
                burst.answers(
                    40, i -> burst.database().fetchValue(Long.class, sql, List.of(1, 2, i + 10))))
            .containsOnly(Optional.of(3L));
      }
      assertThat(burst.members(sql)).isEqualTo(1);
    }
  }

  @Test
  void statementsOfATransactionGoAlone(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      String sql = LOOK_UP + " -- in a transaction";
      await(
          burst
              .database()
              .transaction(
                  tx ->
                      CompletableFuture.allOf(
                          IntStream.range(0, 100)
                              .mapToObj(i -> tx.fetchRow(sql, i))
                              .toArray(CompletableFuture[]::new))));
      assertThat(burst.members(sql)).isEqualTo(1);
    }
  }

  @Test
  void mergingIsSwitchedOffForAQueryOrADatabase(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      String sql = LOOK_UP + " -- alone";
      for (int round = 0; round < 3; round++) {
        burst.answers(40, i -> burst.database().run(Query.row(sql, i).merging(false)));
      }
      assertThat(burst.members(sql)).isEqualTo(1);
    }
    try (Burst burst = Burst.on(Pools.options(server, 1).withMerging(false))) {
      for (int round = 0; round < 3; round++) {
        burst.answers(40, i -> burst.database().fetchRow(LOOK_UP, i));
      }
      assertThat(burst.members(LOOK_UP)).isEqualTo(1);
    }
  }

  @Test
  void onlyTheCulpritSeesItsError(TestDatabase server) {
    String sql = "SELECT id / $1 AS part FROM item WHERE id = $2";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(sql, 40, i -> burst.database().fetchValue(Integer.class, sql, 1, i));
      for (int round = 0; round < 5; round++) {
        List<CompletableFuture<Optional<Integer>>> calls =
            burst.of(40, i -> burst.database().fetchValue(Integer.class, sql, i == 33 ? 0 : 1, i));
        for (int i = 0; i < calls.size(); i++) {
          CompletableFuture<Optional<Integer>> call = calls.get(i);
          if (i == 33) {
            assertThatThrownBy(call::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(DivisionByZero.class)
                .hasMessageContaining("division by zero");
          } else {
            assertThat(await(call)).isEqualTo(i == 0 ? Optional.empty() : Optional.of(i));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT $1",
        "SELECT $1::int",
        "SELECT CAST($1 AS bigint), $1",
        "SELECT ($1)::text AS \"$1\", '$1', $$ $1 $$",
        "SELECT CASE WHEN true THEN 1 ELSE $1 END",
        "SELECT id, id, name AS id FROM item WHERE id = $1",
        "SELECT $1 AS a, a.* FROM item a WHERE a.id > 998 ORDER BY 2",
        "SELECT row_to_json(t)::text FROM (SELECT $1, $1::text, upper($1)) t",
        "SELECT row_to_json(t)::text FROM (SELECT ($1) OFFSET 0) t",
        "SELECT row_to_json(t)::text FROM (SELECT (($1) COLLATE pg_catalog.\"C\")) t",
        "SELECT row_to_json(t)::text FROM (SELECT ($1 COLLATE \"C\")::varchar) t",
        "SELECT row_to_json(t)::text FROM (SELECT DISTINCT ON (1) $1 HAVING true) t",
        "SELECT row_to_json(t)::text FROM (SELECT lower($1), coalesce(($1)), ARRAY[$1]) t",
        "VALUES ($1), ('2')",
        "SELECT name /* $2 */ FROM item WHERE id = $1 -- $3",
        "SELECT name FROM item WHERE id = $1::int;",
        "WITH \"howdah member\" AS (SELECT $1::int AS n) SELECT * FROM \"howdah member\"",
        "SELECT item FROM item WHERE id = $1::int",
        "SELECT generate_series(1, $1::int % 3), 'x'",
      })
  void namesTypesAndValuesAreThoseOfACallAlone(String sql, TestDatabase server) {
    try (Burst burst = Burst.on(server);
        Database alone = Pools.of(server, 1)) {
      // The text announces no type: all members have the one that the server finds.
      burst.untilMerged(sql, 40, i -> burst.database().fetch(sql, "7"));
      for (String value : List.of("1", "7", "999")) {
        List<Row> expected = await(alone.fetch(sql, value));
        for (List<Row> rows : burst.answers(40, i -> burst.database().fetch(sql, value))) {
          assertThat(rows).isEqualTo(expected);
          for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).columns().names()).isEqualTo(expected.get(i).columns().names());
            assertThat(rows.get(i).columns().typeOid(0))
                .isEqualTo(expected.get(i).columns().typeOid(0));
          }
        }
      }
    }
  }

  @Test
  void parametersWithTwoDigitsAreToldFromThoseWithOne(TestDatabase server) {
    String sql = "SELECT $1 || $2 || $3 || $4 || $5 || $6 || $7 || $8 || $9 || $10 || $11 || $1";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(
          sql,
          40,
          i ->
              burst
                  .database()
                  .fetchValue(
                      String.class, sql, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
      assertThat(
              burst.answers(
                  40,
                  i ->
                      burst
                          .database()
                          .fetchValue(
                              String.class,
                              sql,
                              "" + i,
                              "b",
                              "c",
                              "d",
                              "e",
                              "f",
                              "g",
                              "h",
                              "i",
                              "j",
                              "k")))
          .isEqualTo(
              IntStream.range(0, 40).mapToObj(i -> Optional.of(i + "bcdefghijk" + i)).toList());
    }
  }

  @Test
  void nullsAreNulls(TestDatabase server) {
    String sql = "SELECT $1::int IS NULL, $2::text";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(
          sql, 40, i -> burst.database().fetch(sql, null, i % 2 == 0 ? null : "NULL"));
      List<List<Row>> answers =
          burst.answers(40, i -> burst.database().fetch(sql, null, i % 2 == 0 ? null : "NULL"));
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get(0).get(0)).isEqualTo(true);
        assertThat(answers.get(i).get(0).get(1)).isEqualTo(i % 2 == 0 ? null : "NULL");
      }
    }
  }

  @Test
  void callsWithoutParametersShareOneAnswer(TestDatabase server) {
    String sql = "SELECT count(*) FROM item;";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(sql, 40, i -> burst.database().fetchValue(Long.class, sql));
      assertThat(burst.answers(40, i -> burst.database().fetchValue(Long.class, sql)))
          .containsOnly(Optional.of(1000L));
      assertThat(burst.members(sql)).isEqualTo(40);
    }
  }

  @Test
  void theManagersSelectsAreMergedToo(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      DatabaseManager manager = DatabaseManager.of(burst.database(), ManagerOptions.of("x"));
      await(manager.selectOne("item", Map.of("id", 1))); // reads the table's columns
      burst.until(
          "they are merged",
          () -> burst.mostMembers() > 1,
          64,
          i -> manager.selectOne("item", Map.of("id", i + 1)));
      assertThat(burst.answers(64, i -> manager.selectOne("item", Map.of("id", i + 1))))
          .extracting(row -> row.orElseThrow().get("name"))
          .isEqualTo(IntStream.range(1, 65).mapToObj(i -> "name " + i).toList());
    }
  }

  @Test
  void aReportThatIsWorkKeepsAConnectionToItself(TestDatabase server) {
    String report = "SELECT count(*) FROM generate_series(1, $1) a WHERE a % 7 <> 1";
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      burst.answers(12, i -> burst.database().fetchValue(Long.class, report, 1_000_000 + i));
      assertThat(burst.members(report)).isEqualTo(1);
    }
  }

  @Test
  void withASetupHookEveryCallIsPreparedForItself(TestDatabase server) {
    AtomicInteger setups = new AtomicInteger();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                connection -> {
                  setups.incrementAndGet();
                  return CompletableFuture.completedStage(null);
                });
    try (Database db = await(Database.connect(Pools.options(server, 1), hooks))) {
      int before = setups.get();
      List<CompletableFuture<Optional<Row>>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(db.fetchRow(LOOK_UP, i));
      }
      calls.forEach(call -> await(call));
      assertThat(setups.get() - before).isEqualTo(50);
    }
  }
}
