package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.DatabaseException;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Lock;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Transactions whose network fails while they begin, commit, roll back and give back. */
@PostgresTest
class BrokenTransactionDatabaseTest {
  /** Rows whose COMMIT waits for the lock of this number. */
  private static final int COMMIT_LOCK = 7;

  @BeforeEach
  void tables(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int); CREATE TABLE waits (id int);"
            + "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_advisory_xact_lock("
            + COMMIT_LOCK
            + "); RETURN NULL; END $$;"
            + "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON waits DEFERRABLE INITIALLY"
            + " DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()");
  }

  private static DatabaseOptions options(TestDatabase server, TcpProxy proxy) {
    DatabaseOptions options = impatient(server, proxy, 1);
    return options.withTimeouts(options.timeouts().withQuery(Duration.ofSeconds(2)));
  }

  private static void requireWorking(Database db) {
    Pools.requireAllBack(db);
    Eventually.require(
        "the database answers",
        () -> {
          try {
            return await(db.fetchValue(Integer.class, "SELECT 42")).orElseThrow() == 42;
          } catch (DatabaseException notYet) {
            return false;
          }
        });
  }

  private static long rows(TestDatabase server, String table) {
    return (Long) server.query("SELECT count(*) FROM " + table).get(0).get(0);
  }

  @Test
  void aRollbackThatIsNeverAnsweredIsGivenUpAndAddedToTheBlocksFailure(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server, proxy, 1)))) {
      IllegalStateException mine = new IllegalStateException("mine");
      CompletableFuture<?> block =
          db.transaction(
              tx -> {
                await(tx.execute("INSERT INTO t VALUES (1)"));
                proxy.pause();
                throw mine;
              });
      assertThat(Verb.failureOf(block)).isSameAs(mine);
      assertThat(mine.getSuppressed()).hasSize(1);
      assertThat(mine.getSuppressed()[0]).isInstanceOf(DatabaseException.class);
      proxy.resume();
      requireWorking(db);
      Eventually.require("the server has undone it", () -> Backends.of(server).busy() == 0);
      assertThat(rows(server, "t")).isZero();
    }
  }

  @Test
  void anUnansweredRollbackToASavepointIsGivenUpToo(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server, proxy, 1)))) {
      IllegalStateException mine = new IllegalStateException("mine");
      CompletableFuture<Object> block =
          db.transaction(
              tx ->
                  tx.transaction(
                      inner -> {
                        await(inner.execute("INSERT INTO t VALUES (1)"));
                        proxy.pause();
                        throw mine;
                      }));
      assertThat(Verb.failureOf(block)).isSameAs(mine);
      proxy.resume();
      requireWorking(db);
      assertThat(rows(server, "t")).isZero();
    }
  }

  @Test
  void givingBackOnADeadNetworkIsBounded(TestDatabase server) throws Exception {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server, proxy, 1)))) {
      Connection held = await(db.acquire());
      await(held.execute("SET statement_timeout = '1h'"));
      proxy.pause();
      held.closeAsync().get(60, TimeUnit.SECONDS);
      proxy.resume();
      requireWorking(db);
      assertThat(await(db.fetchValue(String.class, "SHOW statement_timeout"))).contains("0");
    }
  }

  @Test
  void aBeginThatIsNeverAnsweredEndsWithTheTimeLimit(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(options(server, proxy)));
        Connection held = await(db.acquire())) {
      proxy.pause();
      CompletableFuture<?> block = held.transaction(tx -> tx.execute("INSERT INTO t VALUES (1)"));
      assertThat(Verb.failureOf(block)).isInstanceOf(DatabaseException.class);
      proxy.resume();
    }
  }

  private record Fault(String name, Consumer<TcpProxy> happen) {}

  @TestFactory
  Stream<DynamicTest> aConnectionThatBreaksDuringCommitLeavesTheOutcomeUnknown(
      TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(
            new Fault("reset", TcpProxy::cutConnections),
            new Fault("closed", TcpProxy::closeConnections),
            new Fault("half closed", proxy -> proxy.halfClose(Direction.TO_CLIENT)),
            new Fault("silent", TcpProxy::forgetConnections))
        .map(
            fault ->
                backends.test(
                    fault.name(),
                    () -> {
                      server.sql("TRUNCATE waits");
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = await(Database.connect(options(server, proxy)))) {
                        try (Lock lock = Lock.onNumber(server, COMMIT_LOCK)) {
                          CompletableFuture<?> block =
                              db.transaction(tx -> tx.execute("INSERT INTO waits VALUES (1)"));
                          backends.requireRunning(1, "COMMIT");
                          fault.happen().accept(proxy);
                          assertThat(Verb.failureOf(block))
                              .isInstanceOf(CommitOutcomeUnknown.class);
                          assertThat(lock).isNotNull();
                        }
                        requireWorking(db);
                        // Unknown is the right word: here it took effect after all.
                        Eventually.require("it is committed", () -> rows(server, "waits") == 1);
                      }
                    }));
  }

  @Test
  void aCancelDuringCommitDoesNotUndoIt(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Long> block;
      try (Lock lock = Lock.onNumber(server, COMMIT_LOCK)) {
        block = db.transaction(tx -> tx.execute("INSERT INTO waits VALUES (1)"));
        backends.requireRunning(1, "COMMIT");
        block.cancel(true);
        assertThat(block).isCancelled();
        assertThat(db.status().inUse()).isEqualTo(1);
        assertThat(lock).isNotNull();
      }
      Pools.requireAllBack(db);
      assertThat(rows(server, "waits")).isEqualTo(1);
      backends.requireNothingLeft();
    }
  }

  @Test
  void theLimitOfAQueryDoesNotCutOffACommitThatIsSlow(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db =
        await(
            Database.connect(
                Pools.options(server, 1)
                    .withTimeouts(TimeoutOptions.defaults().withCancel(Duration.ofMillis(300)))))) {
      CompletableFuture<Long> block;
      try (Lock lock = Lock.onNumber(server, COMMIT_LOCK)) {
        block = db.transaction(tx -> tx.execute("INSERT INTO waits VALUES (1)"));
        backends.requireRunning(1, "COMMIT");
        Eventually.holds(Duration.ofMillis(500), block::isDone);
        assertThat(block).isNotDone();
        assertThat(lock).isNotNull();
      }
      assertThat(await(block)).isEqualTo(1);
      assertThat(rows(server, "waits")).isEqualTo(1);
    }
  }
}
