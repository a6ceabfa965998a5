package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.row.Row;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transaction block promises: commit on return, nothing on failure, and whose failure. */
public interface TransactionContract extends DatabaseUnderTest {
  private void withTable(TestDatabase server, Consumer<BlockingDatabase> test) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY)");
    onDatabase(poolOf(server, 2), test);
  }

  private static List<Integer> ids(BlockingQueries db) {
    return db.fetch(Integer.class, "SELECT id FROM t ORDER BY id");
  }

  @Test
  default void transactionsCommitOnReturn(TestDatabase server) {
    withTable(
        server,
        db -> {
          String result =
              db.transaction(
                  tx -> {
                    tx.execute("INSERT INTO t VALUES (1)");
                    tx.execute("INSERT INTO t VALUES (2)");
                    return "done";
                  });
          assertThat(result).isEqualTo("done");
          assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(2L);
        });
  }

  @Test
  default void transactionsMayGiveNull(TestDatabase server) {
    withTable(server, db -> assertThat(db.<String>transaction(tx -> null)).isNull());
  }

  @Test
  default void transactionsRollBackOnFailureWithThatFailureUnchanged(TestDatabase server) {
    withTable(
        server,
        db -> {
          IllegalStateException mine = new IllegalStateException("mine");
          assertThatThrownBy(() -> db.transaction(tx -> insertAndThrow(tx, mine))).isSameAs(mine);
          assertThat(mine.getSuppressed()).isEmpty();
          assertThat(ids(db)).isEmpty();
        });
  }

  private static String insertAndThrow(BlockingQueries tx, RuntimeException mine) {
    tx.execute("INSERT INTO t VALUES (1)");
    throw mine;
  }

  /** Errors that Reactor takes for the end of the JVM are a caller's failure like any other. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        AssertionError.class,
        StackOverflowError.class,
        NoClassDefFoundError.class,
        OutOfMemoryError.class
      })
  default void anErrorRollsBackToo(Class<? extends Error> type, TestDatabase server)
      throws ReflectiveOperationException {
    Error mine = type.getConstructor().newInstance();
    withTable(
        server,
        db -> {
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            throw mine;
                          }))
              .isSameAs(mine);
          assertThat(ids(db)).isEmpty();
        });
  }

  @Test
  default void aServerErrorInsideRollsBack(TestDatabase server) {
    withTable(
        server,
        db -> {
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            return tx.execute("INSERT INTO t VALUES ($1)", 1);
                          }))
              .isInstanceOf(IntegrityViolation.UniqueViolation.class);
          assertThat(ids(db)).isEmpty();
        });
  }

  @Test
  default void aSwallowedServerErrorDoesNotPassForACommit(TestDatabase server) {
    withTable(
        server,
        db -> {
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            try {
                              tx.fetch("SELECT * FROM nowhere WHERE id = $1", 1);
                            } catch (SyntaxOrAccess.UndefinedTable swallowed) {
                              // The block goes on as if nothing had happened.
                            }
                            return "done";
                          }))
              .isInstanceOf(RolledBack.class)
              .hasCauseInstanceOf(SyntaxOrAccess.UndefinedTable.class);
          assertThat(ids(db)).isEmpty();
        });
  }

  @Test
  default void aFailureAtCommitIsThatFailure(TestDatabase server) {
    withTable(
        server,
        db -> {
          server.sql("CREATE TABLE child (id int REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
          assertThatThrownBy(() -> db.transaction(tx -> tx.execute("INSERT INTO child VALUES (7)")))
              .isInstanceOf(IntegrityViolation.ForeignKeyViolation.class);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM child")).contains(0L);
        });
  }

  @Test
  default void nestedTransactionsAreSavepoints(TestDatabase server) {
    withTable(
        server,
        db -> {
          db.transaction(
              tx -> {
                tx.execute("INSERT INTO t VALUES (1)");
                assertThatThrownBy(
                        () ->
                            tx.transaction(
                                nested -> {
                                  nested.execute("INSERT INTO t VALUES (2)");
                                  return nested.fetch("SELECT * FROM nowhere");
                                }))
                    .isInstanceOf(SyntaxOrAccess.UndefinedTable.class);
                return tx.transaction(nested -> nested.execute("INSERT INTO t VALUES (3)"));
              });
          assertThat(ids(db)).containsExactly(1, 3);
        });
  }

  @Test
  default void theFailureOfADeeplyNestedOneUndoesThatOneAlone(TestDatabase server) {
    withTable(
        server,
        db -> {
          IllegalStateException mine = new IllegalStateException("mine");
          db.transaction(
              tx -> {
                tx.execute("INSERT INTO t VALUES (1)");
                return tx.transaction(
                    second -> {
                      second.execute("INSERT INTO t VALUES (2)");
                      assertThatThrownBy(
                              () ->
                                  second.transaction(
                                      third -> {
                                        third.execute("INSERT INTO t VALUES (3)");
                                        throw mine;
                                      }))
                          .isSameAs(mine);
                      return second.execute("INSERT INTO t VALUES (4)");
                    });
              });
          assertThat(ids(db)).containsExactly(1, 2, 4);
        });
  }

  /** Every mode against every default that a role, a database or a session may have. */
  @ParameterizedTest
  @ValueSource(strings = {"read uncommitted", "read committed", "repeatable read", "serializable"})
  default void optionsWinOverEveryDefaultOfTheSession(String isolation, TestDatabase server) {
    for (String readOnly : List.of("on", "off")) {
      for (String deferrable : List.of("on", "off")) {
        onDatabase(
            poolOf(server, 1)
                .withSetting("default_transaction_isolation", isolation)
                .withSetting("default_transaction_read_only", readOnly)
                .withSetting("default_transaction_deferrable", deferrable),
            db -> {
              assertThat(modes(db, TransactionOptions.defaults()))
                  .containsExactly(isolation, readOnly, deferrable);
              for (Isolation wanted : Isolation.values()) {
                for (boolean reads : new boolean[] {true, false}) {
                  assertThat(
                          modes(
                              db,
                              TransactionOptions.defaults()
                                  .withIsolation(wanted)
                                  .withReadOnly(reads)
                                  .withDeferrable(false)))
                      .containsExactly(
                          wanted.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                          reads ? "on" : "off",
                          "off");
                }
              }
              assertThat(
                      modes(
                          db,
                          TransactionOptions.serializable()
                              .withReadOnly(true)
                              .withDeferrable(true)))
                  .containsExactly("serializable", "on", "on");
            });
      }
    }
  }

  private static List<@Nullable Object> modes(BlockingQueries db, TransactionOptions options) {
    Row modes =
        db.transaction(
            options,
            tx ->
                tx.fetchOne(
                    "SELECT current_setting('transaction_isolation') i,"
                        + " current_setting('transaction_read_only') r,"
                        + " current_setting('transaction_deferrable') d"));
    return modes.values();
  }

  @Test
  default void readOnlyTransactionsDoNotWrite(TestDatabase server) {
    withTable(
        server,
        db ->
            assertThatThrownBy(
                    () ->
                        db.transaction(
                            TransactionOptions.readingOnly(),
                            tx -> tx.execute("INSERT INTO t VALUES (1)")))
                .hasMessageContaining("read-only transaction"));
  }

  @Test
  default void nestedWithAnotherIsolationNamesBoth(TestDatabase server) {
    withTable(
        server,
        db ->
            assertThatThrownBy(
                    () ->
                        db.transaction(
                            TransactionOptions.repeatableRead(),
                            tx ->
                                tx.transaction(
                                    nested ->
                                        nested.transaction(
                                            TransactionOptions.serializable(),
                                            third -> third.execute("SELECT 1")))))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining("SERIALIZABLE")
                .hasMessageContaining("REPEATABLE READ"));
  }

  @Test
  default void rollbackOnlyGivesTheValueAndLeavesNothing(TestDatabase server) {
    withTable(
        server,
        db -> {
          long inserted =
              db.transaction(
                  TransactionOptions.rollingBack(),
                  tx -> tx.execute("INSERT INTO t SELECT generate_series(1, 5)"));
          assertThat(inserted).isEqualTo(5);
          assertThat(ids(db)).isEmpty();
          db.transaction(
              tx -> {
                tx.execute("INSERT INTO t VALUES (1)");
                return tx.transaction(
                    TransactionOptions.rollingBack(),
                    nested -> nested.execute("INSERT INTO t VALUES (2)"));
              });
          assertThat(ids(db)).containsExactly(1);
        });
  }

  @Test
  default void aTransactionHandleIsDeadAfterItsBlock(TestDatabase server) {
    withTable(
        server,
        db -> {
          AtomicReference<BlockingTransaction> kept = new AtomicReference<>();
          db.transaction(
              tx -> {
                kept.set(tx);
                return tx.execute("SELECT 1");
              });
          assertThatThrownBy(() -> kept.get().fetch("SELECT 1"))
              .isInstanceOfAny(TransactionState.class, HandleReturned.class)
              .hasMessageContaining("fetch");
          assertThatThrownBy(() -> kept.get().prepare(Integer.class, "SELECT 1"))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("prepare");
          assertThatThrownBy(() -> kept.get().savepoint("late"))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("savepoint");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"commit", "rollback", "close"})
  default void aBlockEndsItself(String verb, TestDatabase server) {
    withTable(
        server,
        db ->
            assertThatThrownBy(
                    () ->
                        db.transaction(
                            tx -> {
                              switch (verb) {
                                case "commit" -> tx.commit();
                                case "rollback" -> tx.rollback();
                                default -> tx.close();
                              }
                              return "done";
                            }))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining(verb)
                .hasMessageContaining("block"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "start transaction",
        "COMMIT",
        "/* the end */ END",
        "ROLLBACK",
        "ABORT",
        "SAVEPOINT a",
        "ROLLBACK TO a",
        "RELEASE a"
      })
  default void transactionControlAsTextIsRefused(String sql, TestDatabase server) {
    withTable(
        server,
        db -> {
          assertThatThrownBy(() -> db.transaction(tx -> tx.execute(sql)))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("execute")
              .hasMessageContaining("transaction(");
          assertThatThrownBy(() -> db.execute(sql))
              .isInstanceOf(TransactionState.class)
              .hasMessageContaining("execute")
              .hasMessageContaining("transaction(");
        });
  }
}
