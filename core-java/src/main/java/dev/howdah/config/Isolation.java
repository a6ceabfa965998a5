package dev.howdah.config;

/** The transaction isolation levels of the SQL standard, as PostgreSQL spells them. */
public enum Isolation {
  /** PostgreSQL treats this level exactly as {@link #READ_COMMITTED}. */
  READ_UNCOMMITTED("READ UNCOMMITTED"),
  /** Every statement sees what was committed before it began; PostgreSQL's default. */
  READ_COMMITTED("READ COMMITTED"),
  /** Every statement sees what was committed before the transaction's first one. */
  REPEATABLE_READ("REPEATABLE READ"),
  /** The result is one that some serial order gives; may fail with SQLSTATE 40001. */
  SERIALIZABLE("SERIALIZABLE");

  private final String sql;

  Isolation(String sql) {
    this.sql = sql;
  }

  /** Returns the level as it is written after {@code ISOLATION LEVEL}. */
  public String sql() {
    return sql;
  }
}
