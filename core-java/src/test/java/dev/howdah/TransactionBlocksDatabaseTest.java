package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.IntegrityViolation.ForeignKeyViolation;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.error.InvalidTransactionTermination;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** However a block ends: commit or rollback, its own failure, and a clean connection. */
@PostgresTest
class TransactionBlocksDatabaseTest {
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

  /** Where a block can run. */
  private record Place(
      String name,
      BiFunction<
              Database, Function<Transaction, CompletableFuture<Object>>, CompletableFuture<Object>>
          run) {}

  private static Stream<Place> places() {
    return Stream.of(
        new Place("on the database", Database::transaction),
        new Place("on a connection", (db, work) -> db.connection(held -> held.transaction(work))),
        new Place("nested", (db, work) -> db.transaction(tx -> tx.transaction(work))));
  }

  private static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("mine"),
        new IOException("checked"),
        new AssertionError("an error"),
        new StackOverflowError("of the JVM's"),
        new NoClassDefFoundError("of the class loader's"),
        new CancellationException("given up"));
  }

  @TestFactory
  Stream<DynamicTest> whateverABlockFailsWithArrivesUnchanged(TestDatabase server) {
    Backends backends = Backends.of(server);
    return places()
        .flatMap(
            place ->
                failures()
                    .flatMap(
                        failure ->
                            Stream.of(true, false)
                                .filter(thrown -> !thrown || !(failure instanceof IOException))
                                .map(
                                    thrown ->
                                        backends.test(
                                            place.name()
                                                + (thrown ? " throws " : " fails with ")
                                                + failure,
                                            () -> arrives(server, place, failure, thrown)))));
  }

  private static void arrives(TestDatabase server, Place place, Throwable failure, boolean thrown) {
    try (Database db = Pools.of(server, 1)) {
      int pid = pid(db);
      CompletableFuture<Object> block =
          place
              .run()
              .apply(
                  db,
                  tx -> {
                    await(tx.execute("INSERT INTO t VALUES (1)"));
                    if (thrown && failure instanceof Error error) {
                      throw error;
                    }
                    if (thrown && failure instanceof RuntimeException exception) {
                      throw exception;
                    }
                    return CompletableFuture.failedFuture(failure);
                  });
      assertThat(Verb.failureOf(block)).isSameAs(failure);
      assertThat(failure.getSuppressed()).isEmpty();
      Pools.requireAllBack(db);
      assertThat(pid(db)).isEqualTo(pid);
      assertThat(rows(server)).isZero();
      Backends.of(server).requireNothingLeft();
    }
  }

  @Test
  void aFailureThatPassedThroughStagesArrivesAsItself(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Long> block =
          db.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(one -> tx.execute("INSERT INTO t VALUES (1)"))
                      .thenApply(two -> two + 1));
      assertThatThrownBy(block::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(UniqueViolation.class);
      assertThat(rows(server)).isZero();
    }
  }

  @TestFactory
  Stream<DynamicTest> aBlockThatGivesNoFutureIsRefusedInWordsAndRolledBack(TestDatabase server) {
    Backends backends = Backends.of(server);
    return places()
        .map(
            place ->
                backends.test(
                    place.name(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        CompletableFuture<Object> block =
                            place
                                .run()
                                .apply(
                                    db,
                                    tx -> {
                                      await(tx.execute("INSERT INTO t VALUES (1)"));
                                      return null;
                                    });
                        assertThat(Verb.failureOf(block)).hasMessageContaining("null");
                        assertThat(rows(server)).isZero();
                        Pools.requireAllBack(db);
                      }
                    }));
  }

  @Test
  void aBlockWhoseFutureHoldsNullIsCommitted(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Object> block =
          db.transaction(tx -> tx.execute("INSERT INTO t VALUES (1)").thenApply(inserted -> null));
      assertThat(await(block)).isNull();
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @Test
  void theValueArrivesOnlyWhenOthersSeeWhatWasDone(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      for (int i = 0; i < 50; i++) {
        int id = i;
        CompletableFuture<Long> seen =
            db.<Long>transaction(tx -> tx.execute("INSERT INTO t VALUES ($1)", id))
                .thenApply(inserted -> rows(server));
        assertThat(await(seen)).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void aConstraintThatFailsAtCommitIsTheFailureAndThereIsNoValue(TestDatabase server) {
    server.sql("CREATE TABLE child (t int REFERENCES t DEFERRABLE INITIALLY DEFERRED, n int)");
    try (Database db = Pools.of(server, 1)) {
      int pid = pid(db);
      CompletableFuture<Long> block =
          db.transaction(tx -> tx.execute("INSERT INTO child VALUES (99, 1)"));
      assertThatThrownBy(() -> await(block))
          .isInstanceOfSatisfying(
              ForeignKeyViolation.class,
              failure -> assertThat(failure.constraint()).isEqualTo("child_t_fkey"));
      assertThat(server.query("SELECT * FROM child")).isEmpty();
      assertThat(pid(db)).isEqualTo(pid);
      Backends.of(server).requireNothingLeft();
    }
  }

  @Test
  void afterAFailedStatementTheServerRefusesTheRestAndTheConnectionComesBackClean(
      TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      int pid = pid(db);
      CompletableFuture<Long> block =
          db.transaction(
              tx -> {
                await(tx.execute("INSERT INTO t VALUES (1)"));
                assertThatThrownBy(() -> await(tx.execute("INSERT INTO t VALUES (1)")))
                    .isInstanceOf(UniqueViolation.class);
                return tx.execute("INSERT INTO t VALUES ($1)", 2);
              });
      assertThatThrownBy(() -> await(block))
          .isInstanceOfSatisfying(
              InFailedTransaction.class,
              refused -> assertThat(refused.sqlState()).isEqualTo("25P02"));
      assertThat(pid(db)).isEqualTo(pid);
      assertThat(await(db.execute("INSERT INTO t VALUES (3)"))).isEqualTo(1);
      assertThat(rows(server)).isEqualTo(1);
      Backends.of(server).requireNothingLeft();
    }
  }

  @Test
  void savepointsNestDeeplyAndEachUndoesItsOwn(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      await(db.transaction(tx -> nest(tx, 30)));
      assertThat(rows(server)).isEqualTo(15);
    }
  }

  /** Even levels fail, and their outer ones go on. */
  private static CompletableFuture<Long> nest(Transaction outer, int level) {
    if (level == 0) {
      return outer.execute("SELECT 1");
    }
    return outer
        .transaction(
            tx ->
                tx.execute("INSERT INTO t VALUES ($1)", level)
                    .thenCompose(
                        one ->
                            level % 2 == 0
                                ? tx.execute("INSERT INTO t VALUES ($1)", level)
                                : CompletableFuture.completedFuture(1L)))
        .exceptionally(failure -> 0L)
        .thenCompose(done -> outer.transaction(tx -> nest(tx, level - 1)));
  }

  @Test
  void aTransactionOfTheUsersOwnIsNoticed(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      Connection held = await(db.acquire());
      await(held.execute("BEGIN"));
      await(held.execute("INSERT INTO t VALUES (1)"));
      assertThatThrownBy(() -> await(held.transaction(tx -> tx.execute("SELECT 1"))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("BEGIN");
      await(held.execute("COMMIT"));
      await(held.transaction(tx -> tx.execute("INSERT INTO t VALUES (2)")));
      await(held.executeScript("BEGIN; INSERT INTO t VALUES (3)"));
      held.close();
      assertThat(await(db.fetch(Integer.class, "SELECT id FROM t ORDER BY id")))
          .containsExactly(1, 2);
      Backends.of(server).requireNothingLeft();
    }
  }

  @Test
  void whatOpensATransactionOnThePoolLeavesNoneOpen(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      assertThatThrownBy(() -> await(db.execute("BEGIN"))).isInstanceOf(TransactionState.class);
      await(db.execute("INSERT INTO t VALUES (1)"));
      await(db.executeScript("BEGIN; INSERT INTO t VALUES (2)"));
      Backends.of(server).requireNothingLeft();
      assertThat(await(db.fetch(Integer.class, "SELECT id FROM t"))).containsExactly(1);
    }
  }

  @Test
  void aProcedureCannotEndABlocksTransaction(TestDatabase server) {
    server.sql(
        "CREATE PROCEDURE ends() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (1); COMMIT;"
            + " END $$");
    try (Database db = Pools.of(server, 1)) {
      assertThatThrownBy(() -> await(db.transaction(tx -> tx.execute("CALL ends()"))))
          .isInstanceOf(InvalidTransactionTermination.class);
      assertThat(rows(server)).isZero();
      assertThat(await(db.execute("CALL ends()"))).isZero();
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @TestFactory
  Stream<DynamicTest> anEndedTransactionRefusesEveryVerbByItsName(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Verb.ofEveryHandle().stream()
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        CompletableFuture<Transaction> kept = new CompletableFuture<>();
                        await(
                            db.transaction(
                                tx -> {
                                  kept.complete(tx);
                                  return tx.execute("SELECT 1");
                                }));
                        Transaction ended = await(kept);
                        String name = verb.inMessages();
                        assertThatThrownBy(() -> await(verb.on(ended, "SELECT '1'")))
                            .isInstanceOf(TransactionState.class)
                            .hasMessageContaining(name)
                            .hasMessageContaining("committed");
                        assertThatThrownBy(
                                () -> await(ended.transaction(tx -> tx.execute("SELECT 1"))))
                            .isInstanceOf(TransactionState.class)
                            .hasMessageContaining("transaction");
                      }
                    }));
  }
}
