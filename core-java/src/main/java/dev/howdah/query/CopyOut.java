package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.ServerReport;
import dev.howdah.schema.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What COPY brings out, a table or the answer of a query, and in which format: to be given to
 * {@code copyOut}. Immutable. What is not said is as PostgreSQL has it: in csv a comma, double
 * quotes and an empty field for NULL; in text a tabulator and {@code \N}.
 *
 * <p>Options that do not go together are refused where they are set; which options a server knows
 * is the server's to say. For rows as values of Java and Kotlin use {@code stream}.
 */
public final class CopyOut {
  private static final Set<String> COPIED =
      Set.of("SELECT", "VALUES", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE");

  private final @Nullable TableName table;
  private final @Nullable Query<?> query;
  private final List<String> columns;
  private final CopyOptions options;
  private final CopyConduct conduct;

  private CopyOut(
      @Nullable TableName table,
      @Nullable Query<?> query,
      List<String> columns,
      CopyOptions options,
      CopyConduct conduct) {
    options.checkColumns(columns);
    this.table = table;
    this.query = query;
    this.columns = columns;
    this.options = options;
    this.conduct = conduct;
  }

  /** A table as CSV; the name is one identifier, a schema is given by {@link TableName}. */
  public static CopyOut csv(String table) {
    return csv(CopyConduct.name(table));
  }

  /** A table of a schema as CSV. */
  public static CopyOut csv(TableName table) {
    return of(table, CopyFormat.CSV);
  }

  /**
   * The answer of a query as CSV. Its arguments are written into the statement as literals, since
   * COPY takes no parameters; errors and reports show the text without them.
   *
   * @throws WrongArguments when it is no SELECT, VALUES, TABLE or WITH, nor an INSERT, UPDATE,
   *     DELETE or MERGE (which must have RETURNING)
   */
  public static CopyOut csv(Query<?> query) {
    return of(query, CopyFormat.CSV);
  }

  /** A table in PostgreSQL's text format: a line for each row, with backslash escapes. */
  public static CopyOut text(String table) {
    return text(CopyConduct.name(table));
  }

  /** A table of a schema in PostgreSQL's text format. */
  public static CopyOut text(TableName table) {
    return of(table, CopyFormat.TEXT);
  }

  /** The answer of a query in PostgreSQL's text format; see {@link #csv(Query)}. */
  public static CopyOut text(Query<?> query) {
    return of(query, CopyFormat.TEXT);
  }

  /** A table in PostgreSQL's binary format, for another COPY to read. */
  public static CopyOut binary(String table) {
    return binary(CopyConduct.name(table));
  }

  /** A table of a schema in PostgreSQL's binary format. */
  public static CopyOut binary(TableName table) {
    return of(table, CopyFormat.BINARY);
  }

  /** The answer of a query in PostgreSQL's binary format; see {@link #csv(Query)}. */
  public static CopyOut binary(Query<?> query) {
    return of(query, CopyFormat.BINARY);
  }

  private static CopyOut of(TableName table, CopyFormat format) {
    CopyConduct.given("a table", table);
    return new CopyOut(table, null, List.of(), CopyOptions.of(format), CopyConduct.DEFAULT);
  }

  private static CopyOut of(Query<?> query, CopyFormat format) {
    CopyConduct.given("a query", query);
    if (!COPIED.contains(query.parsed().firstKeyword())) {
      throw new WrongArguments(
          "copyOut takes a query that begins with SELECT, VALUES, TABLE or WITH, or a change with"
              + " RETURNING",
          null,
          query.sql());
    }
    CopySql.bracketed(query.sql());
    return new CopyOut(
        null, query, List.of(), CopyOptions.of(format), new CopyConduct(query.timeout(), null));
  }

  private CopyOut with(CopyOptions changed) {
    return new CopyOut(table, query, columns, changed, conduct);
  }

  private CopyOut with(CopyConduct changed) {
    return new CopyOut(table, query, columns, options, changed);
  }

  /**
   * These columns of the table, in this order. None means all.
   *
   * @throws WrongArguments when it is a query that is copied: that selects its columns itself
   */
  public CopyOut columns(String... names) {
    if (query != null) {
      throw new WrongArguments(
          "a query says itself which columns it gives; columns(…) is for tables");
    }
    return new CopyOut(table, null, CopyOptions.names("columns", names), options, conduct);
  }

  /** What stands between two fields. */
  public CopyOut delimiter(char delimiter) {
    return with(options.with(CopyOption.DELIMITER, delimiter));
  }

  /** What stands for NULL. */
  public CopyOut nullAs(String text) {
    return with(options.with(CopyOption.NULL, text));
  }

  /** A first line with the names of the columns; in text from PostgreSQL 15 on. */
  public CopyOut header() {
    return with(options.with(CopyOption.HEADER, CopyOptions.TRUE));
  }

  /** What quotes a field; csv only. */
  public CopyOut quote(char quote) {
    return with(options.with(CopyOption.QUOTE, quote));
  }

  /**
   * What stands before a quote inside a quoted field; csv only, and the quote unless it is said.
   */
  public CopyOut escape(char escape) {
    return with(options.with(CopyOption.ESCAPE, escape));
  }

  /** All values of these columns are quoted, but NULL; csv only. None means all columns. */
  public CopyOut forceQuote(String... columns) {
    return with(options.withColumns(CopyOption.FORCE_QUOTE, columns));
  }

  /** The encoding of the bytes, such as {@code LATIN1}; UTF-8 unless it is said. */
  public CopyOut encoding(String name) {
    return with(options.with(CopyOption.ENCODING, name));
  }

  /** With a time budget of its own, which covers the consumer too. */
  public CopyOut timeout(Duration timeout) {
    return with(conduct.timeout(timeout));
  }

  /**
   * Tells how far it has come: never on an event loop, at most ten times a second, and once at the
   * end if it succeeds. What the callback throws is logged.
   */
  public CopyOut onProgress(Consumer<CopyProgress> callback) {
    return with(conduct.onProgress(callback));
  }

  /** The time budget, or null for the database's default. */
  public @Nullable Duration timeout() {
    return conduct.timeout();
  }

  /** Who hears what the server says beside its query's rows, or null. */
  public @Nullable Consumer<? super ServerReport> noticeListener() {
    return query == null ? null : query.noticeListener();
  }

  /** Who is told how far it has come, or null. */
  public @Nullable Consumer<CopyProgress> progress() {
    return conduct.progress();
  }

  /** The statement. */
  public CopySql statement() {
    if (table != null) {
      return CopyWriter.out(table, columns, options);
    }
    if (query != null) {
      return CopyWriter.out(query, options);
    }
    throw new AssertionError("a copy has a table or a query");
  }

  /** The statement, never an argument's value. */
  @Override
  public String toString() {
    return statement().shown();
  }
}
