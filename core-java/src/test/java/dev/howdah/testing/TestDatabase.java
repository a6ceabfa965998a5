package dev.howdah.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A database for one test: made from a template, looked into over JDBC, dropped at the end.
 *
 * <p>Safe for any thread; its statements run one after another on one connection of its own.
 */
public final class TestDatabase implements AutoCloseable {
  private static final AtomicLong COUNTER = new AtomicLong();

  /** Nobody can be connected to it, so databases can be made from it by many at once. */
  private static final String EMPTY = "template0";

  private static final Duration LEAK_TIMEOUT = Duration.ofSeconds(60);

  private final PostgresServer server;
  private final String name;
  private @Nullable Connection jdbc;

  private TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Makes an empty database on the shared server. */
  public static TestDatabase create() {
    return create(PostgresServer.shared());
  }

  /** Makes an empty database on this server. */
  public static TestDatabase create(PostgresServer server) {
    return create(server, EMPTY);
  }

  /** Makes a copy of this database, which nobody may use at that moment. */
  public TestDatabase copy() {
    closeJdbc();
    return create(server, name);
  }

  private static TestDatabase create(PostgresServer server, String template) {
    String name =
        String.format(
            Locale.ROOT, "test_%d_%d", ProcessHandle.current().pid(), COUNTER.incrementAndGet());
    // Left by an earlier process with this number, on a server that outlives us.
    server.admin("DROP DATABASE IF EXISTS " + name);
    server.admin("CREATE DATABASE " + name + " TEMPLATE " + template);
    return new TestDatabase(server, name);
  }

  /** Its name, plain enough to need no quotes. */
  public String name() {
    return name;
  }

  /** A URL for it, with the superuser's name and password. */
  public String url() {
    return server.url(name);
  }

  /** A URL for it by way of a proxy. */
  public String url(TcpProxy proxy) {
    return server.url(proxy.host(), proxy.port(), name);
  }

  /** The server's host and port, {@code 127.0.0.1:5432}. */
  public String address() {
    return host() + ":" + port();
  }

  /** The server's host. */
  public String host() {
    return server.host();
  }

  /** The server's port. */
  public int port() {
    return server.port();
  }

  /** The superuser's name. */
  public String user() {
    return server.user();
  }

  /** The superuser's password. */
  public String password() {
    return server.password();
  }

  /** The server it is on. */
  public PostgresServer server() {
    return server;
  }

  /**
   * The JDBC connection behind {@link #sql} and {@link #query}, opened at the first use and closed
   * with this database. Not counted by {@link #connections()}.
   */
  public synchronized Connection jdbc() {
    try {
      Connection connection = jdbc;
      if (connection == null || connection.isClosed()) {
        connection = server.jdbc(name);
        jdbc = connection;
      }
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs one statement, or several separated by semicolons, over JDBC. */
  public synchronized void sql(String sql) {
    try (Statement statement = jdbc().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " (in: " + sql + ")", e);
    }
  }

  /** Reads rows over JDBC: a list of values, in column order, for each row. */
  public synchronized List<List<@Nullable Object>> query(String sql) {
    try (Statement statement = jdbc().createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      return Rows.read(results);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " (in: " + sql + ")", e);
    }
  }

  /** How many connections there are to this database now, but for the test kit's own. */
  public int connections() {
    return sessions().size();
  }

  /**
   * Waits until nobody but the test kit is connected to this database.
   *
   * @throws AssertionError if somebody still is after a minute, naming each session with its state
   *     and last statement
   */
  public void requireNoConnections() {
    requireNoConnections(LEAK_TIMEOUT);
  }

  void requireNoConnections(Duration timeout) {
    boolean free = Eventually.holds(timeout, () -> connections() == 0);
    if (!free) {
      List<String> left = sessions();
      if (!left.isEmpty()) {
        throw new AssertionError(
            left.size()
                + " connections to "
                + name
                + " are still open after the test:\n  "
                + String.join("\n  ", left));
      }
    }
  }

  /** Drops the database, ending every session in it. */
  @Override
  public void close() {
    closeJdbc();
    server.admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  /** Name and server. */
  @Override
  public String toString() {
    return "TestDatabase[" + name + " on " + address() + "]";
  }

  private List<String> sessions() {
    // Parallel workers are part of a session that is in the list itself.
    return server
        .adminQuery(
            "SELECT format('process %s (%s): %s for %s s, last statement: %s', pid,"
                + " coalesce(nullif(application_name, ''), 'no application name'),"
                + " coalesce(state, 'connecting'),"
                + " coalesce(round(extract(epoch FROM clock_timestamp() - state_change), 1), 0),"
                + " coalesce(nullif(query, ''), 'none'))"
                + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND datname = '"
                + name
                + "' AND application_name <> '"
                + PostgresServer.APPLICATION
                + "' ORDER BY backend_start")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  private synchronized void closeJdbc() {
    Connection connection = jdbc;
    jdbc = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
