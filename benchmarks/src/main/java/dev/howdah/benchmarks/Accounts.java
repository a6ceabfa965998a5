package dev.howdah.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The table that every contender reads: who makes it, what is in it, which keys are asked for. */
final class Accounts {
  static final int ROWS = 100_000;

  /** What every contender sends; Howdah, R2DBC and Vert.x take it as it is. */
  static final String LOOK_UP =
      "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts WHERE aid = $1";

  /** The same in JDBC's notation. */
  static final String LOOK_UP_JDBC =
      "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts WHERE aid = ?";

  /** Its rows are those of {@link Account#expected}. */
  static final String CREATE =
      """
      CREATE TABLE howdah_bench_accounts AS
      SELECT aid::int4 AS aid,
             (aid % 97)::int4 AS bid,
             (aid * 7919::int8 % 100003)::int4 AS abalance,
             lpad(aid::text, 84, '.')::char(84) AS filler
      FROM generate_series(1, 100000) AS aid
      """;

  private Accounts() {}

  /**
   * Makes the table unless a whole one is there.
   *
   * @return whether it was made now; whoever made it drops it
   */
  static boolean create(Server server) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      if (isWhole(statement)) {
        return false;
      }
      statement.execute("DROP TABLE IF EXISTS howdah_bench_accounts");
      statement.execute(CREATE);
      statement.execute("ALTER TABLE howdah_bench_accounts ADD PRIMARY KEY (aid)");
      statement.execute("VACUUM ANALYZE howdah_bench_accounts");
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("Could not make the table on " + server + ": " + e, e);
    }
  }

  static void drop(Server server) {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS howdah_bench_accounts");
    } catch (SQLException e) {
      throw new IllegalStateException("Could not drop the table on " + server + ": " + e, e);
    }
  }

  /** The server's version, as it says it. */
  static String serverVersion(Server server) {
    try (Connection connection = connect(server)) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("Could not connect to " + server + ": " + e, e);
    }
  }

  /** {@code count} keys, the same ones for the same seed. */
  static int[] keys(int count, SplittableRandom random) {
    return random.ints(count, 1, ROWS + 1).toArray();
  }

  /**
   * Fails unless a contender reads what is there: all at once and one by one, in order, every value
   * decoded.
   */
  static void check(Client client, String label) {
    int[] keys = keys(1_000, new SplittableRandom(42));
    List<Account> expected = Arrays.stream(keys).mapToObj(Account::expected).toList();
    List<Account> gathered = client.gather(keys);
    if (!gathered.equals(expected)) {
      throw new IllegalStateException(label + " gathers other rows than the table holds");
    }
    int few = 10;
    if (!client.lookUpEach(Arrays.copyOf(keys, few)).equals(expected.subList(0, few))) {
      throw new IllegalStateException(label + " looks up other rows than the table holds");
    }
    Account found = client.lookUp(keys[few]);
    if (!found.equals(expected.get(few))) {
      throw new IllegalStateException(label + " reads " + found + ", not " + expected.get(few));
    }
  }

  private static boolean isWhole(Statement statement) throws SQLException {
    try (ResultSet there =
        statement.executeQuery("SELECT to_regclass('howdah_bench_accounts') IS NOT NULL")) {
      if (!there.next() || !there.getBoolean(1)) {
        return false;
      }
    }
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM howdah_bench_accounts")) {
      return count.next() && count.getInt(1) == ROWS;
    }
  }

  private static Connection connect(Server server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
  }
}
