package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a database handle promises beyond its verbs: connect, gather, close. */
public interface DatabaseContract extends DatabaseUnderTest {
  @Test
  default void gatherKeepsTheOrder(TestDatabase server) {
    onDatabase(
        poolOf(server, 4),
        db -> {
          List<Query<Optional<Integer>>> queries =
              IntStream.range(0, 500)
                  .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int * 2", i))
                  .toList();
          assertThat(db.gather(queries))
              .isEqualTo(IntStream.range(0, 500).mapToObj(i -> Optional.of(i * 2)).toList());
          assertThat(db.gather(List.<Query<Long>>of())).isEmpty();
        });
  }

  @Test
  default void gatherOfManyDoesNotFailOnTheAcquireQueue(TestDatabase server) {
    onDatabase(
        poolOf(server, 4),
        db -> {
          List<Query<Optional<Integer>>> queries =
              IntStream.range(0, 20_000)
                  .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int", i))
                  .toList();
          List<Optional<Integer>> answers = db.gather(queries);
          assertThat(answers).hasSize(20_000);
          assertThat(answers.get(19_999)).contains(19_999);
        });
  }

  @Test
  default void gatherFailsWithTheFirstFailureAndStopsTheRest(TestDatabase server) {
    onDatabase(
        poolOf(server, 3),
        db ->
            assertThatThrownBy(
                    () ->
                        db.gather(
                            List.of(
                                Query.execute("SELECT pg_sleep(600)"),
                                Query.execute("SELECT 1 / $1", 0),
                                Query.execute("SELECT pg_sleep(600)"))))
                .hasMessageContaining("division by zero"));
    // The leak check that follows every test sees that no pg_sleep runs any more.
  }

  @Test
  default void gatherOutcomesCollectsFailures(TestDatabase server) {
    onDatabase(
        poolOf(server, 3),
        db -> {
          List<Outcome<Optional<Integer>>> outcomes =
              db.gatherOutcomes(
                  IntStream.range(0, 30)
                      .mapToObj(i -> Query.value(Integer.class, "SELECT 100 / $1::int", i % 3))
                      .toList());
          for (int i = 0; i < 30; i++) {
            assertThat(outcomes.get(i).succeeded()).isEqualTo(i % 3 != 0);
          }
          assertThat(outcomes.get(1).value()).contains(100);
          assertThat(outcomes.get(0).failure().orElseThrow())
              .hasMessageContaining("division by zero");
        });
  }

  @Test
  default void gatherOutcomesNamesEachCulpritAmongMany(TestDatabase server) {
    onDatabase(
        poolOf(server, 2),
        db -> {
          for (int round = 0; round < 3; round++) {
            List<Outcome<Optional<Integer>>> outcomes =
                db.gatherOutcomes(
                    IntStream.range(0, 2_000)
                        .mapToObj(i -> Query.value(Integer.class, "SELECT 7 / $1::int", i % 400))
                        .toList());
            for (int i = 0; i < outcomes.size(); i++) {
              assertThat(outcomes.get(i).succeeded()).as("query %d", i).isEqualTo(i % 400 != 0);
            }
            assertThat(outcomes.get(1_203).value()).contains(7 / 3);
          }
        });
  }

  @Test
  default void gatherMixesReadsOfManyShapesWithWrites(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
    onDatabase(
        poolOf(server, 3),
        db -> {
          List<Query<Optional<String>>> queries = new ArrayList<>();
          for (int i = 0; i < 600; i++) {
            queries.add(
                switch (i % 4) {
                  case 0 -> Query.value(String.class, "SELECT 'a' || $1::text", "" + i);
                  case 1 -> Query.value(String.class, "SELECT $1::text || 'b'", "" + i);
                  case 2 ->
                      Query.value(
                          String.class, "INSERT INTO t VALUES ($1, 'c') RETURNING name || id", i);
                  default -> Query.value(String.class, "SELECT 'd'");
                });
          }
          List<Optional<String>> answers = db.gather(queries);
          for (int i = 0; i < 600; i++) {
            assertThat(answers.get(i))
                .contains(
                    switch (i % 4) {
                      case 0 -> "a" + i;
                      case 1 -> i + "b";
                      case 2 -> "c" + i;
                      default -> "d";
                    });
          }
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(150L);
        });
  }

