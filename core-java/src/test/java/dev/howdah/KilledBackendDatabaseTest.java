package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.DatabaseException;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Failures;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Server processes that an administrator ends: idle, borrowed, at work, while they commit. */
@PostgresTest
class KilledBackendDatabaseTest {
  /** Its rows make COMMIT take for ever. */
  private static final String SLOW_COMMIT =
      "CREATE TABLE slow (id int);"
          + "CREATE FUNCTION sleepy() RETURNS trigger LANGUAGE plpgsql AS"
          + " $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;"
          + "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON slow DEFERRABLE INITIALLY"
          + " DEFERRED FOR EACH ROW EXECUTE FUNCTION sleepy()";

  private static void requireLost(Throwable failure) {
    assertThat(failure).isInstanceOf(DatabaseException.class);
    assertThat(Failures.isLostConnection(failure))
        .as("says that the connection broke: " + failure)
        .isTrue();
    assertThat(((DatabaseException) failure).nothingWasSent()).isFalse();
  }

  /** The slot is free, and what answers is another process. */
  private static void requireRecovered(Database db, List<Integer> killed) {
    Pools.requireAllBack(db);
    assertThat(pid(db)).isNotIn(killed);
    assertThat(await(db.gather(Collections.nCopies(20, Query.execute("SELECT 1"))))).hasSize(20);
    assertThat(db.status().size()).isLessThanOrEqualTo(db.status().maxSize());
  }

  @Test
  void idleOnesAreReplacedUnseenWhenEachIsAskedFirst(TestDatabase server) {
    Backends backends = Backends.of(server);
    DatabaseOptions careful =
        DatabaseOptions.of(server.url())
            .withPool(PoolOptions.defaults().withSize(3).withValidateAfterIdle(Duration.ZERO));
    try (Database db = await(Database.connect(careful))) {
      for (int round = 0; round < 10; round++) {
        await(db.gather(Collections.nCopies(20, Query.execute("SELECT 1"))));
        List<Integer> killed = backends.pids();
        backends.kill(killed);
        requireRecovered(db, killed);
      }
    }
  }

