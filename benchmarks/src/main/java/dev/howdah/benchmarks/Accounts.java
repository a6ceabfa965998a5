package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The table that every contender reads, the statements, and what is in it. */
final class Accounts {
  static final int ROWS = 100_000;

  /** What every contender sends; all but JDBC take it as it is. */
  static final String LOOK_UP =
      "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts WHERE aid = $1";

  /** Ten texts that differ, and whose answers are those of {@link #LOOK_UP}. */
  static final List<String> MIXED =
      IntStream.rangeClosed(1, 10).mapToObj(n -> LOOK_UP + " AND abalance > -" + n).toList();

  static final String FETCH = "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts";

  /** The same rows so many times over. */
  static final String STREAM = FETCH + " CROSS JOIN generate_series(1, $1)";

  /** Its rows are those of {@link Account#expected}. */
  static final String CREATE =
      """
      CREATE TABLE howdah_bench_accounts AS
      SELECT aid::int4 AS aid,
             (aid % 97)::int4 AS bid,
             (aid * 7919::int8 % 100003)::int4 AS abalance,
             lpad(aid::text, 84, '.')::char(84) AS filler
      FROM generate_series(1, 100000) AS aid;
      ALTER TABLE howdah_bench_accounts ADD PRIMARY KEY (aid)
      """;

  private Accounts() {}

  /** The text of the look-up with this number. */
  static String mixed(int index) {
    return MIXED.get(index % MIXED.size());
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

  /** JDBC's notation of a statement whose parameters are each used once, in order. */
  static String jdbc(String sql) {
    return sql.replaceAll("\\$\\d+", "?");
  }
}
