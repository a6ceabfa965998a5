package dev.howdah.error;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The root of every failure of this library.
 *
 * <p>Immutable apart from what {@link Throwable} itself allows, once it has been thrown, so it may
 * be shared between threads. No message, and nothing {@link #toString()} prints, holds a password
 * or the value of a bound parameter that this library knows of, unless the option {@code
 * parameterDisplay} asks for parameters; what the server writes into its own detail is passed on.
 */
public abstract sealed class DatabaseException extends RuntimeException
    permits ServerException, ClientException {
  private static final long serialVersionUID = 1L;

  private final String sqlState;
  private final @Nullable String sql;
  private volatile long element = -1;

  /** Kept here and not by {@link Throwable}, which could not leave it out of a serialized form. */
  private transient @Nullable Throwable cause;

  DatabaseException(
      String message, @Nullable Throwable cause, String sqlState, @Nullable String sql) {
    super(message, null);
    this.cause = cause;
    this.sqlState = sqlState;
    this.sql = ErrorText.bounded(sql);
  }

  /**
   * The message; of a {@link ServerException} with the line of the statement where the problem is,
   * DETAIL and HINT, as PostgreSQL's own clients print them.
   *
   * @return the message, never null
   */
  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? "" : message;
  }

  /**
   * The failure behind this one.
   *
   * @return the cause, or null; after serialization one of a class that cannot be serialized is
   *     there by its text and stack trace alone
   */
  @Override
  public synchronized @Nullable Throwable getCause() {
    return cause;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeObject(CauseCopy.portable(cause));
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    cause = (Throwable) in.readObject();
  }

  /**
   * The five characters that say which kind of failure this is; see {@link SqlState}.
   *
   * @return the server's code; for a failure found by this library the code its class documents, or
   *     an empty text where SQL has no code for it
   */
  public String sqlState() {
    return sqlState;
  }

  /**
   * Whether the code belongs to a class of SQLSTATE, which its first two characters are: {@code
   * isOfClass("23")} is true of all integrity violations. Also for classes this library has no Java
   * class for.
   *
   * @param sqlClass two characters
   * @return false also when there is no code
   */
  public boolean isOfClass(String sqlClass) {
    return sqlClass.length() == 2 && sqlState.length() == 5 && sqlState.startsWith(sqlClass);
  }

  /**
   * The statement this failure belongs to.
   *
   * @return the text as it was sent (with {@code $n} for {@code :name}), cut after 500 characters
   *     and with the literal after {@code PASSWORD} masked, or null when no statement was involved
   */
  public @Nullable String sql() {
    return sql;
  }

  /**
   * Which element of {@code executeMany}, {@code fetchMany} or another batch failed, or made it
   * fail.
   *
   * @return its number, counted from 0; empty when the failure belongs to no element
   */
  public OptionalLong element() {
    return element < 0 ? OptionalLong.empty() : OptionalLong.of(element);
  }

  /**
   * Says which element of a batch this failure belongs to; for the library itself, before anybody
   * else has seen the failure.
   *
   * @param number counted from 0
   * @return this
   */
  public DatabaseException atElement(long number) {
    element = number;
    return this;
  }

  /**
   * Whether running the whole transaction again, from its beginning, is safe and likely to succeed.
   *
   * <p>True for {@code 40001} (serialization failure) and {@code 40P01} (deadlock detected), where
   * the server has undone the transaction because of what others did at the same time. Not true for
   * {@code 40003} (nobody knows whether the statement completed) nor for {@code 55P03} (lock not
   * available), which the statement or a setting asked for. Failures to connect have their own
   * answer: see {@link #nothingWasSent()}, {@link ClientException.ConnectFailure} and {@link
   * OperatorIntervention.CannotConnectNow}.
   *
   * @return true when a retry of the transaction makes sense
   */
  public boolean isRetryable() {
    return sqlState.equals(SqlState.SERIALIZATION_FAILURE)
        || sqlState.equals(SqlState.DEADLOCK_DETECTED);
  }

  /**
   * Whether it is certain that nothing of the statement reached the server.
   *
   * @return true only where this library refused or failed before it sent anything, or the server
   *     refused the connection; false whenever the server may have seen the statement
   */
  public boolean nothingWasSent() {
    return false;
  }

  /**
   * The failure as a block: its name and message, then indented what else is known.
   *
   * @return the block, without a line break at its end
   */
  @Override
  public String toString() {
    return ErrorText.block(this);
  }
}
