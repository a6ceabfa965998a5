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
  private final @Nullable String parameters;
  private final @Nullable String caret;
  private final boolean showsWholeSql;
  private final boolean login;

  ServerException(ServerReport report, Origin origin) {
    this(report, origin, ErrorText.caret(report, origin.sql()));
  }

  private ServerException(ServerReport report, Origin origin, @Nullable CaretLine caret) {
    super(ErrorText.message(report, caret), null, report.sqlState(), origin.sql());
    this.report = report;
    this.connection = origin.connection();
    this.parameters = origin.parameters();
    this.caret = caret == null ? null : caret.toString();
    this.showsWholeSql = caret != null && caret.isWhole() && report.position() != null;
    this.login = origin.login();
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
   * The primary message alone; {@link #getMessage()} adds the line of the statement with the place,
   * DETAIL and HINT.
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
   * Where in the statement the server saw the problem; {@link #getMessage()} shows the place.
   *
   * @return the position in characters (code points), counted from 1 in the text that was sent,
   *     where {@code :name} is {@code $n}; 0 when the server gave none
   */
  public int position() {
    Integer position = report.position();
    return position == null ? 0 : position;
  }

  /**
   * The statement that a function ran when it failed, where its text is the problem.
   *
   * @return the statement, or null when the problem is elsewhere
   */
  public @Nullable String internalQuery() {
    return report.internalQuery();
  }

  /**
   * Where in {@link #internalQuery()} the server saw the problem.
   *
   * @return the position in characters (code points), counted from 1, or 0 when there is none
   */
  public int internalPosition() {
    Integer position = report.internalPosition();
    return position == null ? 0 : position;
  }

  /**
   * How bad it is.
   *
   * @return {@code ERROR}; {@code FATAL} when the server closed the connection, {@code PANIC} when
   *     it restarted
   */
  public String severity() {
    return report.severity();
  }

  /**
   * The statement's arguments, where the option {@code parameterDisplay} lets them be shown.
   *
   * @return {@code $1 = 'Anna', $2 = NULL}, or null when they are hidden (the default), or there
   *     are none
   */
  public @Nullable String parameters() {
    return parameters;
  }

  /**
   * Whether it is certain that nothing of a statement reached the server.
   *
   * @return true for a connection that the server refused to open, false for every other report
   */
  @Override
  public boolean nothingWasSent() {
    return login;
  }

  /** The line with the place and the caret below it, or null. */
  @Nullable String caret() {
    return caret;
  }

  /** Whether that line is the whole statement. */
  boolean showsWholeSql() {
    return showsWholeSql;
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
