package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.LogRecords;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a transaction whose first statement, and BEGIN with it, was lost on the way. */
@PostgresTest
class FirstStatementDatabaseTest {
  private static final String INSERT = "INSERT INTO kept VALUES ($1)";

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE kept (id int)");
  }

  @Test
  void whatNeverArrivedIsNotCommitted(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.impatient(server, proxy, 1)))) {
      CompletableFuture<Long> swallowed =
          db.transaction(
              tx -> {
                proxy.pauseOpen();
                return tx.run(Query.execute(INSERT, 1).timeout(Duration.ofMillis(50)))
                    .exceptionally(late -> 0L);
              });
      assertThat(swallowed)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(RolledBack.class)
          .withRootCauseInstanceOf(QueryTimeout.class);
      proxy.closeConnections();
      assertThat(server.query("SELECT id FROM kept")).isEmpty();
    }
  }

  @Test
  void oneThatNobodyUsedIsNotBegunByTheResetHook(TestDatabase server) {
    ConnectionHooks hooks =
        ConnectionHooks.none().withReset(held -> held.execute("SELECT $1::int", 1));
    try (LogRecords log = new LogRecords();
        Database db = await(Database.connect(Pools.options(server, 1), hooks))) {
      int pid = Pools.pid(db);
      await(db.connection(Queries::begin).thenApply(Transaction::toString));
      assertThat(Pools.pid(db)).isEqualTo(pid);
      assertThat(log.warnings()).isEmpty();
    }
  }

  /** Without arguments BEGIN is answered first, and a stop may fall between the two. */
  @Test
  void whatWasToFollowAStoppedBeginDoesNotRun(TestDatabase server) {
    requireStopped(server, db -> db.transaction(tx -> tx.execute("SELECT pg_sleep(600)")));
  }

  @Test
  void whatWasToFollowAStoppedBeginOfAHeldConnectionDoesNotRun(TestDatabase server) {
    requireStopped(
        server,
        db ->
            db.connection(
                held ->
                    held.transaction(tx -> tx.executeScript("SELECT 1; SELECT pg_sleep(600)"))));
  }

  private static void requireStopped(
      TestDatabase server, Function<Database, CompletableFuture<?>> block) {
    Backends backends = Backends.of(server);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      int pid = Pools.pid(db);
      proxy.pause(Direction.TO_CLIENT);
      CompletableFuture<?> call = block.apply(db);
      Eventually.require("the server has begun", () -> backends.busy() == 1);
      call.cancel(true);
      proxy.resume();
      assertThat(Pools.pid(db)).isEqualTo(pid);
      assertThat(backends.running("pg_sleep")).isZero();
    }
  }
}
