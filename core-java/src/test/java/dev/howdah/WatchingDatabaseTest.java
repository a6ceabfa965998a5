package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Ledger;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What listeners hear of cancelled futures; the rest is in the contract. */
@PostgresTest
class WatchingDatabaseTest {
  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1));
  }

  @Test
  void cancelledCallsAreToldAsCancelled(TestDatabase server) {
    Ledger ledger = new Ledger();
    try (Database db = await(Database.connect(poolOfOne(server).withListener(ledger)));
        Connection held = await(db.acquire())) {
      CompletableFuture<?> waiting = db.fetch("SELECT 1");
      waiting.cancel(true);
      ledger.requireOneEndEach();
      assertThat(ledger.failures()).singleElement().isInstanceOf(CancellationException.class);
      CompletableFuture<?> running = held.fetch("SELECT pg_sleep(600)");
      Eventually.require(
          "it runs",
          () ->
              db.borrowedConnections().stream()
                  .anyMatch(one -> String.valueOf(one.statement()).contains("pg_sleep")));
      running.cancel(true);
      ledger.requireOneEndEach();
      assertThat(ledger.failures()).hasSize(2).hasOnlyElementsOfType(CancellationException.class);
      assertThat(ledger.details().get(0).connection()).isNull();
      assertThat(ledger.details().get(1).connection()).contains(server.address());
    }
  }

  @Test
  void aCancelledStreamHasOneEnd(TestDatabase server) {
    Ledger ledger = new Ledger();
    try (Database db = await(Database.connect(poolOfOne(server).withListener(ledger)))) {
      for (int i = 0; i < 50; i++) {
        CompletableFuture<?> reading =
            db.stream("SELECT generate_series(1, 100000)").forEach(row -> {});
        reading.cancel(true);
      }
      Eventually.require("all are back", () -> db.status().inUse() == 0);
      ledger.requireOneEndEach();
    }
  }
}
