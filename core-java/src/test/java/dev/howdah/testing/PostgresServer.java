package dev.howdah.testing;

import dev.howdah.embedded.EmbeddedOptions;
import dev.howdah.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The PostgreSQL that the tests of this JVM run on, started when the first test asks for it.
 *
 * <p>Embedded, unless the environment says otherwise, the first of:
 *
 * <ul>
 *   <li>{@code HOWDAH_TEST_URL}: the URL of a running server with a superuser, special characters
 *       percent-encoded;
 *   <li>{@code HOWDAH_TEST_BIN}: the bin folder of an installed server, {@code
 *       /usr/lib/postgresql/15/bin};
 *   <li>{@code HOWDAH_TEST_TESTCONTAINERS}: {@code true} or the name of an image.
 * </ul>
 *
 * <p>Safe for any thread. It ends with the JVM.
 */
public final class PostgresServer {
  /** How the test kit's own connections are called, so that they can be told from those tested. */
  static final String APPLICATION = "howdah-test-kit";

  private static final String DEFAULT_IMAGE = "postgres:18";

  /** More than usual: some tests hold many connections, and test classes may run side by side. */
  private static final EmbeddedOptions OPTIONS =
      EmbeddedOptions.defaults().withSetting("max_connections", "200");

  private static @Nullable PostgresServer shared;

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final String adminDatabase;
  private final @Nullable EmbeddedPostgres embedded;

  private @Nullable Connection admin;

  private PostgresServer(
      String host,
      int port,
      String user,
      String password,
      String adminDatabase,
      @Nullable EmbeddedPostgres embedded) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
    this.adminDatabase = adminDatabase;
    this.embedded = embedded;
  }

  /** The one server of this JVM; starts it if it does not run yet. */
  public static synchronized PostgresServer shared() {
    PostgresServer server = shared;
    if (server == null) {
      server = choose();
      shared = server;
    }
    return server;
  }

  /** A server of this test's own, which it may stop and kill; the test closes it. */
  public static PostgresServer of(EmbeddedPostgres embedded) {
    return of(embedded.url(), embedded);
  }

  /** The server's address. */
  public String host() {
    return host;
  }

  /** The server's port. */
  public int port() {
    return port;
  }

  /** The superuser's name. */
  public String user() {
    return user;
  }

  /** The superuser's password. */
  public String password() {
    return password;
  }

  /** A URL for one of its databases, percent-encoded. */
  public String url(String database) {
    return url(host, port, database);
  }

  /** A URL for one of its databases by way of another address, for example a proxy's. */
  public String url(String host, int port, String database) {
    return "postgresql://"
        + encode(user)
        + ":"
        + encode(password)
        + "@"
        + host
        + ":"
        + port
        + "/"
        + encode(database);
  }

  /** The embedded server behind it, to be restarted or killed; empty if it is another kind. */
  public Optional<EmbeddedPostgres> embedded() {
    return Optional.ofNullable(embedded);
  }

  /** Opens a JDBC connection to one of its databases; the caller closes it. */
  public Connection jdbc(String database) {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", APPLICATION);
    try {
      return DriverManager.getConnection(jdbcUrl(database), properties);
    } catch (SQLException e) {
      throw new IllegalStateException("No JDBC connection to " + jdbcUrl(database), e);
    }
  }

  /** Runs one statement as superuser in the server's own database. */
  public void admin(String sql) {
    onAdmin(
        statement -> {
          statement.execute(sql);
          return "";
        });
  }

  /** Reads rows as superuser in the server's own database. */
  public List<List<@Nullable Object>> adminQuery(String sql) {
    return onAdmin(statement -> Rows.read(statement.executeQuery(sql)));
  }

  /** Where it is, never the password. */
  @Override
  public String toString() {
    return "PostgresServer[" + host + ":" + port + "]";
  }

  /** Something to do with a statement. */
  private interface Work<T> {
    T with(Statement statement) throws SQLException;
  }

  private synchronized <T> T onAdmin(Work<T> work) {
    try {
      Connection connection = admin;
      if (connection == null || !connection.isValid(5)) {
        connection = jdbc(adminDatabase); // the first, or the server was restarted
        admin = connection;
      }
      try (Statement statement = connection.createStatement()) {
        return work.with(statement);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " (on " + this + ")", e);
    }
  }

  private String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database);
  }

  private static PostgresServer choose() {
    String url = setting("HOWDAH_TEST_URL");
    if (url != null) {
      return of(url, null);
    }
    String bin = setting("HOWDAH_TEST_BIN");
    if (bin != null) {
      return of(EmbeddedPostgres.ofInstalled(Path.of(bin), OPTIONS));
    }
    String image = setting("HOWDAH_TEST_TESTCONTAINERS");
    if (image != null && !image.equals("false")) {
      return container(image.equals("true") ? DEFAULT_IMAGE : image);
    }
    return of(EmbeddedPostgres.start(OPTIONS));
  }

  private static @Nullable String setting(String name) {
    String value = System.getenv(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The container ends with the JVM: Testcontainers' own watcher removes it. */
  @SuppressWarnings("resource")
  private static PostgresServer container(String image) {
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
    container.start();
    return new PostgresServer(
        container.getHost(),
        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        container.getUsername(),
        container.getPassword(),
        container.getDatabaseName(),
        null);
  }

  private static PostgresServer of(String url, @Nullable EmbeddedPostgres embedded) {
    URI uri = URI.create(url);
    String host = uri.getHost();
    List<String> parts = new ArrayList<>();
    String userInfo = uri.getRawUserInfo();
    if (host == null || userInfo == null || !userInfo.contains(":")) {
      throw new IllegalStateException(
          "HOWDAH_TEST_URL must be postgresql://superuser:password@host:port/database with special"
              + " characters percent-encoded");
    }
    int colon = userInfo.indexOf(':');
    parts.add(decode(userInfo.substring(0, colon)));
    parts.add(decode(userInfo.substring(colon + 1)));
    String path = uri.getRawPath();
    parts.add(path == null || path.length() < 2 ? "postgres" : decode(path.substring(1)));
    return new PostgresServer(
        host,
        uri.getPort() == -1 ? 5432 : uri.getPort(),
        parts.get(0),
        parts.get(1),
        parts.get(2),
        embedded);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
