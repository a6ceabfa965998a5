package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@PostgresTest
class CancellationDatabaseTest {
  private static Database poolOf(TestDatabase server, int size) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url())
                .withPool(PoolOptions.defaults().withSize(size, size))));
  }

  private static void requireRunning(TestDatabase server, int count) {
    Eventually.require(count + " pg_sleep run", () -> sleeping(server) == count);
  }

  private static int sleeping(TestDatabase server) {
    return ((Long)
            server
                .query(
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                        + " AND query LIKE 'SELECT pg_sleep%' AND datname = current_database()")
                .get(0)
                .get(0))
        .intValue();
  }

  @Test
  void aCancelledFutureStopsItsQueryOnTheServer(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      CompletableFuture<List<Row>> slow = db.fetch("SELECT pg_sleep(600)");
      requireRunning(server, 1);
      slow.cancel(true);
      assertThatThrownBy(slow::join).isInstanceOf(CancellationException.class);
      // The only connection serves the next caller, clean, and is the same one.
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      assertThat(sleeping(server)).isZero();
      assertThat(db.status().size()).isEqualTo(1);
    }
  }

  @Test
  void orTimeoutStopsItsQueryOnTheServer(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      CompletableFuture<List<Row>> slow =
          db.fetch("SELECT pg_sleep(600)").orTimeout(200, TimeUnit.MILLISECONDS);
      assertThatThrownBy(slow::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      assertThat(sleeping(server)).isZero();
    }
  }

  @Test
  void aCancelWhileWaitingTakesNothingFromThePool(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Connection held = await(db.acquire());
      CompletableFuture<List<Row>> waiting = db.fetch("SELECT 1");
      Eventually.require("the call waits", () -> db.status().waiting() == 1);
      waiting.cancel(true);
      Eventually.require("nobody waits", () -> db.status().waiting() == 0);
      held.close();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aCancelledTransactionIsRolledBack(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    try (Database db = poolOf(server, 1)) {
      CompletableFuture<List<Row>> block =
          db.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(one -> tx.fetch("SELECT pg_sleep(600)")));
      requireRunning(server, 1);
      block.cancel(true);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
      assertThat(sleeping(server)).isZero();
    }
  }

  @Test
  void aCancelledGatherStopsAllItsQueries(TestDatabase server) {
    try (Database db = poolOf(server, 3)) {
      CompletableFuture<List<Long>> gather =
          db.gather(Collections.nCopies(3, Query.execute("SELECT pg_sleep(600)")));
      requireRunning(server, 3);
      gather.cancel(true);
      Eventually.require("nothing runs", () -> sleeping(server) == 0);
      Eventually.require("all are back", () -> db.status().inUse() == 0);
    }
  }

  @Test
  void aCancelledCallOnAHeldConnectionLeavesItToTheNext(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      try (Connection held = await(db.acquire())) {
        CompletableFuture<List<Row>> slow = held.fetch("SELECT pg_sleep(600)");
        CompletableFuture<Optional<Integer>> next = held.fetchValue(Integer.class, "SELECT 42");
        requireRunning(server, 1);
        slow.cancel(true);
        assertThat(await(next)).contains(42);
      }
    }
  }

  @Test
  void closingAConnectionStopsWhatItRuns(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Connection held = await(db.acquire());
      CompletableFuture<List<Row>> slow = held.fetch("SELECT pg_sleep(600)");
      requireRunning(server, 1);
      held.close();
      assertThat(sleeping(server)).isZero();
      assertThatThrownBy(() -> await(slow)).hasMessageContaining("user request");
      assertThat(db.status().inUse()).isZero();
    }
  }

  /** Cancels at random instants; afterwards nothing may be lost and every answer must be right. */
  @Test
  void aStormOfCancellationsLosesNothing(TestDatabase server) {
    long seed = System.nanoTime();
    System.out.println("aStormOfCancellationsLosesNothing: seed " + seed);
    Random random = new Random(seed);
    int wrong = 0;
    int cancelled = 0;
    try (Database db = poolOf(server, 4)) {
      List<CompletableFuture<Optional<Integer>>> calls = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        calls.add(
            random.nextInt(4) == 0
                ? db.transaction(tx -> tx.fetchValue(Integer.class, "SELECT $1::int", 7))
                : db.fetchValue(
                    Integer.class, "SELECT $1::int FROM pg_sleep($2)", i, random.nextInt(3) / 1e3));
        expected.add(i);
        if (calls.size() >= 16) {
          LockSupport.parkNanos(random.nextInt(1_500_000));
          for (int c = 0; c < calls.size(); c++) {
            if (random.nextBoolean()) {
              calls.get(c).cancel(true);
            }
          }
          for (int c = 0; c < calls.size(); c++) {
            try {
              int answer = calls.get(c).join().orElseThrow();
              if (answer != 7 && answer != expected.get(c)) {
                wrong++;
              }
            } catch (CancellationException asAsked) {
              cancelled++;
            }
          }
          calls.clear();
          expected.clear();
        }
      }
      Eventually.require("every connection is back", () -> db.status().inUse() == 0);
      assertThat(db.status().waiting()).isZero();
      assertThat(wrong).isZero();
      assertThat(cancelled).isPositive();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      System.out.println(
          "aStormOfCancellationsLosesNothing: " + cancelled + " cancelled, " + db.status());
    }
  }
}
