package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.InvalidTransactionState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a transaction promises that its caller ends: {@code begin}, {@code commit} and the rest. */
public interface ExplicitTransactionContract extends DatabaseUnderTest {
  private void withTable(TestDatabase server, Consumer<BlockingDatabase> test) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    onDatabase(poolOf(server, 1), test);
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  @Test
  default void commitKeepsAndGivesTheConnectionBack(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          assertThat(db.status().inUse()).isEqualTo(1);
          tx.commit();
          assertThat(db.status().inUse()).isZero();
          assertThat(rows(server)).isEqualTo(1);
          assertThatThrownBy(tx::commit)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("already committed");
          assertThatThrownBy(tx::rollback)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("rollback")
              .hasMessageContaining("already committed");
          assertThatThrownBy(() -> tx.fetch("SELECT 1"))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("fetch");
          tx.close();
        });
  }

  @Test
  default void rollbackUndoesAndGivesTheConnectionBack(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin(TransactionOptions.serializable());
          tx.execute("INSERT INTO t VALUES (1)");
          tx.rollback();
          assertThat(db.status().inUse()).isZero();
          assertThat(rows(server)).isZero();
          assertThatThrownBy(tx::rollback)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("already rolled back");
          assertThatThrownBy(tx::commit)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("already rolled back");
        });
  }

  @Test
  default void closingRollsBackWhatIsOpen(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          tx.close();
          tx.close();
          assertThatThrownBy(() -> tx.execute("INSERT INTO t VALUES (2)"))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("already rolled back");
          assertThat(db.status().inUse()).isZero();
          assertThat(rows(server)).isZero();
        });
  }

  /** Whoever comes second is told so: a rollback must not pass for done beside a commit. */
  @Test
  default void ofTwoEndsAtOnceOneWins(TestDatabase server) {
    withTable(
        server,
        db -> {
          for (int round = 0; round < 200; round++) {
            server.sql("TRUNCATE t");
            BlockingTransaction tx = db.begin();
            tx.execute("INSERT INTO t VALUES (1)");
            CyclicBarrier start = new CyclicBarrier(2);
            CompletableFuture<Boolean> committed =
                CompletableFuture.supplyAsync(() -> succeeds(start, tx::commit));
            boolean rolledBack = succeeds(start, tx::rollback);
            assertThat(committed.join()).isNotEqualTo(rolledBack);
            assertThat(rows(server)).isEqualTo(rolledBack ? 0 : 1);
          }
        });
  }

  private static boolean succeeds(CyclicBarrier start, Runnable end) {
    try {
      start.await(60, TimeUnit.SECONDS);
      end.run();
      return true;
    } catch (TransactionState second) {
      return false;
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  default void rollbackOnlyHoldsForACommitToo(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin(TransactionOptions.rollingBack());
          tx.execute("INSERT INTO t VALUES (1)");
          tx.commit();
          assertThat(rows(server)).isZero();
        });
  }

  @Test
  default void aTransactionOnAHeldConnectionLeavesItHeld(TestDatabase server) {
    withTable(
        server,
        db -> {
          try (BlockingConnection held = db.acquire()) {
            BlockingTransaction tx = held.begin();
            BlockingTransaction nested = tx.begin();
            nested.execute("INSERT INTO t VALUES (1)");
            nested.rollback();
            tx.execute("INSERT INTO t VALUES (2)");
            tx.commit();
            assertThat(db.status().inUse()).isEqualTo(1);
            assertThat(held.fetch(Integer.class, "SELECT id FROM t")).containsExactly(2);
          }
        });
  }

  @Test
  default void aFailedTransactionCannotCommitAndLeavesACleanConnection(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          assertThatThrownBy(() -> tx.execute("INSERT INTO t VALUES ($1)", 1))
              .hasMessageContaining("duplicate");
          assertThatThrownBy(() -> tx.fetch("SELECT 1"))
              .isInstanceOf(InvalidTransactionState.InFailedTransaction.class);
          assertThatThrownBy(tx::commit)
              .isInstanceOf(RolledBack.class)
              .hasCauseInstanceOf(IntegrityViolation.UniqueViolation.class);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void aNestedOneThatFailedIsRolledBackAlone(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          BlockingTransaction nested = tx.begin();
          assertThatThrownBy(() -> nested.execute("INSERT INTO t VALUES (1)"))
              .hasMessageContaining("duplicate");
          nested.rollback();
          tx.execute("INSERT INTO t VALUES (2)");
          tx.commit();
          assertThat(rows(server)).isEqualTo(2);
        });
  }

  @Test
  default void aRawBeginOnAConnectionIsFoundAndUndoneAtItsRelease(TestDatabase server) {
    withTable(
        server,
        db -> {
          try (BlockingConnection held = db.acquire()) {
            held.execute("BEGIN");
            held.execute("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> held.transaction(tx -> tx.execute("SELECT 1")))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining("BEGIN of its own");
            assertThatThrownBy(held::begin)
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining("BEGIN of its own");
            assertThat(held.fetch("SELECT * FROM t")).hasSize(1);
          }
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void aReleaseEndsTheTransactionOfItsConnection(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingConnection held = db.acquire();
          BlockingTransaction tx = held.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          db.release(held);
          assertThatThrownBy(() -> tx.execute("INSERT INTO t VALUES (2)"))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("execute");
          assertThatThrownBy(tx::commit)
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("commit");
          tx.close();
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void beginOnADeadHandleNamesItself(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingConnection held = db.acquire();
          held.close();
          assertThatThrownBy(held::begin)
              .isInstanceOf(HandleReturned.class)
              .hasMessageStartingWith("begin ");
          assertThatThrownBy(() -> held.transaction(tx -> "never"))
              .isInstanceOf(HandleReturned.class)
              .hasMessageStartingWith("transaction ");
          BlockingTransaction tx = db.begin();
          tx.rollback();
          assertThatThrownBy(tx::begin)
              .isInstanceOf(TransactionState.class)
              .hasMessageStartingWith("begin ");
        });
  }
}
