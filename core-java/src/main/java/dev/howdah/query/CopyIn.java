package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How bytes get into a table by COPY: their format and its options, to be given to {@code copyIn}
 * with the bytes. Immutable. What is not said is as PostgreSQL has it: in csv a comma, double
 * quotes and an empty field for NULL; in text a tabulator and {@code \N}.
 *
 * <p>Options that do not go together are refused where they are set; which options a server knows
 * is the server's to say. For values of Java and Kotlin see {@link CopyRecords}.
 */
public final class CopyIn {
  /** How much a copy that skips rows says of them in the server's messages. */
  public enum LogVerbosity {
    /** How many were skipped. */
    DEFAULT,
    /** Each of them. */
    VERBOSE,
    /** Nothing (PostgreSQL 18). */
    SILENT
  }

  private final TableName table;
  private final List<String> columns;
  private final CopyOptions options;
  private final @Nullable Condition where;
  private final CopyConduct conduct;

  private CopyIn(
      TableName table,
      List<String> columns,
      CopyOptions options,
      @Nullable Condition where,
      CopyConduct conduct) {
    options.checkColumns(columns);
    this.table = table;
    this.columns = columns;
    this.options = options;
    this.where = where;
    this.conduct = conduct;
  }

  /** CSV into a table; the name is one identifier, a schema is given by {@link TableName}. */
  public static CopyIn csv(String table) {
    return csv(CopyConduct.name(table));
  }

  /** CSV into a table of a schema. */
  public static CopyIn csv(TableName table) {
    return of(table, CopyFormat.CSV);
  }

  /** PostgreSQL's text format into a table: a line for each row, with backslash escapes. */
  public static CopyIn text(String table) {
    return text(CopyConduct.name(table));
  }

  /** PostgreSQL's text format into a table of a schema. */
  public static CopyIn text(TableName table) {
    return of(table, CopyFormat.TEXT);
  }

  /** PostgreSQL's binary format into a table, as another COPY gave it. */
  public static CopyIn binary(String table) {
    return binary(CopyConduct.name(table));
  }

  /** PostgreSQL's binary format into a table of a schema. */
  public static CopyIn binary(TableName table) {
    return of(table, CopyFormat.BINARY);
  }

  private static CopyIn of(TableName table, CopyFormat format) {
    CopyConduct.given("a table", table);
    return new CopyIn(table, List.of(), CopyOptions.of(format), null, CopyConduct.DEFAULT);
  }

  private CopyIn with(CopyOptions changed) {
    return new CopyIn(table, columns, changed, where, conduct);
  }

  private CopyIn with(CopyConduct changed) {
    return new CopyIn(table, columns, options, where, changed);
  }

  /** Into these columns, in this order; the others get their defaults. None means all. */
  public CopyIn columns(String... names) {
    return new CopyIn(table, CopyOptions.names("columns", names), options, where, conduct);
  }

  /** What stands between two fields. */
  public CopyIn delimiter(char delimiter) {
    return with(options.with(CopyOption.DELIMITER, delimiter));
  }

  /** What stands for NULL. */
  public CopyIn nullAs(String text) {
    return with(options.with(CopyOption.NULL, text));
  }

  /** What stands for the column's default (PostgreSQL 16). */
  public CopyIn defaultAs(String text) {
    return with(options.with(CopyOption.DEFAULT, text));
  }

  /** The first line holds names and is skipped; in text from PostgreSQL 15 on. */
  public CopyIn header() {
    return with(options.with(CopyOption.HEADER, CopyOptions.TRUE));
  }

  /** The first line must hold exactly the names of the columns (PostgreSQL 15). */
  public CopyIn headerMatches() {
    return with(options.with(CopyOption.HEADER, new CopyOptions.Word("match")));
  }

  /** What quotes a field; csv only. */
  public CopyIn quote(char quote) {
    return with(options.with(CopyOption.QUOTE, quote));
  }

  /**
   * What stands before a quote inside a quoted field; csv only, and the quote unless it is said.
   */
  public CopyIn escape(char escape) {
    return with(options.with(CopyOption.ESCAPE, escape));
  }

  /**
   * Fields of these columns that look like NULL are taken as text; csv only. None means all columns
   * (PostgreSQL 17).
   */
  public CopyIn forceNotNull(String... columns) {
    return with(options.withColumns(CopyOption.FORCE_NOT_NULL, columns));
  }

  /**
   * Fields of these columns that look like NULL are NULL even when they are quoted; csv only. None
   * means all columns (PostgreSQL 17).
   */
  public CopyIn forceNull(String... columns) {
    return with(options.withColumns(CopyOption.FORCE_NULL, columns));
  }

  /** The encoding of the bytes, such as {@code LATIN1}; UTF-8 unless it is said. */
  public CopyIn encoding(String name) {
    return with(options.with(CopyOption.ENCODING, name));
  }

  /**
   * Rows already visible when the transaction commits, without a later freeze; the table must have
   * been created or truncated in the same transaction.
   */
  public CopyIn freeze() {
    return with(options.with(CopyOption.FREEZE, CopyOptions.TRUE));
  }

  /**
   * Rows that cannot be read are skipped, and not counted (PostgreSQL 17). Rows that violate a
   * constraint still fail the copy.
   */
  public CopyIn ignoreErrors() {
    return with(options.with(CopyOption.ON_ERROR, new CopyOptions.Word("ignore")));
  }

  /** At most so many rows may be skipped, after {@link #ignoreErrors} (PostgreSQL 18). */
  public CopyIn rejectLimit(long rows) {
    if (rows < 1) {
      throw new WrongArguments("COPY's REJECT_LIMIT must be 1 row or more, it was " + rows);
    }
    return with(options.with(CopyOption.REJECT_LIMIT, new CopyOptions.Word(Long.toString(rows))));
  }

  /** What the server says of skipped rows (PostgreSQL 17). */
  public CopyIn logVerbosity(LogVerbosity verbosity) {
    CopyConduct.given("a verbosity", verbosity);
    String word = verbosity.name().toLowerCase(Locale.ROOT);
    return with(options.with(CopyOption.LOG_VERBOSITY, new CopyOptions.Word(word)));
  }

  /**
   * Only the rows that are meant; those left out are not counted. Its values are written into the
   * statement as literals, since COPY takes no parameters.
   */
  public CopyIn where(Condition condition) {
    CopyConduct.given("a condition", condition);
    return new CopyIn(table, columns, options, condition, conduct);
  }

  /** With a time budget of its own, which covers the source too. */
  public CopyIn timeout(Duration timeout) {
    return with(conduct.timeout(timeout));
  }

  /**
   * Tells how far it has come: never on an event loop, at most ten times a second, and once at the
   * end if it succeeds. What the callback throws is logged.
   */
  public CopyIn onProgress(Consumer<CopyProgress> callback) {
    return with(conduct.onProgress(callback));
  }

  /** The table. */
  public TableName table() {
    return table;
  }

  /** The time budget, or null for the database's default. */
  public @Nullable Duration timeout() {
    return conduct.timeout();
  }

  /** Who is told how far it has come, or null. */
  public @Nullable Consumer<CopyProgress> progress() {
    return conduct.progress();
  }

  /** Whether {@link #statement} needs the table as it is. */
  public boolean hasCondition() {
    return where != null;
  }

  /**
   * The statement.
   *
   * @param known the table as it is; null will do without a condition
   */
  public CopySql statement(@Nullable TableDefinition known) {
    return CopyWriter.in(table, columns, options, where, known);
  }

  /** The statement without its condition. */
  @Override
  public String toString() {
    return statement(null).shown();
  }
}
