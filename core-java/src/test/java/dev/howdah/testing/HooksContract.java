package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks promise: when they run, what they may leave, and what their failures do. */
public interface HooksContract extends DatabaseUnderTest {
  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url())
        .withPool(PoolOptions.defaults().withSize(0, 1).withAcquireTimeout(Duration.ofSeconds(2)));
  }

  private static String lockTimeout(BlockingQueries db) {
    return db.fetchOne(String.class, "SHOW lock_timeout");
  }

  private static Object pid(BlockingQueries db) {
    return db.fetchOne(Integer.class, "SELECT pg_backend_pid()");
  }

  @Test
  default void initRunsOnceForAConnectionAndAgainWhenItsSessionWasWiped(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    BlockingHooks hooks =
        BlockingHooks.init(
            held -> {
              runs.incrementAndGet();
              held.execute("SET lock_timeout = '1234ms'");
            });
    onDatabase(
        poolOfOne(server),
        hooks,
        db -> {
          assertThat(runs).hasValue(1);
          for (int i = 0; i < 5; i++) {
            assertThat(lockTimeout(db)).isEqualTo("1234ms");
          }
          assertThat(runs).hasValue(1);
          db.execute("SET lock_timeout = '99ms'");
          assertThat(lockTimeout(db)).isEqualTo("1234ms");
          assertThat(runs).hasValue(2);
          db.expireConnections();
          assertThat(lockTimeout(db)).isEqualTo("1234ms");
          assertThat(runs).hasValue(3);
        });
  }

  @Test
  default void setupRunsBeforeAndResetAfterEachBorrower(TestDatabase server) {
    server.sql("CREATE TABLE log (id serial, what text)");
    BlockingHooks hooks =
        new BlockingHooks(
            null,
            held -> held.execute("INSERT INTO log (what) VALUES ('setup')"),
            held -> held.execute("INSERT INTO log (what) VALUES ('reset')"));
    onDatabase(
        poolOfOne(server),
        hooks,
        db -> {
          server.sql("TRUNCATE log");
          db.execute("INSERT INTO log (what) VALUES ('work')");
          db.transaction(tx -> tx.execute("INSERT INTO log (what) VALUES ('more')"));
          assertThat(db.stream(1, Query.rows("VALUES (1), (2), (3)"))).hasSize(1);
          assertThat(log(server))
              .containsExactly(
                  "setup", "work", "reset", "setup", "more", "reset", "setup", "reset");
        });
  }

  private static List<Object> log(TestDatabase server) {
    return server.query("SELECT what FROM log ORDER BY id").stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  default void everyVerbOfAConnectionWorksInAHook(TestDatabase server) {
    server.sql("CREATE TABLE seen (id int)");
    BlockingHooks hooks =
        BlockingHooks.setup(
            held -> {
              held.transaction(tx -> tx.execute("INSERT INTO seen VALUES (1)"));
              BlockingTransaction tx = held.begin();
              tx.execute("INSERT INTO seen VALUES (2)");
              tx.rollback();
              held.stream(Query.rows("SELECT * FROM seen"), row -> {});
              assertThat(held.prepare(Integer.class, "SELECT $1::int").fetchOne(3)).isEqualTo(3);
            });
    onDatabase(
        poolOfOne(server),
        hooks,
        db ->
            assertThat(db.fetch(Integer.class, "SELECT DISTINCT id FROM seen")).containsExactly(1));
  }

  @Test
  default void aHookThatAlwaysFailsFailsTheConnect(TestDatabase server) {
    BlockingHooks hooks = BlockingHooks.init(held -> held.execute("SELECT 1 / 0"));
    assertThatThrownBy(() -> connect(poolOfOne(server), hooks))
        .hasMessageContaining("division by zero");
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  default void aHookThatFailsOnceCostsItsBorrowerOnly(
      Class<? extends Throwable> type, TestDatabase server) throws ReflectiveOperationException {
    AtomicInteger runs = new AtomicInteger();
    Throwable mine = type.getConstructor().newInstance();
    BlockingHooks hooks =
        BlockingHooks.setup(
            held -> {
              if (runs.incrementAndGet() == 2) {
                throwAsIs(mine);
              }
              held.execute("SELECT 1");
            });
    onDatabase(
        poolOfOne(server),
        hooks,
        db -> {
          assertThatThrownBy(() -> db.fetch("SELECT 1"))
              // Kotlin gives a copy, with the original as its cause, when it looks for stack
              // traces.
              .satisfiesAnyOf(
                  thrown -> assertThat(thrown).isSameAs(mine),
                  thrown -> assertThat(thrown).cause().isSameAs(mine));
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
        });
  }

  private static void throwAsIs(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  default void aResetThatFailsClosesTheConnectionAndNothingElse(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    BlockingHooks hooks =
        BlockingHooks.reset(
            held -> held.execute(runs.incrementAndGet() == 2 ? "SELECT 1 / 0" : "SELECT 1"));
    onDatabase(poolOfOne(server), hooks, db -> assertThat(pid(db)).isNotEqualTo(pid(db)));
  }

  @Test
  default void aHookThatIsSlowFailsWithinTheAcquireTimeout(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    BlockingHooks hooks =
        BlockingHooks.setup(
            held ->
                held.execute(runs.incrementAndGet() == 2 ? "SELECT pg_sleep(600)" : "SELECT 1"));
    onDatabase(
        poolOfOne(server),
        hooks,
        db -> {
          assertThatThrownBy(() -> db.fetch("SELECT 1"))
              .isInstanceOf(PoolTimeout.class)
              .hasMessageContaining("setup hook");
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
        });
  }

  @Test
  default void aResetThatIsSlowIsBounded(TestDatabase server) {
    AtomicInteger runs = new AtomicInteger();
    BlockingHooks hooks =
        BlockingHooks.reset(
            held ->
                held.execute(runs.incrementAndGet() == 2 ? "SELECT pg_sleep(600)" : "SELECT 1"));
    onDatabase(
        poolOfOne(server).withTimeouts(TimeoutOptions.defaults().withCancel(Duration.ofSeconds(1))),
        hooks,
        db -> {
          assertThat(db.fetchValue(Integer.class, "SELECT 41")).contains(41);
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
        });
    // The leak check that follows sees that no pg_sleep runs any more.
  }

  @Test
  default void aHookMustNotLeaveATransactionOpen(TestDatabase server) {
    assertThatThrownBy(
            () -> connect(poolOfOne(server), BlockingHooks.init(held -> held.execute("BEGIN"))))
        .isInstanceOf(TransactionState.class)
        .hasMessageContaining("init hook");
    assertThatThrownBy(() -> connect(poolOfOne(server), BlockingHooks.setup(held -> held.begin())))
        .isInstanceOf(TransactionState.class)
        .hasMessageContaining("setup hook");
  }

  @Test
  default void aHooksHandleIsDeadBehindItAndMayBeClosedInIt(TestDatabase server) {
    AtomicReference<BlockingConnection> kept = new AtomicReference<>();
    BlockingHooks hooks =
        BlockingHooks.setup(
            held -> {
              kept.set(held);
              held.execute("SELECT 1");
              held.close();
            });
    onDatabase(
        poolOfOne(server),
        hooks,
        db -> {
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
          assertThatThrownBy(() -> kept.get().fetch("SELECT 1")).isInstanceOf(HandleReturned.class);
        });
  }
}
