package dev.howdah.benchmarks;

/** The tables that transactions change, and what a transaction is: one of these each, in order. */
final class Ledger {
  static final String CREATE =
      """
      CREATE TABLE howdah_bench_balances AS
      SELECT aid::int4 AS aid, 0::int8 AS balance FROM generate_series(1, 100000) AS aid;
      ALTER TABLE howdah_bench_balances ADD PRIMARY KEY (aid);
      CREATE TABLE howdah_bench_history (
        aid int4 NOT NULL, delta int4 NOT NULL, at timestamptz NOT NULL DEFAULT now());
      """;

  /** How much each transaction adds to a balance. */
  static final int DELTA = 1;

  static final String UPDATE =
      "UPDATE howdah_bench_balances SET balance = balance + $1 WHERE aid = $2";

  static final String SELECT = "SELECT balance FROM howdah_bench_balances WHERE aid = $1";

  static final String INSERT = "INSERT INTO howdah_bench_history (aid, delta) VALUES ($1, $2)";

  private Ledger() {}
}
