package dev.howdah.benchmarks;

/**
 * One row of the table that every contender reads, with the columns of pgbench's accounts.
 *
 * @param aid the key
 * @param bid a number
 * @param abalance another number
 * @param filler 84 characters
 */
public record Account(int aid, int bid, int abalance, String filler) {

  /** The row that the table holds for a key; see {@link Accounts#CREATE}. */
  static Account expected(int aid) {
    return new Account(
        aid, aid % 97, (int) (aid * 7919L % 100_003), ".".repeat(84 - digits(aid)) + aid);
  }

  /** A number that changes with every value, to compare what was read with what is there. */
  long checksum() {
    return (long) aid + bid + abalance + filler.length();
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
