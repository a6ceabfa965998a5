package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.error.TransactionRollback.DeadlockDetected;
import dev.howdah.error.TransactionRollback.SerializationFailure;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Blocks that run again after a conflict, and nested ones that are repeated. */
@PostgresTest
class TransactionRetriesDatabaseTest {
  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  private static CompletableFuture<Long> conflict(Queries on, String code) {
    return on.execute(
        "DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '" + code + "'; END $$");
  }

  @Test
  void aNestedBlockCanBeRepeatedAfterItFailed(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      await(
          db.transaction(
              tx -> {
                await(tx.execute("INSERT INTO t VALUES (1)"));
                for (int i = 0; i < 10; i++) {
                  CompletableFuture<Long> nested =
                      tx.transaction(
                          inner -> {
                            await(inner.execute("INSERT INTO t VALUES (2)"));
                            return inner.execute("INSERT INTO t VALUES (1)");
                          });
                  assertThatThrownBy(() -> await(nested)).isInstanceOf(UniqueViolation.class);
                }
                return tx.transaction(inner -> inner.execute("INSERT INTO t VALUES (2)"));
              }));
      assertThat(server.query("SELECT id FROM t ORDER BY id"))
          .containsExactly(List.of(1), List.of(2));
    }
  }

  @TestFactory
  Stream<DynamicTest> retriesAreBoundedAndOnlyForConflicts(TestDatabase server) {
    record Case(String code, int retries, int runs, Class<? extends Throwable> failure) {}
    return Stream.of(
            new Case("40001", 2, 3, SerializationFailure.class),
            new Case("40P01", 2, 3, DeadlockDetected.class),
            new Case("40001", 0, 1, SerializationFailure.class),
            new Case("23505", 2, 1, UniqueViolation.class),
            new Case("40003", 2, 1, DatabaseException.class))
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.toString(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        TransactionOptions options =
                            TransactionOptions.serializable().withRetries(c.retries());
                        AtomicInteger runs = new AtomicInteger();
                        // Through a stage, as most blocks are written.
                        Function<Transaction, CompletableFuture<Long>> work =
                            tx -> {
                              runs.incrementAndGet();
                              return conflict(tx, c.code()).thenApply(never -> never);
                            };
                        assertThat(Verb.failureOf(db.transaction(options, work)))
                            .isInstanceOf(c.failure());
                        assertThat(runs.getAndSet(0)).isEqualTo(c.runs());
                        assertThat(
                                Verb.failureOf(
                                    db.connection(held -> held.transaction(options, work))))
                            .isInstanceOf(c.failure());
                        assertThat(runs.get()).isEqualTo(c.runs());
                        Pools.requireAllBack(db);
                      }
                    }));
  }

  /** Each reads all and writes one: of those that overlap the server lets one commit. */
  @Test
  void realConflictsAreSolvedByRetrying(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    try (Database db = Pools.of(server, 4)) {
      TransactionOptions options = TransactionOptions.serializable().withRetries(100);
      List<CompletableFuture<Long>> all =
          Stream.generate(
                  () ->
                      db.transaction(
                          options,
                          tx -> {
                            runs.incrementAndGet();
                            return tx.fetchOne(Integer.class, "SELECT count(*)::int FROM t")
                                .thenCompose(n -> tx.execute("INSERT INTO t VALUES ($1)", n));
                          }))
              .limit(20)
              .toList();
      all.forEach(block -> assertThat(await(block)).isEqualTo(1));
      assertThat(rows(server)).isEqualTo(20);
      assertThat(runs.get()).isGreaterThanOrEqualTo(20);
      System.out.println("realConflictsAreSolvedByRetrying: 20 blocks, " + runs + " runs");
      Pools.requireAllBack(db);
    }
  }

  @Test
  void aCancelBetweenTwoTriesEndsThem(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch tried = new CountDownLatch(3);
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Long> block =
          db.transaction(
              TransactionOptions.defaults().withRetries(Integer.MAX_VALUE),
              tx -> {
                runs.incrementAndGet();
                tried.countDown();
                return conflict(tx, "40001");
              });
      Eventually.require("it was tried thrice", () -> tried.getCount() == 0);
      block.cancel(true);
      Pools.requireAllBack(db);
      int atTheEnd = runs.get();
      boolean again = Eventually.holds(Duration.ofSeconds(1), () -> runs.get() > atTheEnd + 1);
      assertThat(again).isFalse();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }
}
