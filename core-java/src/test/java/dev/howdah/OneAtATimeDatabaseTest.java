package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.DataError;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many callers on one connection or in one transaction: in turn, never mixed up, never stuck. */
@PostgresTest
class OneAtATimeDatabaseTest {
  private static final int THREADS = 8;

  private static CompletableFuture<Optional<Integer>> numbered(Queries on, int number) {
    return on.fetchValue(Integer.class, "SELECT $1::int", number);
  }

  private static void fromManyThreads(Queries on, int each) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      CompletableFuture.runAsync(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              int number = thread * each + i;
                              assertThat(await(numbered(on, number))).contains(number);
                            }
                          },
                          threads))
              .toList();
      all.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aConnectionServesManyThreadsRightly(TestDatabase server) {
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      fromManyThreads(held, 200);
    }
  }

  @Test
  void aTransactionServesManyThreadsRightly(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<String> block =
          db.transaction(
              tx -> {
                fromManyThreads(tx, 100);
                return CompletableFuture.completedFuture("done");
              });
      assertThat(await(block)).isEqualTo("done");
    }
  }

  @Test
  void callsRunInTheOrderInWhichTheyWereMade(TestDatabase server) {
    server.sql("CREATE SEQUENCE turn");
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      List<CompletableFuture<Optional<Integer>>> calls =
          Stream.generate(() -> held.fetchValue(Integer.class, "SELECT nextval('turn')"))
              .limit(1_000)
              .toList();
      for (int i = 0; i < calls.size(); i++) {
        assertThat(await(calls.get(i))).contains(i + 1);
      }
    }
  }

  /** Failures and cancelled calls in between shift no answer to another caller. */
  @Test
  void aCallerGetsItsOwnAnswerAmongFailedAndCancelledOnes(TestDatabase server) {
    Random random = Seed.of("aCallerGetsItsOwnAnswerAmongFailedAndCancelledOnes");
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      for (int round = 0; round < 60; round++) {
        List<CompletableFuture<Optional<Integer>>> right = new ArrayList<>();
        List<CompletableFuture<Long>> failing = new ArrayList<>();
        List<CompletableFuture<Long>> cancelled = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
          right.add(numbered(held, i));
          failing.add(held.execute("SELECT 1 / $1::int", 0));
          cancelled.add(held.execute("SELECT pg_sleep($1)", random.nextInt(2) * 600));
        }
        for (CompletableFuture<Long> call : cancelled) {
          Seed.moment(random, 300);
          call.cancel(true);
        }
        for (int i = 0; i < 12; i++) {
          assertThat(await(right.get(i))).contains(i);
          assertThat(Verb.failureOf(failing.get(i))).isInstanceOf(DataError.DivisionByZero.class);
        }
      }
    }
  }

  @Test
  void aFailureInATransactionIsSharedByWhatComesAfterItAlone(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Object> block =
          db.transaction(
              tx -> {
                CompletableFuture<Optional<Integer>> before = numbered(tx, 1);
                CompletableFuture<Long> failing = tx.execute("SELECT 1 / $1::int", 0);
                CompletableFuture<Optional<Integer>> after = numbered(tx, 2);
                assertThat(await(before)).contains(1);
                assertThat(Verb.failureOf(failing)).isInstanceOf(DataError.DivisionByZero.class);
                Throwable refused = Verb.failureOf(after);
                assertThat(refused).isInstanceOf(InFailedTransaction.class);
                return CompletableFuture.failedFuture(refused);
              });
      assertThat(Verb.failureOf(block)).isInstanceOf(InFailedTransaction.class);
      assertThat(await(numbered(db, 3))).contains(3);
      Backends.of(server).requireNothingLeft();
    }
  }

  @Test
  void aLongQueueOnOneConnectionIsNoProblem(TestDatabase server) {
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      CompletableFuture<Long> slow = held.execute("SELECT pg_sleep(600)");
      List<CompletableFuture<Optional<Integer>>> behind =
          IntStream.range(0, 5_000).mapToObj(i -> numbered(held, i)).toList();
      for (int i = 0; i < 5_000; i += 2) {
        behind.get(i).cancel(true);
      }
      slow.cancel(true);
      for (int i = 1; i < 5_000; i += 2) {
        assertThat(await(behind.get(i))).contains(i);
      }
    }
  }
}
