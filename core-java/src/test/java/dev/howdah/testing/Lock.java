package dev.howdah.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A statement that holds locks in a session of the test's own until it is released: whoever waits
 * for them runs for as long as the test wants.
 */
public final class Lock implements AutoCloseable {
  private final Connection connection;

  private Lock(Connection connection) {
    this.connection = connection;
  }

  /** Locks a whole table against everybody. */
  public static Lock onTable(TestDatabase database, String table) {
    return by(database, "LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
  }

  /** Holds the advisory lock of this number. */
  public static Lock onNumber(TestDatabase database, long number) {
    return by(database, "SELECT pg_advisory_xact_lock(" + number + ")");
  }

  private static Lock by(TestDatabase database, String sql) {
    Connection connection = database.server().jdbc(database.name());
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      return new Lock(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Releases it; the second time does nothing. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
