package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.PoolStatus;
import dev.howdah.row.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a pool promises: who gets a connection, how it comes back, and when it is replaced. */
public interface PoolContract extends DatabaseUnderTest {
  private static DatabaseOptions pool(TestDatabase server, UnaryOperator<PoolOptions> change) {
    return DatabaseOptions.of(server.url()).withPool(change.apply(PoolOptions.defaults()));
  }

  private static int pid(BlockingQueries db) {
    return db.fetchOne(Integer.class, "SELECT pg_backend_pid()");
  }

  @Test
  default void aHeldConnectionKeepsItsSessionAndLeavesNothingBehind(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          int before = pid(db);
          db.connection(
              held -> {
                held.execute("SET statement_timeout = '1234ms'");
                held.execute("CREATE TEMP TABLE mine (id int)");
                held.execute("SELECT pg_advisory_lock(42)");
                held.execute("LISTEN somewhere");
                held.execute("DECLARE left_open CURSOR WITH HOLD FOR SELECT 1");
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
                      + " (SELECT count(*) FROM pg_cursors WHERE name = 'left_open') AS cursors,"
                      + " now() = statement_timestamp() AS fresh,"
                      + " pg_backend_pid() AS pid");
          assertThat(left.values()).containsExactly("0", null, 0L, 0L, 0L, true, before);
        });
  }

  @Test
  default void settingsOfAPooledCallAreGoneInTheNext(TestDatabase server) {
    onDatabase(
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
  default void settingsOfATransactionAndAStreamAreGoneInTheNext(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          db.transaction(tx -> tx.execute("SET lock_timeout = '99s'"));
          assertThat(db.fetchOne(String.class, "SHOW lock_timeout")).isEqualTo("0");
          db.stream(
              dev.howdah.query.Query.rows("SELECT set_config('lock_timeout', '99s', false)"),
              row -> {});
          assertThat(db.fetchOne(String.class, "SHOW lock_timeout")).isEqualTo("0");
        });
  }

  @Test
  default void aHeldHandleIsDeadAfterItsRelease(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          AtomicReference<BlockingConnection> kept = new AtomicReference<>();
          db.connection(
              held -> {
                kept.set(held);
                return held.execute("SELECT 1");
              });
          assertThatThrownBy(() -> kept.get().fetchRow("SELECT 1"))
              .isInstanceOf(HandleReturned.class)
              .hasMessageContaining("fetchRow");
          kept.get().close();
          db.release(kept.get());
          assertThat(db.status().inUse()).isZero();
        });
  }

  @Test
  default void aConnectionMayBeClosedInsideItsOwnBlock(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          String result =
              db.connection(
                  held -> {
                    held.close();
                    assertThatThrownBy(() -> held.execute("SELECT 1"))
                        .isInstanceOf(HandleReturned.class);
                    return "done " + db.fetchOne(Integer.class, "SELECT 42");
                  });
          assertThat(result).isEqualTo("done 42");
        });
  }

  @Test
  default void aFailedBlockGivesItsConnectionBack(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db -> {
          NoClassDefFoundError mine = new NoClassDefFoundError("mine");
          assertThatThrownBy(
                  () ->
                      db.connection(
                          held -> {
                            held.execute("SELECT 1");
                            throw mine;
                          }))
              .isSameAs(mine);
          assertThat(db.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
        });
  }

  @Test
  default void aConnectionOfAnotherDatabaseIsRefused(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db ->
            onDatabase(
                poolOf(server, 1),
                other -> {
                  BlockingConnection mine = db.acquire();
                  assertThatThrownBy(() -> other.release(mine))
                      .isInstanceOf(WrongArguments.class)
                      .hasMessageContaining("another database");
                  assertThat(mine.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
                  db.release(mine);
                  db.release(mine);
                  assertThat(db.status().inUse()).isZero();
                }));
  }

  @Test
  default void aWaitThatIsTooLongNamesThePoolsFigures(TestDatabase server) {
    onDatabase(
        pool(server, pool -> pool.withSize(0, 1).withAcquireTimeout(Duration.ofMillis(1_500))),
        db ->
            db.connection(
                held -> {
                  held.fetch("SELECT 'held'");
                  assertThatThrownBy(() -> db.fetch("SELECT 1"))
                      .isInstanceOf(PoolTimeout.class)
                      .hasMessageContaining("1500 ms")
                      .hasMessageContaining("in use 1")
                      .hasMessageContaining("waiting 1")
                      .hasMessageContaining("SELECT 'held'");
                  return held.execute("SELECT 1");
                }));
  }

  @Test
  default void theFiguresSayWhatThePoolDoes(TestDatabase server) {
    onDatabase(
        pool(server, pool -> pool.withSize(2, 3)),
        db -> {
          Eventually.require("two are ready", () -> db.status().size() == 2);
          BlockingConnection first = db.acquire();
          BlockingConnection second = db.acquire();
          BlockingConnection third = db.acquire();
          assertThat(db.status()).isEqualTo(new PoolStatus(3, 0, 3, 0, 3));
          CompletableFuture<Integer> fourth = CompletableFuture.supplyAsync(() -> pid(db));
          Eventually.require("one waits", () -> db.status().waiting() == 1);
          first.close();
          assertThat(fourth.join()).isPositive();
          second.close();
          third.close();
          assertThat(db.status()).isEqualTo(new PoolStatus(3, 3, 0, 0, 3));
        });
  }

  @Test
  default void callsOneAfterTheOtherShareOneConnection(TestDatabase server) {
    onDatabase(
        poolOf(server, 4),
        db -> {
          try (BlockingConnection first = db.acquire();
              BlockingConnection second = db.acquire()) {
            assertThat(pid(first)).isNotEqualTo(pid(second));
          }
          Set<Integer> pids = new HashSet<>();
          for (int i = 0; i < 20; i++) {
            pids.add(pid(db));
          }
          assertThat(pids).hasSize(1);
        });
  }

  @Test
  default void whoeverWaitsLongestIsServedFirst(TestDatabase server) {
    server.sql("CREATE TABLE served (place serial, caller int)");
    onDatabase(
        poolOf(server, 1),
        db -> {
          BlockingConnection held = db.acquire();
          List<CompletableFuture<Long>> callers = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            int caller = i;
            callers.add(
                CompletableFuture.supplyAsync(
                    () -> db.execute("INSERT INTO served (caller) VALUES ($1)", caller),
                    task -> new Thread(task, "caller " + caller).start()));
            Eventually.require("it waits", () -> db.status().waiting() == caller + 1);
          }
          held.close();
          callers.forEach(CompletableFuture::join);
          assertThat(db.fetch(Integer.class, "SELECT caller FROM served ORDER BY place"))
              .containsExactly(0, 1, 2, 3, 4);
        });
  }

  @Test
  default void expiredConnectionsAreReplaced(TestDatabase server) {
    onDatabase(
        poolOf(server, 2),
        db -> {
          BlockingConnection held = db.acquire();
          int borrowed = pid(held);
          int idle = pid(db);
          db.expireConnections();
          assertThat(pid(held)).isEqualTo(borrowed);
          int fresh = pid(db);
          assertThat(fresh).isNotIn(borrowed, idle);
          held.close();
          assertThat(pid(db)).isEqualTo(fresh);
          assertThat(db.status().size()).isEqualTo(1);
        });
  }

  @Test
  default void connectionsAreReplacedAfterTheirUses(TestDatabase server) {
    onDatabase(
        pool(server, pool -> pool.withSize(0, 1).withMaxUses(3)),
        db -> {
          Set<Integer> pids = new HashSet<>();
          for (int i = 0; i < 9; i++) {
            pids.add(pid(db));
          }
          assertThat(pids).hasSizeBetween(3, 4);
        });
  }

  @Test
  default void unusedConnectionsGo(TestDatabase server) {
    onDatabase(
        pool(server, pool -> pool.withSize(0, 2).withIdleTimeout(Duration.ofMillis(100))),
        db -> {
          assertThat(pid(db)).isPositive();
          Eventually.require("none is left", () -> db.status().size() == 0);
          assertThat(pid(db)).isPositive();
        });
  }

  @Test
  default void aDeadConnectionIsFoundBeforeItIsHandedOut(TestDatabase server) {
    onDatabase(
        pool(server, pool -> pool.withSize(0, 1).withValidateAfterIdle(Duration.ZERO)),
        db -> {
          int first = pid(db);
          server.sql("SELECT pg_terminate_backend(" + first + ", 5000)");
          assertThat(pid(db)).isNotEqualTo(first);
        });
  }

  @Test
  default void borrowedConnectionsAreListedWithThePlaceThatBorrowed(TestDatabase server) {
    onDatabase(
        pool(server, p -> p.withSize(0, 3).withLeakDetectionThreshold(Duration.ofMinutes(1))),
        db -> {
          assertThat(db.borrowedConnections()).isEmpty();
          BlockingConnection held = db.acquire();
          held.fetch("SELECT $1", "secret");
          BlockingTransaction tx = db.begin();
          List<BorrowedConnection> borrowed = db.borrowedConnections();
          assertThat(borrowed).hasSize(2);
          assertThat(borrowed.get(0).statement()).isEqualTo("SELECT $1");
          assertThat(borrowed.get(0).connection()).contains(server.address());
          assertThat(borrowed.get(0).toString()).doesNotContain("secret");
          assertThat(borrowed.get(0).held()).isGreaterThanOrEqualTo(borrowed.get(1).held());
          // The contract's adapters are what calls the library here.
          assertThat(borrowed).allMatch(one -> one.place().getFileName().contains("Handles."));
          tx.rollback();
          held.close();
          assertThat(db.borrowedConnections()).isEmpty();
        });
  }

  @Test
  default void closeWaitsForBorrowers(TestDatabase server) {
    BlockingDatabase db = connect(poolOf(server, 2));
    BlockingTransaction tx = db.begin();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(db::close);
    Eventually.require("new work is refused", () -> isRefused(db));
    assertThat(tx.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
    assertThat(closing).isNotDone();
    tx.commit();
    closing.join();
    // A server process lives on for a moment when its socket is closed.
    Eventually.require("no connection is left", () -> server.connections() == 0);
  }

  private static boolean isRefused(BlockingDatabase db) {
    try {
      db.acquire().close();
      return false;
    } catch (dev.howdah.error.ClientException.DatabaseClosed closing) {
      return true;
    }
  }

  @Test
  default void closingInsideABlockIsBounded(TestDatabase server) {
    BlockingDatabase db =
        connect(
            poolOf(server, 1)
                .withTimeouts(TimeoutOptions.defaults().withClose(Duration.ofMillis(200))));
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.execute("SELECT 1");
                      db.close();
                      return "done";
                    }))
        .isInstanceOf(dev.howdah.error.ClientException.class);
    server.requireNoConnections();
  }
}