  @Test
  default void gatherSnapshotSeesOneMomentOnSeveralConnections(TestDatabase server) {
    server.sql("CREATE TABLE t AS SELECT 0 AS id");
    onDatabase(
        poolOf(server, 4),
        db -> {
          AtomicBoolean stop = new AtomicBoolean();
          CompletableFuture<Void> writer =
              CompletableFuture.runAsync(
                  () -> {
                    while (!stop.get()) {
                      server.sql("UPDATE t SET id = id + 1");
                    }
                  },
                  work -> new Thread(work).start());
          try {
            String sql =
                "SELECT id, pg_backend_pid() AS pid FROM t WHERE pg_sleep(0.01) IS NOT NULL";
            Set<@Nullable Object> connections = new HashSet<>();
            for (int round = 0; round < 5; round++) {
              List<Row> rows =
                  db.gatherSnapshot(IntStream.range(0, 20).mapToObj(i -> Query.one(sql)).toList());
              assertThat(rows.stream().map(row -> row.get("id")).distinct()).hasSize(1);
              rows.forEach(row -> connections.add(row.get("pid")));
            }
            assertThat(connections).hasSizeGreaterThan(1);
          } finally {
            stop.set(true);
            writer.join();
          }
        });
  }

  @Test
  default void gatherSnapshotReadsOnlyAndEndsWithTheFirstFailure(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    onDatabase(
        poolOf(server, 3),
        db -> {
          assertThat(db.gatherSnapshot(List.<Query<Row>>of())).isEmpty();
          assertThatThrownBy(
                  () ->
                      db.gatherSnapshot(
                          List.of(
                              Query.execute("SELECT pg_sleep(600)"),
                              Query.execute("INSERT INTO t VALUES (1)"))))
              .hasMessageContaining("read-only transaction");
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
    onDatabase(
        poolOf(server, 1),
        db ->
            assertThat(
                    db.gatherSnapshot(
                        IntStream.range(0, 10)
                            .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int", i))
                            .toList()))
                .hasSize(10));
  }

  @Test
  default void afterCloseEveryVerbSaysSo(TestDatabase server) {
    BlockingDatabase db = connect(DatabaseOptions.of(server.url()));
    db.close();
    db.close();
    assertThatThrownBy(() -> db.fetch("SELECT 1"))
        .isInstanceOf(DatabaseClosed.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> db.transaction(tx -> tx.execute("SELECT 1")))
        .isInstanceOf(DatabaseClosed.class);
    assertThatThrownBy(() -> db.gather(List.of(Query.execute("SELECT 1"))))
        .isInstanceOf(DatabaseClosed.class);
    assertThatThrownBy(db::begin).isInstanceOf(DatabaseClosed.class);
    assertThatThrownBy(db::acquire).isInstanceOf(DatabaseClosed.class);
    assertThatThrownBy(() -> db.stream(Query.rows("SELECT 1"), row -> {}))
        .isInstanceOf(DatabaseClosed.class);
  }

  @Test
  default void wrongDatabaseFailsInConnect(TestDatabase server) {
    assertThatThrownBy(
            () -> connect(DatabaseOptions.of(server.url()).withDatabase("no_such_database")))
        .hasMessageContaining("no_such_database")
        .hasToString(
            "UndefinedDatabase: database \"no_such_database\" does not exist\n"
                + "  SQLSTATE 3D000, connection "
                + server.address()
                + "/no_such_database as "
                + server.user());
  }

  @Test
  default void poolerModeNeedsNoNamedStatements(TestDatabase server) {
    onDatabase(
        poolOf(server, 1).withPoolerMode(true),
        db -> {
          assertThat(db.fetchValue(Integer.class, "SELECT $1::int", 1)).contains(1);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM pg_prepared_statements"))
              .contains(0L);
        });
  }
}
