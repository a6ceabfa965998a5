package dev.howdah.error;

import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL reported; made by {@link ServerErrors#of}.
 *
 * <p>There is one subclass per SQLSTATE class and in it one nested class per condition, so that
 * {@code catch} and {@code instanceof} can be as coarse or as fine as needed. Immutable.
 */
public abstract non-sealed class ServerException extends DatabaseException {
  private static final long serialVersionUID = 1L;

  private final ServerReport report;
  private final @Nullable String connection;

  ServerException(ServerReport report, @Nullable String sql, @Nullable String connection) {
    super(ErrorText.message(report), null, report.sqlState(), sql);
    this.report = report;
    this.connection = connection;
  }

  /**
   * Everything the server said.
   *
   * @return the report, never null
   */
  public ServerReport report() {
    return report;
  }

  /**
   * The primary message alone; {@link #getMessage()} adds DETAIL and HINT.
   *
   * @return the message, never null
   */
  public String message() {
    return report.message();
  }

  /**
   * More about the problem, for example {@code Key (user_id)=(1) already exists.}
   *
   * @return the detail, or null when the server gave none
   */
  public @Nullable String detail() {
    return report.detail();
  }

  /**
   * What the server advises.
   *
   * @return the hint, or null when the server gave none
   */
  public @Nullable String hint() {
    return report.hint();
  }

  /**
   * The constraint that was violated.
   *
   * @return its name as stored, or null when none was concerned
   */
  public @Nullable String constraint() {
    return report.constraint();
  }

  /**
   * The schema of the object concerned.
   *
   * @return its name as stored, or null
   */
  public @Nullable String schema() {
    return report.schema();
  }

  /**
   * The table concerned.
   *
   * @return its name as stored, or null
   */
  public @Nullable String table() {
    return report.table();
  }

  /**
   * The column concerned.
   *
   * @return its name as stored, or null; the server fills it for few errors
   */
  public @Nullable String column() {
    return report.column();
  }

  /**
   * The data type concerned.
   *
   * @return its name as stored, or null
   */
  public @Nullable String dataType() {
    return report.dataType();
  }

  /**
   * Where in the statement the server saw the problem.
   *
   * @return the position in characters, counted from 1 in the text that was sent, or 0 when the
   *     server gave none
   */
  public int position() {
    Integer position = report.position();
    return position == null ? 0 : position;
  }

  /**
   * The call stack of functions inside the server; it may quote data, so no message shows it.
   *
   * @return the stack, youngest first, or null
   */
  public @Nullable String where() {
    return report.where();
  }

  /**
   * The connection the error came from, for example {@code 4711 (10.0.0.5:5432/shop)}.
   *
   * @return its tag, or null when it is not known
   */
  public @Nullable String connection() {
    return connection;
  }
}
