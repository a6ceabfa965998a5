package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.LogRecords;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is said of a transaction that was given up before it was there. */
@PostgresTest
class CancelledBeginDatabaseTest {
  @Test
  void nobodyIsBlamedForATransactionThatOnlyWeBegan(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (LogRecords log = new LogRecords();
        TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      await(db.execute("SELECT 1"));
      proxy.pause(Direction.TO_CLIENT);
      CompletableFuture<Transaction> begun = db.begin();
      Eventually.require("the server has begun it", () -> backends.busy() == 1);
      begun.cancel(true);
      proxy.resume();
      Pools.requireAllBack(db);
      assertThat(
              await(
                  db.fetchValue(Boolean.class, "SELECT pg_current_xact_id_if_assigned() IS NULL")))
          .contains(true);
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
