package dev.howdah;

import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.where;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.ManagerOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Lock;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The verbs on tables, stopped while they wait for a table that somebody else has locked: nothing
 * runs on, nothing has happened.
 */
@PostgresTest
class CancelManagerDatabaseTest {
  private record Call(String verb, Function<DatabaseManager, CompletableFuture<?>> on) {}

  private static Stream<Call> calls() {
    Map<String, Object> record = Map.of("id", 1, "age", 99);
    List<Map<String, Object>> records = List.of(record, Map.of("id", 9, "age", 9));
    return Stream.of(
        new Call("select", m -> m.select("users")),
        new Call("select one", m -> m.selectOne("users", where("id", 1))),
        new Call("count", m -> m.count("users")),
        new Call("exists", m -> m.exists("users", where("id", 1))),
        new Call("insert", m -> m.insert("users", records)),
        new Call("insert ignoring", m -> m.insert("users", records, onConflict("id").ignore())),
        new Call("insert returning", m -> m.insertReturning("users", record)),
        new Call("upsert", m -> m.upsert("users", records)),
        new Call("upsert returning", m -> m.upsertReturning("users", records, onConflict("id"))),
        new Call("update", m -> m.update("users", where("id", 1), Map.of("age", 99))),
        new Call(
            "update returning", m -> m.updateReturning("users", where("id", 1), set("age", 99))),
        new Call("update all", m -> m.updateAll("users", Map.of("age", 99))),
        new Call("delete", m -> m.delete("users", where("id", 1))),
        new Call("delete returning", m -> m.deleteReturning("users", where("id", 1))),
        new Call("delete all", m -> m.deleteAll("users", "pw")),
        new Call("truncate", m -> m.truncate("users", "pw")),
        new Call("drop table", m -> m.dropTable("users", "pw")),
        new Call("transaction", m -> m.transaction(in -> in.delete("users", where("id", 1)))));
  }

  private static void users(TestDatabase server) {
    server.sql(
        "CREATE TABLE users (id int PRIMARY KEY, age int);"
            + "INSERT INTO users VALUES (1, 10), (2, 20)");
  }

  private static void requireUntouched(TestDatabase server) {
    assertThat(server.query("SELECT id, age FROM users ORDER BY id"))
        .containsExactly(List.of(1, 10), List.of(2, 20));
  }

  @TestFactory
  Stream<DynamicTest> everyVerbStopsHoweverItsFutureIsEnded(TestDatabase server) {
    users(server);
    Backends backends = Backends.of(server);
    return calls()
        .flatMap(
            call ->
                Stream.of(Interruption.values())
                    .map(
                        way ->
                            backends.test(
                                call.verb() + ", " + way,
                                () -> {
                                  try (Database db = Pools.of(server, 1)) {
                                    DatabaseManager manager =
                                        DatabaseManager.of(db, ManagerOptions.of("pw"));
                                    await(manager.describe("users"));
                                    try (Lock lock = Lock.onTable(server, "users")) {
                                      CompletableFuture<?> running = call.on().apply(manager);
                                      backends.requireRunning(1, "users");
                                      way.end(running);
                                      way.requireSeen(running);
                                      Pools.requireAllBack(db);
                                      assertThat(lock).isNotNull();
                                    }
                                    backends.requireNothingLeft();
                                    assertThat(db.status().size()).isEqualTo(1);
                                    requireUntouched(server);
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> everyVerbKeepsToTheDefaultTimeLimit(TestDatabase server) {
    users(server);
    Backends backends = Backends.of(server);
    return calls()
        .map(
            call ->
                backends.test(
                    call.verb(),
                    () -> {
                      Duration limit = Duration.ofMillis(400);
                      try (Database db =
                          await(
                              Database.connect(
                                  Pools.options(server, 1)
                                      .withTimeouts(TimeoutOptions.defaults().withQuery(limit))))) {
                        DatabaseManager manager = DatabaseManager.of(db, ManagerOptions.of("pw"));
                        // The limit is for what waits; on a busy machine it may hit this too.
                        Eventually.require(
                            "the table is known",
                            () ->
                                !manager
                                    .describe("users")
                                    .handle((t, late) -> late != null)
                                    .join());
                        try (Lock lock = Lock.onTable(server, "users")) {
                          assertThat(Verb.failureOf(call.on().apply(manager)))
                              .isInstanceOf(QueryTimeout.class)
                              .hasMessageContaining("400 ms");
                          Pools.requireAllBack(db);
                          assertThat(lock).isNotNull();
                        }
                        backends.requireNothingLeft();
                        requireUntouched(server);
                      }
                    }));
  }
}
