package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.DatabaseException;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Lock;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Closing a database, in order and out of order; and handles that outlive what they are for. */
@PostgresTest
class PoolClosingDatabaseTest {
  private static final long BOUND_SECONDS = 60;

  private static Database connect(TestDatabase server, int size, Duration close) {
    DatabaseOptions options =
        Pools.options(server, size).withTimeouts(TimeoutOptions.defaults().withClose(close));
    return await(Database.connect(options));
  }

  private static void requireNothingLeft(TestDatabase server) {
    Eventually.require(
        "no thread of the database is left",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("howdah")));
    Eventually.require("no connection is left", () -> server.connections() == 0);
  }

  @Test
  void aBorrowerThatNeverReturnsDoesNotKeepItOpen(TestDatabase server) throws Exception {
    Database db = connect(server, 2, Duration.ofMillis(300));
    Connection kept = await(db.acquire());
    db.closeAsync().get(BOUND_SECONDS, TimeUnit.SECONDS);
    assertThat(db.status().size()).isZero();
    assertThat(Verb.failureOf(kept.execute("SELECT 1"))).isInstanceOf(DatabaseException.class);
    kept.closeAsync().get(BOUND_SECONDS, TimeUnit.SECONDS);
    requireNothingLeft(server);
  }

  @TestFactory
  Stream<DynamicTest> whatStillRunsAtTheBoundIsStoppedAndItsCallerTold(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.EXECUTE, Verb.GATHER, Verb.CONNECTION, Verb.TRANSACTION, Verb.SAVEPOINT)
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      Database db = connect(server, 1, Duration.ofMillis(300));
                      CompletableFuture<?> running = verb.on(db, "SELECT pg_sleep($1)", 600);
                      backends.requireRunning(1, "pg_sleep");
                      db.closeAsync().get(BOUND_SECONDS, TimeUnit.SECONDS);
                      assertThat(Verb.failureOf(running)).isInstanceOf(DatabaseException.class);
                      requireNothingLeft(server);
                    }));
  }

  @Test
  void whatEndsWithinTheBoundIsWaitedFor(TestDatabase server) {
    Database db = connect(server, 2, Duration.ofSeconds(30));
    CompletableFuture<Integer> running;
    CompletableFuture<Integer> block;
    CompletableFuture<?> closing;
    try (Lock lock = Lock.onNumber(server, 7)) {
      running = db.fetchOne(Integer.class, "SELECT 42 FROM pg_advisory_xact_lock_shared($1)", 7);
      block =
          db.transaction(
              tx ->
                  tx.execute("SELECT pg_advisory_xact_lock_shared($1)", 7)
                      .thenCompose(locked -> tx.fetchOne(Integer.class, "SELECT 43")));
      Backends.of(server).requireRunning(2, "advisory");
      closing = db.closeAsync();
      assertThat(closing).isNotDone();
      assertThat(lock).isNotNull();
    }
    await(closing);
    assertThat(await(running)).isEqualTo(42);
    assertThat(await(block)).isEqualTo(43);
    requireNothingLeft(server);
  }

  @Test
  void newWorkIsRefusedWhileItWaitsAndWhoeverWaitsIsTold(TestDatabase server) {
    Database db = connect(server, 1, Duration.ofSeconds(30));
    Connection held = await(db.acquire());
    CompletableFuture<Long> waiting = db.execute("SELECT 1");
    Eventually.require("a caller waits", () -> db.status().waiting() == 1);
    CompletableFuture<?> closing = db.closeAsync();
    for (Verb verb : Verb.values()) {
      assertThat(Verb.failureOf(verb.on(db, "SELECT '1'")))
          .as(verb.toString())
          .isInstanceOf(DatabaseClosed.class)
          .hasMessageContaining("clos");
    }
    assertThat(Verb.failureOf(db.acquire())).isInstanceOf(DatabaseClosed.class);
    assertThat(closing).isNotDone();
    // The borrower goes on, and gives back in its own time.
    assertThat(await(held.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    held.close();
    await(closing);
    // It stood in the queue before the end was asked for: served, or told; never forgotten.
    assertThat(waiting.handle((answer, failure) -> failure == null ? answer : failure))
        .succeedsWithin(Duration.ofSeconds(BOUND_SECONDS))
        .matches(
            end ->
                end.equals(1L)
                    || end instanceof DatabaseClosed
                    || (end instanceof Throwable failure
                        && failure.getCause() instanceof DatabaseClosed));
    requireNothingLeft(server);
  }

  @Test
  void everybodyMayCloseItAtOnce(TestDatabase server) {
    Database db = connect(server, 3, Duration.ofSeconds(10));
    await(db.execute("SELECT 1"));
    List<CompletableFuture<Void>> closers =
        Stream.generate(() -> CompletableFuture.runAsync(db::close)).limit(20).toList();
    closers.forEach(closer -> assertThat(closer).succeedsWithin(Duration.ofSeconds(BOUND_SECONDS)));
    db.close();
    requireNothingLeft(server);
  }

  @Test
  void theSecondCloserWaitsForTheFirst(TestDatabase server) {
    Database db = connect(server, 1, Duration.ofSeconds(30));
    Connection held = await(db.acquire());
    CompletableFuture<?> first = db.closeAsync();
    CompletableFuture<?> second = db.closeAsync();
    assertThat(first).isNotDone();
    held.close();
    await(first);
    await(second);
    assertThat(db.status().size()).isZero();
    requireNothingLeft(server);
  }

  @Test
  void aUserWhoClosesInsideAnOwnBlockIsNotStuck(TestDatabase server) {
    Database db = connect(server, 2, Duration.ofMillis(300));
    CompletableFuture<Long> block =
        db.transaction(
            tx -> {
              db.close();
              return tx.execute("SELECT 1");
            });
    assertThat(Verb.failureOf(block)).isInstanceOf(DatabaseException.class);
    requireNothingLeft(server);
  }

  @Test
  void aConnectionMayBeClosedTwiceAndInsideItsBlock(TestDatabase server) {
    try (Database db = connect(server, 1, Duration.ofSeconds(10))) {
      Connection held = await(db.acquire());
      held.close();
      held.close();
      await(held.closeAsync());
      assertThat(await(db.fetchValue(Integer.class, "SELECT 1"))).contains(1);
      CompletableFuture<Long> block =
          db.connection(
              inside -> {
                inside.close();
                return inside.execute("SELECT 1");
              });
      assertThat(Verb.failureOf(block))
          .isInstanceOf(HandleReturned.class)
          .hasMessageContaining("execute");
      // Closed a second time by the bracket: whoever has it now keeps it.
      Connection next = await(db.acquire());
      held.close();
      assertThat(await(next.fetchValue(Integer.class, "SELECT 2"))).contains(2);
      next.close();
      Pools.requireAllBack(db);
    }
  }

  @Test
  void aConnectionClosedInsideItsTransactionRollsItBack(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    try (Database db = connect(server, 1, Duration.ofSeconds(10))) {
      Connection held = await(db.acquire());
      CompletableFuture<Long> block =
          held.transaction(
              tx -> {
                await(tx.execute("INSERT INTO t VALUES (1)"));
                held.close();
                return tx.execute("INSERT INTO t VALUES (2)");
              });
      assertThat(Verb.failureOf(block)).isInstanceOf(DatabaseException.class);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
      Pools.requireAllBack(db);
      Backends.of(server).requireNothingLeft();
    }
  }

  @TestFactory
  Stream<DynamicTest> aReturnedConnectionRefusesEveryVerbByItsName(TestDatabase server) {
    return Verb.ofEveryHandle().stream()
        .map(
            verb ->
                DynamicTest.dynamicTest(
                    verb.toString(),
                    () -> {
                      try (Database db = connect(server, 1, Duration.ofSeconds(10))) {
                        Connection held = await(db.acquire());
                        held.close();
                        String name = verb.inMessages();
                        assertThatThrownBy(() -> await(verb.on(held, "SELECT '1'")))
                            .isInstanceOf(HandleReturned.class)
                            .hasMessageContaining(name);
                        assertThatThrownBy(
                                () -> await(held.transaction(tx -> tx.execute("SELECT 1"))))
                            .isInstanceOf(HandleReturned.class)
                            .hasMessageContaining("transaction");
                        assertThat(db.status().inUse()).isZero();
                      }
                    }));
  }
}
