package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.SyntaxOrAccess;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a database handle promises beyond its verbs: transactions, held connections, gather, end.
 */
public interface DatabaseContract {
  /** A connected database of the language under test. */
  BlockingDatabase connect(DatabaseOptions options);

  private void with(TestDatabase server, Consumer<BlockingDatabase> test) {
    with(DatabaseOptions.of(server.url()), test);
  }

  private void with(DatabaseOptions options, Consumer<BlockingDatabase> test) {
    try (BlockingDatabase db = connect(options)) {
      test.accept(db);
      // What was cancelled comes back a moment after its caller has heard of it.
      Eventually.require("every connection has been given back", () -> db.status().inUse() == 0);
    }
  }

  private DatabaseOptions poolOf(TestDatabase server, int size) {
    return DatabaseOptions.of(server.url())
        .withPool(
            PoolOptions.defaults().withSize(1, size).withAcquireTimeout(Duration.ofMillis(200)));
  }

  @Test
  default void transactionsCommitOnReturn(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE t (id int)");
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
    with(server, db -> assertThat(db.<String>transaction(tx -> null)).isNull());
  }

  @Test
  default void transactionsRollBackOnFailureWithThatFailureUnchanged(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE t (id int)");
          IllegalStateException mine = new IllegalStateException("mine");
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            throw mine;
                          }))
              .isSameAs(mine);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void aServerErrorInsideRollsBack(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE t (id int PRIMARY KEY)");
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          tx -> {
                            tx.execute("INSERT INTO t VALUES (1)");
                            return tx.execute("INSERT INTO t VALUES ($1)", 1);
                          }))
              .isInstanceOf(IntegrityViolation.UniqueViolation.class);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void aSwallowedServerErrorDoesNotPassForACommit(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE t (id int)");
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
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM t")).contains(0L);
        });
  }

  @Test
  default void nestedTransactionsAreSavepoints(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE t (id int)");
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
          assertThat(db.fetch(Integer.class, "SELECT id FROM t ORDER BY id")).containsExactly(1, 3);
        });
  }

  @Test
  default void transactionOptionsReachTheServer(TestDatabase server) {
    with(
        server,
        db -> {
          Row modes =
              db.transaction(
                  TransactionOptions.serializable().withReadOnly(true).withDeferrable(true),
                  tx ->
                      tx.fetchOne(
                          "SELECT current_setting('transaction_isolation') i,"
                              + " current_setting('transaction_read_only') r,"
                              + " current_setting('transaction_deferrable') d"));
          assertThat(modes.values()).containsExactly("serializable", "on", "on");
          assertThatThrownBy(
                  () ->
                      db.transaction(
                          TransactionOptions.readingOnly(),
                          tx -> tx.execute("CREATE TABLE x (i int)")))
              .hasMessageContaining("read-only transaction");
        });
  }

  @Test
  default void aTransactionHandleIsDeadAfterItsBlock(TestDatabase server) {
    with(
        server,
        db -> {
          AtomicReference<BlockingQueries> kept = new AtomicReference<>();
          db.transaction(
              tx -> {
                kept.set(tx);
                return tx.execute("SELECT 1");
              });
          assertThatThrownBy(() -> kept.get().fetch("SELECT 1"))
              .isInstanceOfAny(TransactionState.class, HandleReturned.class)
              .hasMessageContaining("fetch");
        });
  }

  @Test
  default void transactionControlAsTextIsRefusedInsideABlock(TestDatabase server) {
    with(
        server,
        db ->
            assertThatThrownBy(() -> db.transaction(tx -> tx.execute("COMMIT")))
                .isInstanceOf(TransactionState.class)
                .hasMessageContaining("COMMIT"));
  }

  @Test
  default void serializationFailuresAreRetriedWhenAsked(TestDatabase server) {
    with(
        server,
        db -> {
          db.execute("CREATE TABLE tries (n int)");
          db.execute("INSERT INTO tries VALUES (0)");
          int[] runs = {0};
          db.transaction(
              TransactionOptions.serializable().withRetries(3),
              tx -> {
                runs[0]++;
                if (runs[0] < 3) {
                  tx.execute(
                      "DO $$ BEGIN RAISE EXCEPTION 'conflict' USING ERRCODE = '40001'; END $$");
                }
                return tx.execute("UPDATE tries SET n = n + 1");
              });
          assertThat(runs[0]).isEqualTo(3);
          assertThat(db.fetchValue(Integer.class, "SELECT n FROM tries")).contains(1);
        });
  }

  @Test
  default void aHeldConnectionKeepsItsSessionAndLeavesNothingBehind(TestDatabase server) {
    with(
        poolOf(server, 1),
        db -> {
          db.connection(
              held -> {
                held.execute("SET statement_timeout = '1234ms'");
                held.execute("CREATE TEMP TABLE mine (id int)");
                held.execute("SELECT pg_advisory_lock(42)");
                held.execute("LISTEN somewhere");
                held.execute("BEGIN");
                assertThat(held.fetchValue(String.class, "SHOW statement_timeout"))
                    .contains("1234ms");
                return held.execute("INSERT INTO mine VALUES (1)");
              });
          Row left =
              db.fetchOne(
                  "SELECT current_setting('statement_timeout') AS timeout,"
                      + " to_regclass('pg_temp.mine')::text AS temp,"
                      + " (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                      + "   AND pid = pg_backend_pid()) AS locks,"
                      + " (SELECT count(*) FROM pg_listening_channels()) AS channels,"
                      + " now() = statement_timestamp() AS fresh");
          assertThat(left.values()).containsExactly("0", null, 0L, 0L, true);
        });
  }

  @Test
  default void settingsOfAPooledCallAreGoneInTheNext(TestDatabase server) {
    with(
        poolOf(server, 1),
        db -> {
          db.execute("SET search_path = nowhere");
          db.fetch("SELECT set_config('lock_timeout', '99s', false)");
          db.executeScript("BEGIN; SET LOCAL search_path = elsewhere");
          assertThat(
                  db.fetchOne(
                          "SELECT current_setting('search_path') s, current_setting('lock_timeout')"
                              + " l")
                      .values())
              .containsExactly("\"$user\", public", "0");
        });
  }

  @Test
  default void aHeldHandleIsDeadAfterItsRelease(TestDatabase server) {
    with(
        server,
        db -> {
          AtomicReference<BlockingQueries> kept = new AtomicReference<>();
          db.connection(
              held -> {
                kept.set(held);
                return held.execute("SELECT 1");
              });
          assertThatThrownBy(() -> kept.get().fetchRow("SELECT 1"))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("fetchRow");
        });
  }

  @Test
  default void aWaitThatIsTooLongNamesThePoolsFigures(TestDatabase server) {
    with(
        poolOf(server, 1),
        db ->
            db.connection(
                held -> {
                  assertThatThrownBy(() -> db.fetch("SELECT 1"))
                      .isInstanceOf(PoolTimeout.class)
                      .hasMessageContaining("200 ms")
                      .hasMessageContaining("in use 1")
                      .hasMessageContaining("waiting 1");
                  return held.execute("SELECT 1");
                }));
  }

  @Test
  default void gatherKeepsTheOrder(TestDatabase server) {
    with(
        poolOf(server, 4),
        db -> {
          List<Query<Optional<Integer>>> queries =
              IntStream.range(0, 500)
                  .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int * 2", i))
                  .toList();
          assertThat(db.gather(queries))
              .isEqualTo(IntStream.range(0, 500).mapToObj(i -> Optional.of(i * 2)).toList());
          assertThat(db.gather(List.<Query<Long>>of())).isEmpty();
        });
  }

  @Test
  default void gatherOfManyDoesNotFailOnTheAcquireQueue(TestDatabase server) {
    with(
        poolOf(server, 4),
        db -> {
          List<Query<Optional<Integer>>> queries =
              IntStream.range(0, 20_000)
                  .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int", i))
                  .toList();
          List<Optional<Integer>> answers = db.gather(queries);
          assertThat(answers).hasSize(20_000);
          assertThat(answers.get(19_999)).contains(19_999);
        });
  }

  @Test
  default void gatherFailsWithTheFirstFailureAndStopsTheRest(TestDatabase server) {
    with(
        poolOf(server, 3),
        db ->
            assertThatThrownBy(
                    () ->
                        db.gather(
                            List.of(
                                Query.execute("SELECT pg_sleep(600)"),
                                Query.execute("SELECT 1 / $1", 0),
                                Query.execute("SELECT pg_sleep(600)"))))
                .hasMessageContaining("division by zero"));
    // The leak check that follows every test sees that no pg_sleep runs any more.
  }

  @Test
  default void gatherOutcomesCollectsFailures(TestDatabase server) {
    with(
        poolOf(server, 3),
        db -> {
          List<Outcome<Optional<Integer>>> outcomes =
              db.gatherOutcomes(
                  IntStream.range(0, 30)
                      .mapToObj(i -> Query.value(Integer.class, "SELECT 100 / $1::int", i % 3))
                      .toList());
          for (int i = 0; i < 30; i++) {
            assertThat(outcomes.get(i).succeeded()).isEqualTo(i % 3 != 0);
          }
          assertThat(outcomes.get(1).value()).contains(100);
          assertThat(outcomes.get(0).failure().orElseThrow())
              .hasMessageContaining("division by zero");
        });
  }

  @Test
  default void afterCloseEveryVerbSaysSo(TestDatabase server) {
    BlockingDatabase db = connect(DatabaseOptions.of(server.url()));
    db.close();
    db.close();
    assertThatThrownBy(() -> db.fetch("SELECT 1"))
        .isInstanceOf(DatabaseClosed.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> db.transaction(tx -> tx.execute("SELECT 1")))
        .isInstanceOf(DatabaseClosed.class);
    assertThatThrownBy(() -> db.gather(List.of(Query.execute("SELECT 1"))))
        .isInstanceOf(DatabaseClosed.class);
  }

  @Test
  default void wrongDatabaseFailsInConnect(TestDatabase server) {
    assertThatThrownBy(
            () -> connect(DatabaseOptions.of(server.url()).withDatabase("no_such_database")))
        .hasMessageContaining("no_such_database")
        .hasToString(
            "UndefinedDatabase: database \"no_such_database\" does not exist\n"
                + "  SQLSTATE 3D000, connection "
                + server.address()
                + "/no_such_database as "
                + server.user());
  }

  @Test
  default void poolerModeNeedsNoNamedStatements(TestDatabase server) {
    with(
        poolOf(server, 1).withPoolerMode(true),
        db -> {
          assertThat(db.fetchValue(Integer.class, "SELECT $1::int", 1)).contains(1);
          assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM pg_prepared_statements"))
              .contains(0L);
        });
  }
}
