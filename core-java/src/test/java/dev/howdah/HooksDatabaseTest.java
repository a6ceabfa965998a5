package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A program's own steps: when they run, what they may leave, and what their failures do. */
@PostgresTest
class HooksDatabaseTest {
  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url())
        .withPool(PoolOptions.defaults().withSize(0, 1).withAcquireTimeout(Duration.ofMillis(500)));
  }

  private static String lockTimeout(Database db) {
    return await(db.fetchOne(String.class, "SHOW lock_timeout"));
  }

  @Test
  void initRunsOnceForAConnectionAndAgainWhenItsSessionWasWiped(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withInit(
                held -> {
                  runs.incrementAndGet();
                  return held.execute("SET lock_timeout = '1234ms'");
                });
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      assertThat(runs).hasValue(1);
      for (int i = 0; i < 5; i++) {
        assertThat(lockTimeout(db)).isEqualTo("1234ms");
      }
      assertThat(runs).hasValue(1);
      await(db.execute("SET lock_timeout = '99ms'"));
      assertThat(lockTimeout(db)).isEqualTo("1234ms");
      assertThat(runs).hasValue(2);
      db.expireConnections();
      assertThat(lockTimeout(db)).isEqualTo("1234ms");
      assertThat(runs).hasValue(3);
    }
  }

  @Test
  void setupRunsBeforeAndResetAfterEachBorrower(TestDatabase server) {
    server.sql("CREATE TABLE log (id serial, what text)");
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(held -> held.execute("INSERT INTO log (what) VALUES ('setup')"))
            .withReset(held -> held.execute("INSERT INTO log (what) VALUES ('reset')"));
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      server.sql("TRUNCATE log");
      await(db.execute("INSERT INTO log (what) VALUES ('work')"));
      assertThat(server.query("SELECT what FROM log ORDER BY id").stream().map(row -> row.get(0)))
          .containsExactly("setup", "work", "reset");
      await(db.transaction(tx -> tx.execute("INSERT INTO log (what) VALUES ('more')")));
      assertThat(server.query("SELECT what FROM log ORDER BY id").stream().map(row -> row.get(0)))
          .containsExactly("setup", "work", "reset", "setup", "more", "reset");
    }
  }

  @Test
  void aHookThatAlwaysFailsFailsTheConnect(TestDatabase server) {
    ConnectionHooks hooks = ConnectionHooks.none().withInit(held -> held.execute("SELECT 1 / 0"));
    assertThatThrownBy(() -> await(Database.connect(poolOfOne(server), hooks)))
        .hasMessageContaining("division by zero");
  }

  @Test
  void aHookThatFailsOnceCostsItsBorrowerOnly(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    IllegalStateException mine = new IllegalStateException("mine");
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                held -> {
                  if (runs.incrementAndGet() == 2) {
                    throw mine;
                  }
                  return held.execute("SELECT 1");
                });
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      assertThatThrownBy(() -> await(db.fetch("SELECT 1"))).isSameAs(mine);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      Eventually.require("all are back", () -> db.status().inUse() == 0);
    }
  }

  @Test
  void aResetThatFailsClosesTheConnectionAndNothingElse(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withReset(
                held ->
                    runs.incrementAndGet() == 2
                        ? held.execute("SELECT 1 / 0")
                        : held.execute("SELECT 1"));
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      Object first = await(db.fetchOne("SELECT pg_backend_pid()")).get(0);
      Object second = await(db.fetchOne("SELECT pg_backend_pid()")).get(0);
      assertThat(second).isNotEqualTo(first);
    }
  }

  @Test
  void aHookThatNeverEndsFailsWithinTheAcquireTimeout(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                held ->
                    runs.incrementAndGet() == 2
                        ? new CompletableFuture<>()
                        : CompletableFuture.completedFuture("ready"));
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      assertThatThrownBy(() -> await(db.fetch("SELECT 1")))
          .isInstanceOf(PoolTimeout.class)
          .hasMessageContaining("setup hook");
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aResetThatNeverEndsIsBounded(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withReset(
                held ->
                    runs.incrementAndGet() == 2
                        ? held.execute("SELECT pg_sleep(600)")
                        : CompletableFuture.completedFuture("clean"));
    DatabaseOptions options =
        poolOfOne(server)
            .withTimeouts(TimeoutOptions.defaults().withCancel(Duration.ofMillis(300)));
    try (Database db = await(Database.connect(options, hooks))) {
      assertThat(await(db.fetchValue(Integer.class, "SELECT 41"))).contains(41);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
    // The leak check that follows sees that no pg_sleep runs any more.
  }

  @Test
  void aHookMustNotLeaveATransactionOpen(TestDatabase server) {
    ConnectionHooks hooks = ConnectionHooks.none().withInit(held -> held.execute("BEGIN"));
    assertThatThrownBy(() -> await(Database.connect(poolOfOne(server), hooks)))
        .isInstanceOf(TransactionState.class)
        .hasMessageContaining("init hook");
  }

  @Test
  void aHooksHandleIsDeadBehindItAndMayBeClosedInIt(TestDatabase server) {
    AtomicReference<Connection> kept = new AtomicReference<>();
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                held -> {
                  kept.set(held);
                  return held.execute("SELECT 1").thenCompose(one -> held.closeAsync());
                });
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      assertThatThrownBy(() -> await(kept.get().fetch("SELECT 1")))
          .isInstanceOf(HandleReturned.class);
    }
  }

  @Test
  void aNullHookAndOneThatReturnsNullAreRefused(TestDatabase server) {
    assertThatThrownBy(() -> ConnectionHooks.none().withSetup(null))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("withSetup");
    ConnectionHooks hooks = ConnectionHooks.none().withInit(held -> null);
    assertThatThrownBy(() -> await(Database.connect(poolOfOne(server), hooks)))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("returned null");
  }
}
