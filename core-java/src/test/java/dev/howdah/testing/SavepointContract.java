package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What named savepoints promise. */
public interface SavepointContract extends DatabaseUnderTest {
  private void withTable(TestDatabase server, Consumer<BlockingDatabase> test) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    onDatabase(poolOf(server, 1), test);
  }

  private static List<Integer> ids(BlockingQueries db) {
    return db.fetch(Integer.class, "SELECT id FROM t ORDER BY id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "with \"quotes\"", "a'; ROLLBACK; --", "Grüße \uD83D\uDC18", " ", "$1"})
  default void savepointsTakeAnyName(String name, TestDatabase server) {
    withTable(
        server,
        db -> {
          db.transaction(
              tx -> {
                tx.execute("INSERT INTO t VALUES (1)");
                BlockingTransaction.Savepoint mark = tx.savepoint(name);
                assertThat(mark.name()).isEqualTo(name);
                tx.execute("INSERT INTO t VALUES (2)");
                mark.rollback();
                tx.execute("INSERT INTO t VALUES (3)");
                mark.release();
                return "done";
              });
          assertThat(ids(db)).containsExactly(1, 3);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\0b",
        "one of more than sixty-three bytes, which PostgreSQL would cut short"
      })
  default void namesThatAreNoneAreRefused(String name, TestDatabase server) {
    withTable(
        server,
        db ->
            assertThatThrownBy(() -> db.transaction(tx -> tx.savepoint(name)))
                .isInstanceOf(WrongArguments.class));
  }

  /** Inside a nested transaction such a name could hide that one's own savepoint. */
  @Test
  default void theLibrarysOwnNamesAreRefused(TestDatabase server) {
    withTable(
        server,
        db ->
            db.transaction(
                tx ->
                    tx.transaction(
                        nested -> {
                          assertThatThrownBy(() -> nested.savepoint("howdah_1"))
                              .isInstanceOf(WrongArguments.class)
                              .hasMessageContaining("'howdah_1'");
                          return nested.execute("INSERT INTO t VALUES (1)");
                        })));
    assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(1L);
  }

  @Test
  default void goingBackToASavepointEndsThoseSetAfterIt(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction.Savepoint first = tx.savepoint("first");
          BlockingTransaction.Savepoint second = tx.savepoint("second");
          assertThatThrownBy(() -> tx.savepoint("first"))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("'first'");
          first.rollback();
          first.rollback();
          assertThatThrownBy(second::rollback)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("'second'")
              .hasMessageContaining("rollback to 'first'");
          tx.savepoint("second").release();
          first.release();
          assertThatThrownBy(first::release)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("release of 'first'");
          tx.commit();
          assertThatThrownBy(first::rollback)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("already committed");
        });
  }

  @Test
  default void aSavepointHealsAFailedTransaction(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          tx.execute("INSERT INTO t VALUES (1)");
          BlockingTransaction.Savepoint mark = tx.savepoint("before");
          assertThatThrownBy(() -> tx.execute("INSERT INTO t VALUES (1)"))
              .hasMessageContaining("duplicate");
          mark.rollback();
          tx.execute("INSERT INTO t VALUES (2)");
          tx.commit();
          assertThat(ids(db)).containsExactly(1, 2);
        });
  }

  @Test
  default void aSavepointWaitsForTheNestedTransactionAfterIt(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction.Savepoint mark = tx.savepoint("before");
          BlockingTransaction nested = tx.begin();
          nested.execute("INSERT INTO t VALUES (1)");
          assertThatThrownBy(mark::rollback)
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("nested");
          BlockingTransaction.Savepoint inner = nested.savepoint("before");
          nested.execute("INSERT INTO t VALUES (2)");
          inner.rollback();
          nested.commit();
          assertThatThrownBy(inner::rollback).isInstanceOf(TransactionState.class);
          assertThat(ids(tx)).containsExactly(1);
          mark.rollback();
          tx.commit();
          assertThat(ids(db)).isEmpty();
        });
  }
}
