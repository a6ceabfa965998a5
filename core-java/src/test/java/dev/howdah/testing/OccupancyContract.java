package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * One connection runs one thing at a time: what is called beside a stream, a transaction or another
 * call has one outcome, and it is never a mixture and never a wait for oneself.
 */
public interface OccupancyContract extends DatabaseUnderTest {
  private static Query<List<Integer>> numbers() {
    return Query.rows(Integer.class, "SELECT i FROM generate_series(1, 20) i").fetchSize(5);
  }

  private static Map<String, Consumer<BlockingQueries>> verbs() {
    Map<String, Consumer<BlockingQueries>> verbs = new LinkedHashMap<>();
    verbs.put("execute", handle -> handle.execute("SELECT 1"));
    verbs.put("executeScript", handle -> handle.executeScript("SELECT 1; SELECT 2"));
    verbs.put("fetch", handle -> handle.fetch("SELECT 1"));
    verbs.put("fetchRow", handle -> handle.fetchRow("SELECT 1"));
    verbs.put("fetchOne", handle -> handle.fetchOne("SELECT 1"));
    verbs.put("fetchValue", handle -> handle.fetchValue(Integer.class, "SELECT 1"));
    verbs.put("stream", handle -> handle.stream(numbers(), row -> {}));
    verbs.put("transaction", handle -> handle.transaction(tx -> tx.execute("SELECT 1")));
    verbs.put("begin", BlockingQueries::begin);
    return verbs;
  }

  private static void requireRefusals(BlockingQueries handle, String because) {
    verbs()
        .forEach(
            (name, verb) ->
                assertThatThrownBy(() -> verb.accept(handle))
                    .as(name)
                    .isInstanceOf(TransactionState.class)
                    .hasMessageStartingWith(name + " was called on ")
                    .hasMessageContaining(because));
  }