  @Test
  void idleOnesAreReplacedUnseenOnceTheirEndHasArrived(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 3)) {
      await(db.gather(Collections.nCopies(20, Query.execute("SELECT 1"))));
      List<Integer> killed = backends.pids();
      assertThat(killed).hasSize(3);
      backends.kill(killed);
      AtomicInteger failures = new AtomicInteger();
      // The news of the end may still be on its way: then a call meets it, at most one for each.
      Eventually.require(
          "three calls in a row are answered",
          () -> {
            try {
              for (int i = 0; i < 3; i++) {
                await(db.fetchValue(Integer.class, "SELECT 1"));
              }
              return true;
            } catch (DatabaseException failure) {
              requireLost(failure);
              failures.incrementAndGet();
              return false;
            }
          });
      assertThat(failures.get()).isLessThanOrEqualTo(3);
      requireRecovered(db, killed);
    }
  }

  @TestFactory
  Stream<DynamicTest> aBorrowedOneFailsItsNextCall(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Verb.ofEveryHandle().stream()
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        List<Integer> killed;
                        try (Connection held = await(db.acquire())) {
                          killed = backends.pids();
                          backends.kill(killed);
                          requireLost(Verb.failureOf(verb.on(held, "SELECT $1::text", "1")));
                          requireLost(Verb.failureOf(verb.on(held, "SELECT 2")));
                        }
                        requireRecovered(db, killed);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> oneAtWorkFailsItsCall(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        List<Integer> killed = backends.pids();
                        CompletableFuture<?> call = verb.on(db, "SELECT pg_sleep($1)", 600);
                        backends.requireRunning(1, "pg_sleep");
                        backends.kill(killed);
                        requireLost(Verb.failureOf(call));
                        requireRecovered(db, killed);
                      }
                    }));
  }

  @Test
  void theCallsThatQueueBehindItFailToo(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1)) {
      List<Integer> killed = backends.pids();
      try (Connection held = await(db.acquire())) {
        CompletableFuture<?> atWork = held.execute("SELECT pg_sleep(600)");
        List<CompletableFuture<Long>> behind =
            Stream.generate(() -> held.execute("SELECT $1::int", 1)).limit(20).toList();
        backends.requireRunning(1, "pg_sleep");
        backends.kill(killed);
        requireLost(Verb.failureOf(atWork));
        behind.forEach(call -> requireLost(Verb.failureOf(call)));
      }
      requireRecovered(db, killed);
    }
  }

  @Test
  void oneInATransactionTakesItAlong(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1)) {
      List<Integer> killed = backends.pids();
      Throwable failure =
          Verb.failureOf(
              db.transaction(
                  tx -> {
                    await(tx.execute("INSERT INTO t VALUES (1)"));
                    backends.kill(killed);
                    return tx.execute("INSERT INTO t VALUES (2)");
                  }));
      requireLost(failure);
      requireRecovered(db, killed);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
    }
  }

  @Test
  void theBlocksOwnFailureIsNotHiddenByThatOfTheRollback(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1)) {
      List<Integer> killed = backends.pids();
      IllegalStateException mine = new IllegalStateException("mine");
      assertThatThrownBy(
              () ->
                  await(
                      db.transaction(
                          tx -> {
                            await(tx.execute("SELECT 1")); // or there is nothing to roll back
                            backends.kill(killed);
                            throw mine;
                          })))
          .isSameAs(mine);
      requireRecovered(db, killed);
    }
  }

  @Test
  void aBlockThatEndsWellOnADeadConnectionIsNotCommitted(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1)) {
      List<Integer> killed = backends.pids();
      Throwable failure =
          Verb.failureOf(
              db.transaction(
                  tx -> {
                    await(tx.execute("INSERT INTO t VALUES (1)"));
                    backends.kill(killed);
                    return CompletableFuture.completedFuture("done");
                  }));
      // Whether COMMIT set out before the end was seen is chance; that it holds nobody may say.
      assertThat(failure)
          .matches(f -> f instanceof CommitOutcomeUnknown || Failures.isLostConnection(f));
      requireRecovered(db, killed);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
    }
  }

  /** The places in which a COMMIT can be under way. */
  private record Place(String name, Function<Database, CompletableFuture<?>> insert) {}

  private static Stream<Place> commits() {
    String insert = "INSERT INTO slow VALUES (1)";
    return Stream.of(
        new Place("of the database", db -> db.transaction(tx -> tx.execute(insert))),
        new Place(
            "of a connection",
            db -> db.connection(held -> held.transaction(tx -> tx.execute(insert)))),
        new Place(
            "after a savepoint",
            db -> db.transaction(tx -> tx.transaction(inner -> inner.execute(insert)))));
  }

  @TestFactory
  Stream<DynamicTest> oneThatCommitsLeavesTheOutcomeUnknown(TestDatabase server) {
    server.sql(SLOW_COMMIT);
    Backends backends = Backends.of(server);
    return commits()
        .map(
            place ->
                backends.test(
                    place.name(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        List<Integer> killed = backends.pids();
                        CompletableFuture<?> block = place.insert().apply(db);
                        backends.requireRunning(1, "COMMIT");
                        backends.kill(killed);
                        assertThat(Verb.failureOf(block))
                            .isInstanceOfSatisfying(
                                CommitOutcomeUnknown.class,
                                unknown -> {
                                  assertThat(unknown.sqlState()).isEqualTo("08007");
                                  assertThat(unknown.isRetryable()).isFalse();
                                  assertThat(unknown.nothingWasSent()).isFalse();
                                })
                            .hasMessageContaining(killed.get(0).toString());
                        requireRecovered(db, killed);
                      }
                    }));
  }

  /**
   * Calls go on while processes are ended under them: each is answered rightly or fails clearly.
   */
  @Test
  void endingProcessesUnderLoadLosesNoConnection(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 4)) {
      AtomicInteger answered = new AtomicInteger();
      AtomicInteger lost = new AtomicInteger();
      for (int round = 0; round < 20; round++) {
        int number = round;
        List<CompletableFuture<Integer>> calls =
            Stream.generate(
                    () -> db.fetchOne(Integer.class, "SELECT $1::int FROM pg_sleep(0.01)", number))
                .limit(16)
                .toList();
        backends.kill(backends.pids());
        for (CompletableFuture<Integer> call : calls) {
          try {
            assertThat(await(call)).isEqualTo(number);
            answered.incrementAndGet();
          } catch (DatabaseException failure) {
            requireLost(failure);
            lost.incrementAndGet();
          }
        }
      }
      System.out.printf(
          "endingProcessesUnderLoadLosesNoConnection: %d answered, %d lost%n",
          answered.get(), lost.get());
      assertThat(answered.get()).isPositive();
      requireRecovered(db, List.of());
      backends.requireNothingLeft();
    }
  }
}
