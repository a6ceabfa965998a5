package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNullElse;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.HostPort;
import dev.howdah.config.Password;
import dev.howdah.config.SslMode;
import dev.howdah.embedded.EmbeddedPostgres;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL server that is measured: the one somebody named, or an embedded one that lives
 * until this is closed. Its text never holds the password. Not encrypted, for any contender.
 */
final class Server implements AutoCloseable {
  /** The system property that names a server; every fork of a run gets it too. */
  static final String URL_PROPERTY = "howdah.bench.url";

  /** The environment variable that names a server, where the property does not. */
  static final String URL_VARIABLE = "HOWDAH_BENCH_URL";

  private final String url;
  private final DatabaseOptions options;
  private final String password;
  private final @Nullable EmbeddedPostgres embedded;

  private Server(String url, @Nullable EmbeddedPostgres embedded) {
    this.url = url;
    this.embedded = embedded;
    this.options = DatabaseOptions.of(url).toBuilder().sslMode(SslMode.DISABLE).build().resolve();
    Password given = options.password();
    this.password = given == null ? "" : given.ask().toCompletableFuture().join();
  }

  /** The server somebody named, else a new embedded one. */
  static Server givenOrEmbedded() {
    String given =
        requireNonNullElse(
            System.getProperty(URL_PROPERTY), requireNonNullElse(System.getenv(URL_VARIABLE), ""));
    if (!given.isEmpty()) {
      return new Server(given, null);
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.start();
    return new Server(embedded.url(), embedded);
  }

  /** Where the server is, with the password. */
  String url() {
    return url;
  }

  /** The same for Howdah, with a pool of this size. */
  DatabaseOptions options(int poolSize) {
    return options.toBuilder().pool(pool -> pool.withSize(poolSize)).build().resolve();
  }

  /** As {@link #options}, and futures complete where the answers are read. */
  DatabaseOptions onLoops(int poolSize) {
    return options(poolSize).toBuilder().completionExecutor(Runnable::run).build();
  }

  String host() {
    return address().host();
  }

  int port() {
    return address().port();
  }

  String database() {
    return requireNonNullElse(options.database(), "");
  }

  String user() {
    return requireNonNullElse(options.user(), "");
  }

  String password() {
    return password;
  }

  String jdbcUrl() {
    return "jdbc:postgresql://" + address() + "/" + database() + "?sslmode=disable";
  }

  /** As programs that speak libpq's language read it. */
  void toEnvironment(Map<String, String> environment) {
    environment.put("PGHOST", host());
    environment.put("PGPORT", Integer.toString(port()));
    environment.put("PGUSER", user());
    environment.put("PGPASSWORD", password());
    environment.put("PGDATABASE", database());
    environment.put("PGSSLMODE", "disable");
  }

  boolean isEmbedded() {
    return embedded != null;
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }

  @Override
  public String toString() {
    return address() + "/" + database();
  }

  private HostPort address() {
    return options.hosts().get(0);
  }
}
