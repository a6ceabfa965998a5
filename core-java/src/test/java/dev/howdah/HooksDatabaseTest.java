package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What futures and null add to hooks; the rest is in the contract. */
@PostgresTest
class HooksDatabaseTest {
  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url())
        .withPool(PoolOptions.defaults().withSize(0, 1).withAcquireTimeout(Duration.ofSeconds(2)));
  }

  @Test
  void aFutureThatNeverEndsFailsWithinTheAcquireTimeout(TestDatabase server) {
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
  void aStatementThatAHookDidNotWaitForIsStopped(TestDatabase server) {
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                held -> {
                  CompletableFuture<Long> left = held.execute("SELECT pg_sleep(600)");
                  return CompletableFuture.completedFuture(left.isDone());
                });
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
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
