package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cursors and prepared queries promise. */
public interface CursorContract extends DatabaseUnderTest {
  private void withTable(TestDatabase server, Consumer<BlockingDatabase> test) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    onDatabase(poolOf(server, 1), test);
  }

  private static Query<List<Integer>> numbers(int count) {
    return Query.rows(Integer.class, "SELECT i FROM generate_series(1, $1::int) i", count);
  }

  @Test
  default void aCursorReadsInPortionsBetweenOtherStatements(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction.Cursor<Integer> cursor = tx.cursor(numbers(10));
          assertThat(cursor.fetch(3)).containsExactly(1, 2, 3);
          tx.execute("INSERT INTO t VALUES (1)");
          assertThat(cursor.skip(4)).isEqualTo(4);
          assertThat(cursor.fetch(2)).containsExactly(8, 9);
          assertThat(cursor.fetch(5)).containsExactly(10);
          assertThat(cursor.fetch(5)).isEmpty();
          assertThat(cursor.skip(5)).isZero();
          cursor.close();
          cursor.close();
          assertThatThrownBy(() -> cursor.fetch(1))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("fetch");
          assertThat(tx.fetch("SELECT * FROM pg_cursors")).isEmpty();
          tx.commit();
        });
  }

  /**
   * One that the server holds, and one that is kept here because PostgreSQL has no cursor for it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"VALUES (1), (2), (3)", "INSERT INTO t VALUES (1), (2), (3) RETURNING id"})
  default void cursorsOfEveryKindBehaveAlike(String sql, TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction.Cursor<Integer> cursor = tx.cursor(Query.rows(Integer.class, sql));
          assertThatThrownBy(() -> cursor.fetch(0)).isInstanceOf(WrongArguments.class);
          assertThatThrownBy(() -> cursor.skip(-1)).isInstanceOf(WrongArguments.class);
          assertThat(cursor.skip(1)).isEqualTo(1);
          assertThat(cursor.fetch(1)).containsExactly(2);
          assertThat(cursor.skip(Long.MAX_VALUE)).isEqualTo(1);
          assertThat(cursor.skip(Long.MAX_VALUE)).isZero();
          assertThat(cursor.fetch(Integer.MAX_VALUE)).isEmpty();
          tx.commit();
          assertThatThrownBy(() -> cursor.fetch(1))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("fetch")
              .hasMessageContaining("already committed");
          cursor.close();
        });
  }

  @Test
  default void severalCursorsAreNotMixed(TestDatabase server) {
    withTable(
        server,
        db ->
            db.transaction(
                tx -> {
                  List<BlockingTransaction.Cursor<Integer>> cursors =
                      IntStream.range(0, 20)
                          .mapToObj(
                              n ->
                                  tx.cursor(
                                      Query.rows(
                                          Integer.class,
                                          "SELECT i * 100 + $1 FROM generate_series(0, 9) i",
                                          n)))
                          .toList();
                  for (int i = 0; i < 10; i++) {
                    for (int n = 0; n < 20; n++) {
                      assertThat(cursors.get(n).fetch(1)).containsExactly(i * 100 + n);
                    }
                  }
                  return "done";
                }));
  }

  @Test
  default void aCursorOfANestedTransactionEndsWithIt(TestDatabase server) {
    withTable(
        server,
        db ->
            db.transaction(
                tx -> {
                  BlockingTransaction nested = tx.begin();
                  BlockingTransaction.Cursor<Integer> inner = nested.cursor(numbers(10));
                  assertThat(inner.fetch(1)).containsExactly(1);
                  nested.commit();
                  assertThatThrownBy(() -> inner.fetch(1))
                      .isInstanceOf(TransactionState.class)
                      .hasMessageContaining("already committed");
                  inner.close();
                  // The server still holds the inner one, under its name.
                  assertThat(tx.cursor(numbers(3)).fetch(9)).containsExactly(1, 2, 3);
                  return "done";
                }));
  }

  @Test
  default void anOuterCursorCanBeReadWhileANestedTransactionRuns(TestDatabase server) {
    withTable(
        server,
        db ->
            db.transaction(
                tx -> {
                  BlockingTransaction.Cursor<Integer> cursor = tx.cursor(numbers(3));
                  for (int id : cursor.fetch(2)) {
                    tx.transaction(nested -> nested.execute("INSERT INTO t VALUES ($1)", id));
                  }
                  assertThat(cursor.fetch(2)).containsExactly(3);
                  assertThat(tx.fetch("SELECT * FROM t")).hasSize(2);
                  return "done";
                }));
  }

  @Test
  default void aCursorIsUndoneWithWhatASavepointUndoes(TestDatabase server) {
    withTable(
        server,
        db -> {
          db.transaction(
              tx -> {
                tx.execute("INSERT INTO t VALUES (1)");
                BlockingTransaction.Cursor<Integer> before = tx.cursor(numbers(3));
                BlockingTransaction.Savepoint mark = tx.savepoint("mark");
                BlockingTransaction.Cursor<Integer> after = tx.cursor(numbers(3));
                assertThat(after.fetch(1)).containsExactly(1);
                mark.rollback();
                assertThatThrownBy(() -> after.fetch(1))
                    .isInstanceOf(TransactionState.class)
                    .hasMessageContaining("fetch")
                    .hasMessageContaining("rollback to 'mark'");
                after.close();
                assertThat(before.fetch(1)).containsExactly(1);
                return tx.execute("INSERT INTO t VALUES (2)");
              });
          assertThat(db.fetch("SELECT * FROM t")).hasSize(2);
        });
  }

  @Test
  default void aFailedPortionIsTheServersFailure(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction.Savepoint mark = tx.savepoint("mark");
          BlockingTransaction.Cursor<Integer> cursor =
              tx.cursor(
                  Query.rows(Integer.class, "SELECT 10 / (3 - i) FROM generate_series(1, 9) i"));
          assertThat(cursor.fetch(2)).containsExactly(5, 10);
          assertThatThrownBy(() -> cursor.fetch(2)).hasMessageContaining("division by zero");
          cursor.close();
          mark.rollback();
          assertThat(tx.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          tx.rollback();
        });
  }

  @Test
  default void preparedQueriesRunOftenAndEndWithTheirHandle(TestDatabase server) {
    withTable(
        server,
        db -> {
          BlockingConnection held = db.acquire();
          BlockingPreparedQuery<Integer> twice = held.prepare(Integer.class, "SELECT $1::int * 2");
          for (int i = 0; i < 20; i++) {
            assertThat(twice.fetchOne(i)).isEqualTo(i * 2);
          }
          assertThat(twice.fetchRow(4)).contains(8);
          assertThat(twice.fetch(4)).containsExactly(8);
          assertThat(twice.stream(4)).containsExactly(8);
          assertThat(twice.execute(4)).isEqualTo(1);
          assertThat(
                  held.fetchValue(
                      Long.class,
                      "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE"
                          + " 'SELECT $1::int * 2'"))
              .contains(1L);
          assertThatThrownBy(twice::fetchOne).isInstanceOf(WrongArguments.class);
          held.close();
          assertThatThrownBy(() -> twice.fetchOne(1))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("fetchOne");
          assertThatThrownBy(() -> held.prepare(Integer.class, "SELECT 1"))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("prepare");
        });
  }

  @Test
  default void preparedQueriesTakeNamesToo(TestDatabase server) {
    withTable(
        server,
        db ->
            db.transaction(
                tx -> {
                  BlockingPreparedQuery<Integer> sum =
                      tx.prepare(Integer.class, "SELECT :a::int + :b::int + :a::int");
                  assertThat(sum.fetchOne(Map.of("a", 1, "b", 10))).isEqualTo(12);
                  assertThat(sum).asString().contains(":a::int + :b::int");
                  return "done";
                }));
  }

  @Test
  default void aTextThatIsNoneIsRefusedWhenItIsPrepared(TestDatabase server) {
    withTable(
        server,
        db -> {
          try (BlockingConnection held = db.acquire()) {
            assertThatThrownBy(() -> held.prepare(Integer.class, "SELECT $1 + :a"))
                .isInstanceOf(WrongArguments.class);
          }
        });
  }
}
