package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.Isolation;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.InvalidTransactionState;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions that the caller ends, named savepoints, cursors, and their refusals. */
@PostgresTest
class ExplicitTransactionDatabaseTest {
  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
  }

  private static Database poolOfOne(TestDatabase server) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1))));
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  @Test
  void commitKeepsAndGivesTheConnectionBack(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Transaction tx = await(db.begin());
      await(tx.execute("INSERT INTO t VALUES (1)"));
      await(tx.commit());
      assertThat(db.status().inUse()).isZero();
      assertThat(rows(server)).isEqualTo(1);
      assertThatThrownBy(() -> await(tx.commit()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("already committed");
      assertThatThrownBy(() -> await(tx.rollback()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("rollback")
          .hasMessageContaining("already committed");
      assertThatThrownBy(() -> await(tx.fetch("SELECT 1")))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("fetch");
      tx.close();
    }
  }

  @Test
  void rollbackUndoesAndGivesTheConnectionBack(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Transaction tx = await(db.begin(TransactionOptions.serializable()));
      await(tx.execute("INSERT INTO t VALUES (1)"));
      await(tx.rollback());
      assertThat(db.status().inUse()).isZero();
      assertThat(rows(server)).isZero();
      assertThatThrownBy(() -> await(tx.rollback()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("already rolled back");
      assertThatThrownBy(() -> await(tx.commit()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("already rolled back");
    }
  }

  @Test
  void closingRollsBackWhatIsOpen(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      try (Transaction tx = await(db.begin())) {
        await(tx.execute("INSERT INTO t VALUES (1)"));
      }
      assertThat(db.status().inUse()).isZero();
      assertThat(rows(server)).isZero();
    }
  }

  @Test
  void aTransactionOnAHeldConnectionLeavesItHeld(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Connection held = await(db.acquire())) {
      Transaction tx = await(held.begin());
      assertThatThrownBy(() -> await(held.execute("INSERT INTO t VALUES (7)")))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("a transaction is open");
      Transaction nested = await(tx.begin());
      await(nested.execute("INSERT INTO t VALUES (1)"));
      await(nested.rollback());
      await(tx.execute("INSERT INTO t VALUES (2)"));
      await(tx.commit());
      assertThat(await(held.fetch(Integer.class, "SELECT id FROM t"))).containsExactly(2);
    }
  }

  @Test
  void aFailedTransactionCannotCommitAndLeavesACleanConnection(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Transaction tx = await(db.begin());
      await(tx.execute("INSERT INTO t VALUES (1)"));
      assertThatThrownBy(() -> await(tx.execute("INSERT INTO t VALUES ($1)", 1)))
          .hasMessageContaining("duplicate");
      assertThatThrownBy(() -> await(tx.fetch("SELECT 1")))
          .isInstanceOf(InvalidTransactionState.InFailedTransaction.class);
      assertThatThrownBy(() -> await(tx.commit()))
          .isInstanceOf(RolledBack.class)
          .hasCauseInstanceOf(dev.howdah.error.IntegrityViolation.UniqueViolation.class);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
    }
  }

  @Test
  void aBlockEndsItself(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      for (String verb : new String[] {"commit", "rollback", "close"}) {
        assertThatThrownBy(
                () ->
                    await(
                        db.transaction(
                            tx ->
                                verb.equals("commit")
                                    ? tx.commit()
                                    : verb.equals("rollback") ? tx.rollback() : tx.closeAsync())))
            .isInstanceOf(TransactionState.class)
            .hasMessageContaining(verb)
            .hasMessageContaining("block");
      }
      assertThat(db.status().inUse()).isZero();
    }
  }

  @Test
  void rollbackOnlyGivesTheValueAndLeavesNothing(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      long inserted =
          await(
              db.transaction(
                  TransactionOptions.rollingBack(),
                  tx -> tx.execute("INSERT INTO t SELECT generate_series(1, 5)")));
      assertThat(inserted).isEqualTo(5);
      assertThat(rows(server)).isZero();
      await(
          db.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(
                          one ->
                              tx.transaction(
                                  TransactionOptions.rollingBack(),
                                  nested -> nested.execute("INSERT INTO t VALUES (2)")))));
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @Test
  void rawTransactionControlOnADatabaseIsRefused(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      for (String sql : new String[] {"BEGIN", "START TRANSACTION", "COMMIT", "SAVEPOINT a"}) {
        assertThatThrownBy(() -> await(db.execute(sql)))
            .isInstanceOf(TransactionState.class)
            .hasMessageContaining("transaction(");
      }
    }
  }

  @Test
  void aRawBeginOnAConnectionIsFoundAndUndoneAtItsRelease(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      try (Connection held = await(db.acquire())) {
        await(held.execute("BEGIN"));
        await(held.execute("INSERT INTO t VALUES (1)"));
        assertThatThrownBy(() -> await(held.transaction(tx -> tx.execute("SELECT 1"))))
            .isInstanceOf(TransactionState.class)
            .hasMessageContaining("BEGIN of its own");
      }
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
    }
  }

  @Test
  void nestedWithAnotherIsolationNamesBoth(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(
              () ->
                  await(
                      db.transaction(
                          TransactionOptions.repeatableRead(),
                          tx ->
                              tx.transaction(
                                  nested ->
                                      nested.transaction(
                                          TransactionOptions.defaults()
                                              .withIsolation(Isolation.SERIALIZABLE),
                                          third -> third.execute("SELECT 1"))))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("SERIALIZABLE")
          .hasMessageContaining("REPEATABLE READ");
    }
  }

  @Test
  void retriesDoNotGoWithBegin(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> await(db.begin(TransactionOptions.serializable().withRetries(2))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("retries");
      assertThat(db.status().inUse()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "with \"quotes\"", "a'; ROLLBACK; --", "Grüße 🐘", " "})
  void savepointsTakeAnyName(String name, TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      await(
          db.transaction(
              tx ->
                  tx.execute("INSERT INTO t VALUES (1)")
                      .thenCompose(n -> tx.savepoint(name))
                      .thenCompose(
                          mark ->
                              tx.execute("INSERT INTO t VALUES (2)")
                                  .thenCompose(n -> mark.rollback())
                                  .thenCompose(n -> tx.execute("INSERT INTO t VALUES (3)"))
                                  .thenCompose(n -> mark.release()))));
      assertThat(await(db.fetch(Integer.class, "SELECT id FROM t ORDER BY id")))
          .containsExactly(1, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void namesThatAreNoneAreRefused(String name, TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> await(db.transaction(tx -> tx.savepoint(name))))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void goingBackToASavepointEndsThoseSetAfterIt(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      Savepoint first = await(tx.savepoint("first"));
      Savepoint second = await(tx.savepoint("second"));
      assertThatThrownBy(() -> await(tx.savepoint("first")))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("'first'");
      await(first.rollback());
      assertThatThrownBy(() -> await(second.rollback()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("'second'")
          .hasMessageContaining("rollback to 'first'");
      await(first.release());
      assertThatThrownBy(() -> await(first.release()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("release of 'first'");
      await(tx.commit());
      assertThatThrownBy(() -> await(first.rollback()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("already committed");
    }
  }

  @Test
  void aSavepointHealsAFailedTransaction(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      await(tx.execute("INSERT INTO t VALUES (1)"));
      Savepoint mark = await(tx.savepoint("before"));
      assertThatThrownBy(() -> await(tx.execute("INSERT INTO t VALUES (1)")))
          .hasMessageContaining("duplicate");
      await(mark.rollback());
      await(tx.execute("INSERT INTO t VALUES (2)"));
      await(tx.commit());
      assertThat(rows(server)).isEqualTo(2);
    }
  }

  @Test
  void aCursorReadsInPortionsBetweenOtherStatements(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      Cursor<Integer> cursor =
          await(tx.cursor(Integer.class, "SELECT i FROM generate_series(1, $1::int) i", 10));
      assertThat(await(cursor.fetch(3))).containsExactly(1, 2, 3);
      await(tx.execute("INSERT INTO t VALUES (1)"));
      assertThat(await(cursor.skip(4))).isEqualTo(4);
      assertThat(await(cursor.fetch(2))).containsExactly(8, 9);
      assertThat(await(cursor.fetch(5))).containsExactly(10);
      assertThat(await(cursor.fetch(5))).isEmpty();
      assertThat(await(cursor.skip(5))).isZero();
      assertThatThrownBy(() -> await(cursor.fetch(0))).isInstanceOf(WrongArguments.class);
      cursor.close();
      cursor.close();
      assertThatThrownBy(() -> await(cursor.fetch(1)))
          .isInstanceOf(HandleReturned.class)
          .hasMessageContaining("fetch");
      Cursor<Integer> second = await(tx.cursor(Integer.class, "VALUES (1), (2)"));
      await(tx.commit());
      assertThatThrownBy(() -> await(second.fetch(1)))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("fetch")
          .hasMessageContaining("already committed");
      second.close();
    }
  }

  @Test
  void twoCursorsAtOnceAreNotMixed(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      Cursor<Integer> ones = await(tx.cursor(Integer.class, "VALUES (1), (1), (1)"));
      Cursor<Integer> twos = await(tx.cursor(Integer.class, "VALUES (2), (2), (2)"));
      CompletableFuture<?> a = ones.fetch(2);
      CompletableFuture<?> b = twos.fetch(2);
      assertThat(await(a))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .containsExactly(1, 1);
      assertThat(await(b))
          .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
          .containsExactly(2, 2);
      assertThat(await(ones.fetch(2))).containsExactly(1);
    }
  }

  @Test
  void preparedQueriesRunOftenAndEndWithTheirHandle(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      PreparedQuery<Integer> kept;
      try (Connection held = await(db.acquire())) {
        PreparedQuery<Integer> twice = held.prepare(Integer.class, "SELECT $1::int * 2");
        kept = twice;
        for (int i = 0; i < 20; i++) {
          assertThat(await(twice.fetchOne(i))).isEqualTo(i * 2);
        }
        assertThat(await(twice.fetchRow(4))).contains(8);
        assertThat(await(twice.fetch(4))).containsExactly(8);
        assertThat(
                await(
                    held.fetchValue(
                        Long.class,
                        "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%* 2'")))
            .contains(1L);
        assertThatThrownBy(() -> await(twice.fetchOne())).isInstanceOf(WrongArguments.class);
      }
      assertThatThrownBy(() -> await(kept.fetchOne(1)))
          .isInstanceOf(HandleReturned.class)
          .hasMessageContaining("fetchOne");
    }
  }

  @Test
  void aCancelledBeginHoldsNoConnection(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Connection held = await(db.acquire());
      CompletableFuture<Transaction> begin = db.begin();
      Eventually.require("it waits", () -> db.status().waiting() == 1);
      begin.cancel(true);
      held.close();
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      for (int i = 0; i < 200; i++) {
        CompletableFuture<Transaction> again = db.begin();
        if (!again.cancel(true)) {
          await(again).close(); // it was quicker, and is ours
        }
      }
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aConnectionOfAnotherDatabaseIsRefused(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Database other = poolOfOne(server)) {
      Connection mine = await(db.acquire());
      assertThatThrownBy(() -> await(other.release(mine)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("another database");
      await(db.release(mine));
      await(db.release(mine));
      assertThat(db.status().inUse()).isZero();
    }
  }
}
