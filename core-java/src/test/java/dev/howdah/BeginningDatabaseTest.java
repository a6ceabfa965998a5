package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.LogRecords;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BEGIN goes with a transaction's first statement. */
@PostgresTest
class BeginningDatabaseTest {
  private static final String INSERT = "INSERT INTO kept VALUES ($1)";

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE kept (id int)");
  }

  @Test
  void aTransactionThatRunsNothingSendsNothing(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      proxy.pause(Direction.TO_SERVER);
      String done = await(db.transaction(tx -> CompletableFuture.completedFuture("done")));
      assertThat(done).isEqualTo("done");
      Transaction rolledBack = await(db.begin());
      await(rolledBack.rollback());
      Transaction committed = await(db.begin());
      await(committed.commit());
      proxy.resume();
      Pools.requireAllBack(db);
      assertThat(await(db.fetchOne(Integer.class, "SELECT 1"))).isEqualTo(1);
    }
  }

  @Test
  void theFirstStatementDoesNotWaitForBegin(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      await(db.execute(INSERT, 1));
      proxy.pause(Direction.TO_CLIENT);
      CompletableFuture<Long> inserted = db.transaction(tx -> tx.execute(INSERT, 2));
      Eventually.require(
          "the server has run it in a transaction",
          () -> backends.busy() == 1 && backends.running("INSERT INTO kept") == 0);
      proxy.resume();
      assertThat(await(inserted)).isEqualTo(1);
      assertThat(server.query("SELECT sum(id) FROM kept").get(0)).containsExactly(3L);
    }
  }

  @Test
  void allKindsOfFirstStatementsAreInTheTransaction(TestDatabase server) {
    TransactionOptions undone = TransactionOptions.defaults().withRollbackOnly(true);
    try (Database db = await(Database.connect(server.url()))) {
      await(db.transaction(undone, tx -> tx.execute("INSERT INTO kept VALUES (1)")));
      await(db.transaction(undone, tx -> tx.execute(INSERT, 2)));
      await(db.transaction(undone, tx -> tx.fetch(INSERT + " RETURNING id", 3)));
      await(
          db.transaction(
              undone,
              tx -> tx.executeScript("INSERT INTO kept VALUES (4); INSERT INTO kept VALUES (5)")));
      await(db.transaction(undone, tx -> tx.executeMany(INSERT, List.of(List.of(6), List.of(7)))));
      await(db.transaction(undone, tx -> tx.transaction(nested -> nested.execute(INSERT, 9))));
      await(
          db.transaction(
              undone, tx -> tx.savepoint("mine").thenCompose(mark -> tx.execute(INSERT, 10))));
      assertThat(server.query("SELECT id FROM kept")).isEmpty();
    }
  }

  @Test
  void aFirstStatementThatFailsFailsTheTransaction(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<Long> swallowed =
          db.transaction(
              tx ->
                  tx.execute("SELECT 1 / $1::int", 0)
                      .exceptionally(failure -> 0L)
                      .thenCompose(ignored -> tx.execute(INSERT, 1).exceptionally(failure -> 0L)));
      assertThat(swallowed)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(RolledBack.class);
      assertThat(server.query("SELECT id FROM kept")).isEmpty();
    }
  }

  @Test
  void aFirstStatementThatIsCancelledLeavesNothing(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (LogRecords log = new LogRecords();
        TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      await(db.execute(INSERT, 1));
      proxy.pause(Direction.TO_CLIENT);
      CompletableFuture<Long> inserted = db.transaction(tx -> tx.execute(INSERT, 2));
      Eventually.require("the server has begun it", () -> backends.busy() == 1);
      inserted.cancel(true);
      proxy.resume();
      Pools.requireAllBack(db);
      assertThat(
              await(
                  db.fetchValue(Boolean.class, "SELECT pg_current_xact_id_if_assigned() IS NULL")))
          .contains(true);
      assertThat(server.query("SELECT id FROM kept")).hasSize(1);
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void aBorrowerWhoLeavesOneOpenIsTold(TestDatabase server) {
    try (LogRecords log = new LogRecords();
        Database db = await(Database.connect(server.url()))) {
      await(db.connection(held -> held.execute("BEGIN")));
      assertThat(log.warnings()).singleElement().asString().contains("with a transaction open");
    }
  }
}
