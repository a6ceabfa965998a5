package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DataError;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Calls that are made at once: they run in order, or are refused, and never share a fate unseen.
 */
@PostgresTest
class TransactionOrderDatabaseTest {
  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  @Test
  void statementsThatNobodyWaitsForRunBeforeTheCommit(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<String> done =
          db.transaction(
              tx -> {
                for (int i = 0; i < 10; i++) {
                  CompletableFuture<Long> unwatched = tx.execute("INSERT INTO t VALUES ($1)", i);
                  assertThat(unwatched).isNotNull();
                }
                return CompletableFuture.completedFuture("done");
              });
      assertThat(await(done)).isEqualTo("done");
      assertThat(rows(server)).isEqualTo(10);
    }
  }

  @Test
  void anUnwatchedFailureDoesNotPassForACommit(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<String> done =
          db.transaction(
              tx -> {
                CompletableFuture<Long> insert = tx.execute("INSERT INTO t VALUES (1)");
                CompletableFuture<Long> failing = tx.execute("SELECT 1 / $1", 0);
                assertThat(insert).isNotSameAs(failing);
                return CompletableFuture.completedFuture("done");
              });
      assertThatThrownBy(() -> await(done))
          .isInstanceOf(RolledBack.class)
          .hasCauseInstanceOf(DataError.DivisionByZero.class);
      assertThat(rows(server)).isZero();
    }
  }

  @Test
  void twoTransactionsOnOneConnectionNeverMerge(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()));
        Connection held = await(db.acquire())) {
      CompletableFuture<Long> first =
          held.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(one -> tx.execute("SELECT pg_sleep(0.05)"))
                      .thenCompose(slept -> tx.execute("SELECT 1 / $1", 0)));
      assertThatThrownBy(
              () -> await(held.transaction(tx -> tx.execute("INSERT INTO t VALUES (3)"))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("is open");
      assertThatThrownBy(() -> await(held.execute("INSERT INTO t VALUES (4)")))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("use the transaction");
      assertThatThrownBy(() -> await(first)).isInstanceOf(DataError.DivisionByZero.class);
      assertThat(await(held.execute("INSERT INTO t VALUES (5)"))).isEqualTo(1);
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @Test
  void siblingsAndOuterStatementsAreRefusedWhileANestedTransactionIsOpen(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<Long> end = new CompletableFuture<>();
      await(
          db.transaction(
              tx -> {
                CompletableFuture<Long> nested =
                    tx.transaction(
                        inner -> inner.execute("INSERT INTO t VALUES (1)").thenCompose(x -> end));
                assertThatThrownBy(
                        () ->
                            await(
                                tx.transaction(other -> other.execute("INSERT INTO t VALUES (2)"))))
                    .isInstanceOf(TransactionState.class);
                assertThatThrownBy(() -> await(tx.execute("INSERT INTO t VALUES (3)")))
                    .isInstanceOf(TransactionState.class)
                    .hasMessageContaining("nested");
                end.completeExceptionally(new IllegalStateException("undone"));
                assertThatThrownBy(() -> await(nested)).hasMessage("undone");
                return tx.execute("INSERT INTO t VALUES (4)");
              }));
      assertThat(server.query("SELECT id FROM t").get(0).get(0)).isEqualTo(4);
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @Test
  void aBlockThatEndsBeforeItsNestedOneIsRolledBack(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<Long> never = new CompletableFuture<>();
      CompletableFuture<String> block =
          db.transaction(
              tx -> {
                CompletableFuture<Long> started = new CompletableFuture<>();
                CompletableFuture<Long> nested =
                    tx.transaction(
                        inner ->
                            inner
                                .execute("INSERT INTO t VALUES (1)")
                                .thenCompose(
                                    one -> {
                                      started.complete(one);
                                      return never;
                                    }));
                return started.thenApply(one -> nested.isDone() ? "ended" : "open");
              });
      assertThatThrownBy(() -> await(block))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("nested");
      never.completeExceptionally(new IllegalStateException("late"));
      assertThat(rows(server)).isZero();
      assertThat(await(db.execute("INSERT INTO t VALUES (9)"))).isEqualTo(1);
    }
  }

  @Test
  void nestedOptionsThatASavepointCannotKeepAreRefused(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      assertThatThrownBy(
              () ->
                  await(
                      db.transaction(
                          tx ->
                              tx.transaction(
                                  TransactionOptions.readingOnly(),
                                  inner -> inner.execute("INSERT INTO t VALUES (1)")))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("savepoint");
      assertThat(rows(server)).isZero();
    }
  }
}
