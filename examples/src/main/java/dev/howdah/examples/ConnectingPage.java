package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.DatabaseManager;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.config.SslMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What docs/connecting.md shows: compiled, not run. */
final class ConnectingPage {
  private ConnectingPage() {}

  static Database byUrl() {
    // region url
    Database db = Database.connect("postgresql://app:p@ss#1@localhost/shop").join();
    // endregion
    return db;
  }

  static CompletableFuture<Database> byParts(String password) {
    // region parts
    DatabaseOptions options =
        DatabaseOptions.builder()
            .host("localhost")
            .port(5432)
            .user("app")
            .password(password) // as it is: nothing is unescaped
            .database("shop")
            .build();
    // endregion
    return Database.connect(options);
  }

  static CompletableFuture<DatabaseManager> byMap(String password) {
    // region map
    Map<String, Object> authParams =
        Map.of(
            "host", "localhost",
            "port", 5432,
            "user", "app",
            "password", password,
            "database", "shop");
    CompletableFuture<DatabaseManager> manager =
        DatabaseManager.connect(authParams, "repeat me before you delete");
    // endregion
    return manager;
  }

  static DatabaseOptions options(String url) {
    // region options
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(url)
            .applicationName("shop")
            .pool(pool -> pool.withSize(2, 20).withAcquireTimeout(Duration.ofSeconds(5)))
            .timeouts(timeouts -> timeouts.withQuery(Duration.ofSeconds(30)))
            .startRetry(Duration.ofMinutes(1)) // a server that wakes up when it is called
            .build();
    // endregion
    return options;
  }

  static DatabaseOptions tls(String url) {
    // region tls
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(url)
            .tls(
                tls ->
                    tls.withMode(SslMode.VERIFY_FULL)
                        .withRootCertificate(Path.of("/etc/ssl/shop-ca.pem")))
            .build();
    // endregion
    return options;
  }

  static DatabaseOptions password(String url, TokenService tokens) {
    // region password
    DatabaseOptions options =
        DatabaseOptions.builder().url(url).asyncPasswordSupplier(tokens::fresh).build();
    // endregion
    return options;
  }

  /** Whatever gives out passwords that do not last. */
  interface TokenService {
    CompletableFuture<String> fresh();
  }

  static ManagerOptions manager() {
    // region manager
    ManagerOptions options =
        ManagerOptions.of("repeat me before you delete")
            .withEcho(true)
            .withLogLevel(System.Logger.Level.WARNING);
    // endregion
    return options;
  }
}
