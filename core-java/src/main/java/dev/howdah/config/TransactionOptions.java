package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs; null means that the server's default decides.
 *
 * <p>An immutable value, safe to keep in a constant and to share between threads.
 *
 * @param isolation the isolation level
 * @param readOnly whether writing is forbidden
 * @param deferrable whether a serializable read-only transaction may wait for a snapshot that can
 *     never fail
 * @param retries how often the whole block may run again after a serialization failure or a
 *     deadlock; 0 means never
 * @param rollbackOnly whether the transaction is rolled back even when its block returns; what the
 *     block gave arrives all the same. For tests, and for trying out what a change would do
 */
public record TransactionOptions(
    @Nullable Isolation isolation,
    @Nullable Boolean readOnly,
    @Nullable Boolean deferrable,
    int retries,
    boolean rollbackOnly) {

  private static final TransactionOptions DEFAULTS =
      new TransactionOptions(null, null, null, 0, false);

  /**
   * Checks that the parts fit together.
   *
   * @throws InvalidOption if {@code retries} is negative, or if {@code deferrable} is asked for
   *     where PostgreSQL would silently ignore it
   */
  public TransactionOptions {
    if (retries < 0) {
      throw new InvalidOption("retries must be 0 or more, but is " + retries);
    }
    if (Boolean.TRUE.equals(deferrable)) {
      if (isolation != null && isolation != Isolation.SERIALIZABLE) {
        throw new InvalidOption(
            "deferrable has an effect at SERIALIZABLE only, but the isolation is "
                + isolation.sql()
                + ": use serializable(), or leave deferrable out");
      }
      if (Boolean.FALSE.equals(readOnly)) {
        throw new InvalidOption(
            "deferrable has an effect in a read-only transaction only: use withReadOnly(true), or"
                + " leave deferrable out");
      }
    }
  }

  /** Returns options that leave everything to the server's defaults, without retries. */
  public static TransactionOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options for {@link Isolation#READ_COMMITTED}. */
  public static TransactionOptions readCommitted() {
    return DEFAULTS.withIsolation(Isolation.READ_COMMITTED);
  }

  /** Returns options for {@link Isolation#REPEATABLE_READ}. */
  public static TransactionOptions repeatableRead() {
    return DEFAULTS.withIsolation(Isolation.REPEATABLE_READ);
  }

  /** Returns options for {@link Isolation#SERIALIZABLE}; consider {@link #withRetries}. */
  public static TransactionOptions serializable() {
    return DEFAULTS.withIsolation(Isolation.SERIALIZABLE);
  }

  /** Returns options for a transaction that may not write. */
  public static TransactionOptions readingOnly() {
    return DEFAULTS.withReadOnly(true);
  }

  /** Returns options for a transaction that leaves nothing behind. */
  public static TransactionOptions rollingBack() {
    return DEFAULTS.withRollbackOnly(true);
  }

  /** Returns these options with another isolation level; null leaves it to the server. */
  public TransactionOptions withIsolation(@Nullable Isolation isolation) {
    return new TransactionOptions(isolation, readOnly, deferrable, retries, rollbackOnly);
  }

  /** Returns these options with writing forbidden or allowed; null leaves it to the server. */
  public TransactionOptions withReadOnly(@Nullable Boolean readOnly) {
    return new TransactionOptions(isolation, readOnly, deferrable, retries, rollbackOnly);
  }

  /** Returns these options with or without waiting for a safe snapshot. */
  public TransactionOptions withDeferrable(@Nullable Boolean deferrable) {
    return new TransactionOptions(isolation, readOnly, deferrable, retries, rollbackOnly);
  }

  /** Returns these options with another bound on how often the whole block runs again. */
  public TransactionOptions withRetries(int retries) {
    return new TransactionOptions(isolation, readOnly, deferrable, retries, rollbackOnly);
  }

  /** Returns these options with or without ROLLBACK in place of COMMIT. */
  public TransactionOptions withRollbackOnly(boolean rollbackOnly) {
    return new TransactionOptions(isolation, readOnly, deferrable, retries, rollbackOnly);
  }

  /** Returns the statement that opens such a transaction, e.g. {@code BEGIN READ ONLY}. */
  public String beginSql() {
    StringBuilder sql = new StringBuilder("BEGIN");
    if (isolation != null) {
      sql.append(" ISOLATION LEVEL ").append(isolation.sql());
    }
    if (readOnly != null) {
      sql.append(readOnly ? " READ ONLY" : " READ WRITE");
    }
    if (deferrable != null) {
      sql.append(deferrable ? " DEFERRABLE" : " NOT DEFERRABLE");
    }
    return sql.toString();
  }
}