  @Test
  default void everyVerbIsRefusedWhileAStreamOfItsConnectionIsRead(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          try (BlockingConnection held = db.acquire()) {
            List<Integer> seen = new ArrayList<>();
            held.stream(
                numbers(),
                row -> {
                  seen.add(row);
                  if (row % 7 == 0) {
                    requireRefusals(held, "stream");
                  }
                });
            assertThat(seen).hasSize(20);
            assertThat(held.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          }
        });
  }

  @Test
  default void everyVerbIsRefusedWhileAStreamOfItsTransactionIsRead(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db ->
            db.transaction(
                tx -> {
                  List<Integer> seen = new ArrayList<>();
                  tx.stream(
                      numbers(),
                      row -> {
                        seen.add(row);
                        if (row % 7 == 0) {
                          requireRefusals(tx, "stream");
                          assertThatThrownBy(() -> tx.savepoint("a"))
                              .isInstanceOf(TransactionState.class)
                              .hasMessageContaining("savepoint");
                          assertThatThrownBy(() -> tx.cursor(numbers()))
                              .isInstanceOf(TransactionState.class)
                              .hasMessageContaining("cursor");
                        }
                      });
                  assertThat(seen).hasSize(20);
                  assertThat(tx.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
                  return "done";
                }));
  }

  @Test
  default void otherConnectionsGoOnWhileAStreamIsRead(TestDatabase server) {
    onDatabase(
        poolOf(server, 2),
        db -> {
          List<Integer> sums = new ArrayList<>();
          db.stream(
              numbers(), row -> sums.add(db.fetchOne(Integer.class, "SELECT $1::int + 1", row)));
          assertThat(sums).hasSize(20).startsWith(2, 3, 4);
        });
  }

  @Test
  default void theConnectionIsRefusedWhileItsTransactionIsOpen(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          try (BlockingConnection held = db.acquire()) {
            BlockingTransaction tx = held.begin();
            requireRefusals(held, "a transaction is open");
            tx.rollback();
            assertThat(held.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          }
        });
  }

  @Test
  default void theOuterTransactionIsRefusedWhileANestedOneIsOpen(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db ->
            db.transaction(
                tx ->
                    tx.transaction(
                        nested -> {
                          requireRefusals(tx, "nested");
                          assertThatThrownBy(() -> tx.savepoint("a"))
                              .isInstanceOf(TransactionState.class)
                              .hasMessageContaining("nested");
                          return nested.fetchOne(Integer.class, "SELECT 42");
                        })));
  }

  @Test
  default void theEndOfTheOuterOneIsTheEndOfTheNestedOnes(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          BlockingTransaction tx = db.begin();
          BlockingTransaction second = tx.begin();
          BlockingTransaction third = second.begin();
          tx.rollback();
          for (BlockingTransaction inner : List.of(second, third)) {
            assertThatThrownBy(() -> inner.execute("SELECT 1"))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining("already rolled back");
            assertThatThrownBy(inner::commit).isInstanceOf(TransactionState.class);
            inner.close();
          }
          assertThat(db.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
        });
  }

  @Test
  default void anOuterOneThatCommitsAroundANestedOneIsRolledBack(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    onDatabase(
        poolOf(server, 1),
        db -> {
          AtomicReference<BlockingTransaction> left = new AtomicReference<>();
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            left.set(tx.begin());
                            return "done";
                          }))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("rolled back as a whole")
              .hasMessageContaining("nested");
          assertThatThrownBy(() -> left.get().commit()).isInstanceOf(TransactionState.class);
          assertThat(db.fetch("SELECT * FROM t")).isEmpty();
        });
  }

  @Test
  default void aRollbackEndsAStreamOfItsTransaction(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          BlockingTransaction tx = db.begin();
          assertThatThrownBy(
                  () ->
                      tx.stream(
                          numbers(),
                          row -> {
                            if (row == 3) {
                              tx.rollback();
                            }
                          }))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("rolled back");
          assertThat(db.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
        });
  }

  @Test
  default void aReleaseEndsAStreamOfItsConnection(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          BlockingConnection held = db.acquire();
          assertThatThrownBy(
                  () ->
                      held.stream(
                          numbers(),
                          row -> {
                            if (row == 3) {
                              held.close();
                            }
                          }))
              .isInstanceOf(HandleReturned.class);
          assertThat(db.fetch("SELECT * FROM pg_cursors")).isEmpty();
          assertThatThrownBy(() -> held.stream(numbers(), row -> {}))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("stream");
        });
  }

  @Test
  default void callsAtOnceOnOneHandleRunOneByOneAndAreNotMixed(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          try (BlockingConnection held = db.acquire()) {
            requireOwnAnswers(held);
            BlockingTransaction tx = held.begin();
            requireOwnAnswers(tx);
            tx.commit();
          }
        });
  }

  private static void requireOwnAnswers(BlockingQueries handle) {
    List<CompletableFuture<List<Integer>>> callers = new ArrayList<>();
    for (int caller = 0; caller < 8; caller++) {
      int from = caller * 100;
      callers.add(
          CompletableFuture.supplyAsync(
              () -> {
                List<Integer> answers = new ArrayList<>();
                for (int i = 0; i < 25; i++) {
                  answers.addAll(
                      handle.fetch(
                          Integer.class, "SELECT $1::int + n FROM generate_series(0, 1) n", from));
                }
                return answers;
              }));
    }
    for (int caller = 0; caller < 8; caller++) {
      int from = caller * 100;
      assertThat(callers.get(caller).orTimeout(120, java.util.concurrent.TimeUnit.SECONDS).join())
          .hasSize(50)
          .containsOnly(from, from + 1);
    }
  }

  @Test
  default void aTimeoutInTheQueueOfAConnectionSendsNothing(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          try (BlockingConnection held = db.acquire()) {
            CompletableFuture<Long> slow;
            try (Lock lock = Lock.onNumber(server, 7)) {
              slow =
                  CompletableFuture.supplyAsync(
                      () -> held.execute("SELECT pg_advisory_xact_lock($1)", 7));
              Backends.of(server).requireRunning(1, "advisory");
              assertThatThrownBy(
                      () -> held.run(Query.execute("SELECT 1").timeout(Duration.ofMillis(50))))
                  .isInstanceOfSatisfying(
                      dev.howdah.error.ClientException.QueryTimeout.class,
                      late -> assertThat(late.nothingWasSent()).isTrue());
              assertThat(lock).isNotNull();
            }
            assertThat(slow.join()).isEqualTo(1);
          }
        });
  }
}
