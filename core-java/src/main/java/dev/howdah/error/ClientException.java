package dev.howdah.error;

import org.jspecify.annotations.Nullable;

/**
 * What this library refused or noticed by itself; each nested class says when, which {@link
 * #sqlState()} it carries (an empty text where SQL has none) and whether anything was sent.
 *
 * <p>All but {@link InvalidCachedStatement} are never {@linkplain #isRetryable() retryable} as a
 * transaction: whether doing it again is safe is answered by {@link #nothingWasSent()}.
 */
public abstract non-sealed class ClientException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  private final boolean nothingWasSent;

  ClientException(
      String message,
      @Nullable Throwable cause,
      String sqlState,
      @Nullable String sql,
      boolean nothingWasSent) {
    super(message, cause, sqlState, sql);
    this.nothingWasSent = nothingWasSent;
  }

  @Override
  public boolean isRetryable() {
    return false;
  }

  @Override
  public boolean nothingWasSent() {
    return nothingWasSent;
  }

  /**
   * No connection could be opened: no such host, refused, TLS failed, the connect time ran out.
   * Code {@code 08001}; nothing was sent, so trying again later is safe.
   */
  public static final class ConnectFailure extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says where the connection was to go and why it did not come about. */
    public ConnectFailure(String message, @Nullable Throwable cause) {
      super(message, cause, "08001", null, true);
    }
  }

  /**
   * A connection broke while it was in use. Code {@code 08006}; the server may have seen the
   * statement.
   */
  public static final class ConnectionLost extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which connection was lost. */
    public ConnectionLost(String message, @Nullable Throwable cause) {
      this(message, cause, null);
    }

    /** Says which connection was lost, and during which statement. */
    public ConnectionLost(String message, @Nullable Throwable cause, @Nullable String sql) {
      super(message, cause, "08006", sql, false);
    }
  }

  /** No connection of the pool became free in time. No code; nothing was sent. */
  public static final class PoolTimeout extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says the pool's figures: size, in use, waiting, and the timeout. */
    public PoolTimeout(String message) {
      super(message, null, "", null, true);
    }
  }

  /**
   * The time for a statement ran out and the server was told to stop it. Code {@code 57014}, which
   * the server uses for the same; the statement may have been seen unless {@link #nothingWasSent()}
   * says that the time ran out before.
   */
  public static final class QueryTimeout extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says how long was allowed. */
    public QueryTimeout(String message) {
      this(message, null);
    }

    /** Says how long was allowed, and for which statement. */
    public QueryTimeout(String message, @Nullable String sql) {
      this(message, sql, false);
    }

    /** Says also whether the time ran out before anything was sent. */
    public QueryTimeout(String message, @Nullable String sql, boolean nothingWasSent) {
      super(message, null, "57014", sql, nothingWasSent);
    }
  }

  /**
   * A connection, transaction or cursor was used after it went back. Code {@code 08003}; nothing
   * was sent.
   */
  public static final class HandleReturned extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which verb was called on what. */
    public HandleReturned(String message) {
      super(message, null, "08003", null, true);
    }
  }

  /**
   * Work was asked of a database that is closed or closing. Code {@code 08003}; nothing was sent.
   */
  public static final class DatabaseClosed extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which verb was refused. */
    public DatabaseClosed(String message) {
      super(message, null, "08003", null, true);
    }
  }

  /** Exactly one row was asked for and there was none. Code {@code 02000}; the statement ran. */
  public static final class NoRow extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says what was asked. */
    public NoRow(String message) {
      this(message, null);
    }

    /** Says what was asked, and by which statement. */
    public NoRow(String message, @Nullable String sql) {
      super(message, null, "02000", sql, false);
    }
  }

  /** Exactly one row was asked for and there were more. Code {@code 21000}; the statement ran. */
  public static final class TooManyRows extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says what was asked and how many came. */
    public TooManyRows(String message) {
      this(message, null);
    }

    /** Says what was asked and how many came, and by which statement. */
    public TooManyRows(String message, @Nullable String sql) {
      super(message, null, "21000", sql, false);
    }
  }

  /** A row could not be turned into the type asked for. No code; the statement ran. */
  public static final class MappingFailure extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says the column, the type of its value and the target. */
    public MappingFailure(String message) {
      this(message, null);
    }

    /** Says the column, the type of its value and the target, with the failure behind it. */
    public MappingFailure(String message, @Nullable Throwable cause) {
      this(message, cause, null);
    }

    /** Says also by which statement. */
    public MappingFailure(String message, @Nullable Throwable cause, @Nullable String sql) {
      super(message, cause, "", sql, false);
    }

    /** The same failure that names its row, counted from 0: a mapper does not know which it is. */
    public MappingFailure inRow(long row) {
      MappingFailure named =
          new MappingFailure("row " + row + " (from 0): " + getMessage(), getCause(), sql());
      named.setStackTrace(getStackTrace());
      return named;
    }

    /**
     * The same failure that names its statement: a mapper knows the row alone.
     *
     * @return this one where it names a statement already
     */
    public MappingFailure withSql(String sql) {
      if (sql() != null) {
        return this;
      }
      MappingFailure named = new MappingFailure(getMessage(), getCause(), sql);
      named.setStackTrace(getStackTrace());
      return named;
    }
  }

  /**
   * A column was named that is not there. Code {@code 42703}; asked of a row the statement has run,
   * asked of a table nothing was sent.
   */
  public static final class UnknownColumn extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says the name and lists the known ones; the statement may have run. */
    public UnknownColumn(String message) {
      this(message, false);
    }

    /** Says the name, lists the known ones, and whether that was found before anything was sent. */
    public UnknownColumn(String message, boolean nothingWasSent) {
      super(message, null, "42703", null, nothingWasSent);
    }
  }

  /**
   * A table was named that is not there. Code {@code 42P01}; of the statement itself nothing was
   * sent.
   */
  public static final class UnknownTable extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says the name and where it was looked for. */
    public UnknownTable(String message) {
      super(message, null, "42P01", null, true);
    }
  }

  /** The arguments do not fit the statement or the call. No code; nothing was sent. */
  public static final class WrongArguments extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which argument is wrong and how to mend it, never its value. */
    public WrongArguments(String message) {
      this(message, null, null);
    }

    /** Says which argument is wrong and how to mend it, with the failure behind it. */
    public WrongArguments(String message, @Nullable Throwable cause) {
      this(message, cause, null);
    }

    /** Says also for which statement. */
    public WrongArguments(String message, @Nullable Throwable cause, @Nullable String sql) {
      super(message, cause, "", sql, true);
    }
  }

  /** The deletion password was missing or wrong. No code; nothing was sent. */
  public static final class WrongDeletionPassword extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which verb was refused, never the password. */
    public WrongDeletionPassword(String message) {
      super(message, null, "", null, true);
    }
  }

  /** An update or delete was asked for without a condition. No code; nothing was sent. */
  public static final class EmptyCondition extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which verb was refused and which one means the whole table. */
    public EmptyCondition(String message) {
      super(message, null, "", null, true);
    }
  }

  /** A database URL could not be understood. No code; nothing was sent. */
  public static final class InvalidUrl extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, never the password. */
    public InvalidUrl(String message) {
      this(message, null);
    }

    /** Says what is wrong, never the password, with the failure behind it. */
    public InvalidUrl(String message, @Nullable Throwable cause) {
      super(message, cause, "", null, true);
    }
  }

  /** An option has a value it cannot have. No code; nothing was sent. */
  public static final class InvalidOption extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which option, what it may be, and how to mend it. */
    public InvalidOption(String message) {
      super(message, null, "", null, true);
    }
  }

  /**
   * A verb does not fit the state of its transaction, for example a second commit. Code {@code
   * 25000}; nothing was sent.
   */
  public static final class TransactionState extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which verb and which state. */
    public TransactionState(String message) {
      super(message, null, "25000", null, true);
    }
  }

  /**
   * The connection broke during COMMIT, so nobody here knows whether the transaction holds. Code
   * {@code 08007}; do not run it again without looking first.
   */
  public static final class CommitOutcomeUnknown extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says which connection was lost. */
    public CommitOutcomeUnknown(String message, @Nullable Throwable cause) {
      super(message, cause, "08007", null, false);
    }
  }

  /**
   * COMMIT was asked for and the server rolled back, because a statement of the transaction had
   * failed. Code {@code 40000}.
   */
  public static final class RolledBack extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says that nothing was committed, with the failure that made the server roll back. */
    public RolledBack(String message, @Nullable Throwable cause) {
      super(message, cause, "40000", null, false);
    }
  }

  /**
   * A table was changed under a statement that the connection had prepared before, and a
   * transaction was open, so the statement could not be prepared again unseen. Code {@code 0A000};
   * the transaction is lost, and running it again as a whole heals.
   */
  public static final class InvalidCachedStatement extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and to which statement. */
    public InvalidCachedStatement(String message, @Nullable Throwable cause, @Nullable String sql) {
      super(message, cause, "0A000", sql, false);
    }

    @Override
    public boolean isRetryable() {
      return true;
    }
  }

  /**
   * This library or the way it is connected cannot do what was asked. Code {@code 0A000}; nothing
   * was sent.
   */
  public static final class Unsupported extends ClientException {
    private static final long serialVersionUID = 1L;

    /** Says what cannot be done and what to do instead. */
    public Unsupported(String message) {
      super(message, null, "0A000", null, true);
    }
  }
}
