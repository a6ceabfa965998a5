package dev.howdah.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables on the server, and one connection beside the contender's to look after them. Used by
 * one thread.
 */
final class Tables implements AutoCloseable {
  private static final String DROP =
      """
      DROP TABLE IF EXISTS howdah_bench_accounts, howdah_bench_balances, howdah_bench_history,
        howdah_bench_items
      """;

  private final Connection connection;
  private boolean made;

  private Tables(Connection connection) {
    this.connection = connection;
  }

  /** Connects, and makes the tables unless they are all there; whoever made them drops them. */
  static Tables open(Server server) {
    try {
      Tables tables =
          new Tables(
              DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password()));
      try {
        tables.create();
        return tables;
      } catch (RuntimeException | Error e) {
        tables.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Could not connect to " + server + ": " + e, e);
    }
  }

  /** The server's version, as it says it. */
  String serverVersion() {
    try {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not ask the server for its version: " + e, e);
    }
  }

  /** Runs statements without parameters. */
  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not run " + sql + ": " + e, e);
    }
  }

  /** The one number that a query answers. */
  long number(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new IllegalStateException("no row: " + sql);
      }
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not run " + sql + ": " + e, e);
    }
  }

  /** Disconnects, and drops the tables if they were made here. */
  @Override
  public void close() {
    try (connection) {
      if (made) {
        run(DROP);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Could not disconnect: " + e, e);
    }
  }

  private void create() {
    if (isThere("accounts")
        && isThere("balances")
        && isThere("history")
        && isThere("items")
        && number("SELECT count(*) FROM howdah_bench_accounts") == Accounts.ROWS) {
      return;
    }
    run(DROP);
    made = true;
    run(Accounts.CREATE);
    run(Ledger.CREATE);
    run(Items.CREATE);
    run("VACUUM ANALYZE howdah_bench_accounts");
    run("VACUUM ANALYZE howdah_bench_balances");
  }

  private boolean isThere(String table) {
    return number("SELECT count(to_regclass('howdah_bench_" + table + "'))") == 1;
  }
}
