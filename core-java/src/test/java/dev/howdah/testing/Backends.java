package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** The server's own view of who is connected to a test's database and what they do. */
public final class Backends {
  /** Everybody but the test kit. */
  private static final String OURS =
      " FROM pg_stat_activity WHERE backend_type = 'client backend'"
          + " AND datname = current_database() AND application_name <> '"
          + PostgresServer.APPLICATION
          + "'";

  private final TestDatabase database;

  private Backends(TestDatabase database) {
    this.database = database;
  }

  /** Those of this database. */
  public static Backends of(TestDatabase database) {
    return new Backends(database);
  }

  /** The processes, in the order in which they were started. */
  public List<Integer> pids() {
    return database.query("SELECT pid" + OURS + " ORDER BY backend_start, pid").stream()
        .map(row -> (Integer) row.get(0))
        .toList();
  }

  /** How many run a statement with this in its text. */
  public int running(String part) {
    return count(
        "SELECT count(*)" + OURS + " AND state = 'active' AND query LIKE '%" + part + "%'");
  }

  /** Waits until so many run a statement with this in its text. */
  public void requireRunning(int count, String part) {
    Eventually.require(count + " backends run " + part, () -> running(part) == count);
  }

  /** Ends these processes and waits until they have gone. */
  public void kill(List<Integer> pids) {
    for (int pid : pids) {
      database.query("SELECT pg_terminate_backend(" + pid + ")");
    }
    Eventually.require(
        "the backends " + pids + " have gone", () -> pids().stream().noneMatch(pids::contains));
  }

  /** Ends all processes that run a statement with this in its text, and waits for that. */
  public void killRunning(String part) {
    List<Integer> pids =
        database.query("SELECT pid" + OURS + " AND query LIKE '%" + part + "%'").stream()
            .map(row -> (Integer) row.get(0))
            .toList();
    assertThat(pids).as("backends that run " + part).isNotEmpty();
    kill(pids);
  }

  /** How many run a statement or have a transaction open. */
  public int busy() {
    return count("SELECT count(*)" + OURS + " AND state <> 'idle'");
  }

  /** Waits until no backend runs anything, has a transaction open or holds an advisory lock. */
  public void requireNothingLeft() {
    Eventually.require("no backend runs a statement or has a transaction open", () -> busy() == 0);
    assertThat(advisoryLocks()).as("advisory locks that are left").isZero();
  }

  /** How many advisory locks the backends hold. */
  public int advisoryLocks() {
    return count(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid IN (SELECT pid"
            + OURS
            + ")");
  }

  /**
   * One of several tests that share a database: what it leaves on the server is its own failure and
   * not that of the next.
   */
  public DynamicTest test(String name, Executable test) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          try {
            test.execute();
            database.requireNoConnections();
          } finally {
            kill(pids());
          }
        });
  }

  private int count(String sql) {
    return ((Long) database.query(sql).get(0).get(0)).intValue();
  }

  /** Which database's. */
  @Override
  public String toString() {
    return "Backends[" + database + "]";
  }
}
