package dev.howdah.testing;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import java.time.Duration;
import java.util.Optional;

/** Databases with few connections, for tests in which it matters who has one. */
public final class Pools {
  private Pools() {}

  /** A connected database whose pool has exactly this size. */
  public static Database of(TestDatabase server, int size) {
    return JavaHandles.await(Database.connect(options(server.url(), size)));
  }

  /** The options of a pool of exactly this size. */
  public static DatabaseOptions options(TestDatabase server, int size) {
    return options(server.url(), size);
  }

  /**
   * The options of a pool of up to this size behind a faulty network: nothing is opened before it
   * is needed, a connection is asked each time whether it lives, and the library's own patience is
   * short enough to be waited for in a test.
   */
  public static DatabaseOptions impatient(TestDatabase server, TcpProxy proxy, int size) {
    return DatabaseOptions.of(server.url(proxy))
        .withPool(PoolOptions.defaults().withSize(0, size).withValidateAfterIdle(Duration.ZERO))
        .withTimeouts(
            TimeoutOptions.defaults()
                .withConnect(Duration.ofSeconds(2))
                .withCancel(Duration.ofSeconds(2)));
  }

  /** The options of a pool of exactly this size behind a network. */
  public static DatabaseOptions options(TestDatabase server, TcpProxy proxy, int size) {
    return options(server.url(proxy), size);
  }

  private static DatabaseOptions options(String url, int size) {
    return DatabaseOptions.of(url).withPool(PoolOptions.defaults().withSize(size));
  }

  /** The server process that answers the next call. */
  public static int pid(dev.howdah.Queries handle) {
    Optional<Integer> pid =
        JavaHandles.await(handle.fetchValue(Integer.class, "SELECT pg_backend_pid()"));
    return pid.orElseThrow();
  }

  /** Waits until nobody uses or waits for a connection. */
  public static void requireAllBack(Database database) {
    Eventually.require(
        "all connections are back, " + database.status(),
        () -> database.status().inUse() == 0 && database.status().waiting() == 0);
  }
}
