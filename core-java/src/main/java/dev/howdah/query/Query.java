package dev.howdah.query;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.NoRow;
import dev.howdah.error.ClientException.TooManyRows;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.ServerReport;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.row.RowMappers;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement with its arguments and the way its answer is read: a value that has not been sent.
 *
 * <p>Immutable and safe to share between threads; running it twice runs the statement twice. The
 * number of arguments is checked when the value is made, so a wrong count never reaches the server.
 *
 * @param <R> what the answer becomes
 */
public final class Query<R extends @Nullable Object> {
  /** A page of rows of some hundred bytes is some hundred kilobytes, and hides a round trip. */
  private static final int DEFAULT_FETCH_SIZE = 1_000;

  private final String verb;
  private final ParsedSql sql;
  private final @Nullable Object[] arguments;
  private final int rowLimit;
  private final Function<RowSet, R> reader;
  private final Manner manner;

  /** How it is run, as far as the caller says. */
  private record Manner(
      @Nullable Duration timeout,
      int fetchSize,
      boolean merging,
      @Nullable Consumer<? super ServerReport> noticeListener) {
    static final Manner DEFAULT = new Manner(null, DEFAULT_FETCH_SIZE, true, null);
  }

  private Query(
      String verb,
      ParsedSql sql,
      @Nullable Object[] arguments,
      int rowLimit,
      Function<RowSet, R> reader,
      Manner manner) {
    this.verb = verb;
    this.sql = sql;
    this.arguments = arguments;
    this.rowLimit = rowLimit;
    this.reader = reader;
    this.manner = manner;
  }

  /** All rows, as {@link Row}. */
  public static Query<List<Row>> rows(String sql, @Nullable Object... arguments) {
    return reading("fetch", sql, Integer.MAX_VALUE, RowSet::rows, arguments);
  }

  /** All rows, each mapped to {@code type} (see {@link RowMappers#of}). */
  public static <T> Query<List<T>> rows(Class<T> type, String sql, @Nullable Object... arguments) {
    return rows(RowMappers.of(type), sql, arguments);
  }

  /** All rows, each mapped by {@code mapper}. */
  public static <T> Query<List<T>> rows(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    given("fetch", mapper);
    return reading(
        "fetch",
        sql,
        Integer.MAX_VALUE,
        answer -> answer.map(row -> nullable(mapper.map(row))),
        arguments);
  }

  /** The first row, or nothing when there is none; further rows are dropped. */
  public static Query<Optional<Row>> row(String sql, @Nullable Object... arguments) {
    return row(RowMappers.rows(), sql, arguments);
  }

  /** The first row mapped to {@code type}, or nothing when there is none. */
  public static <T> Query<Optional<T>> row(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return row(RowMappers.of(type), sql, arguments);
  }

  /** The first row mapped by {@code mapper}, or nothing when there is none. */
  public static <T> Query<Optional<T>> row(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    given("fetchRow", mapper);
    return reading("fetchRow", sql, 1, rows -> Optional.ofNullable(first(mapper, rows)), arguments);
  }

  /** Exactly one row; none fails with {@link NoRow}, two or more with {@link TooManyRows}. */
  public static Query<Row> one(String sql, @Nullable Object... arguments) {
    return one(RowMappers.rows(), sql, arguments);
  }

  /** Exactly one row, mapped to {@code type}. */
  public static <T> Query<T> one(Class<T> type, String sql, @Nullable Object... arguments) {
    return one(RowMappers.of(type), sql, arguments);
  }

  /** Exactly one row, mapped by {@code mapper}. */
  public static <T> Query<T> one(RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    given("fetchOne", mapper);
    return reading("fetchOne", sql, 2, rows -> only(mapper, rows, sql), arguments);
  }

  /**
   * The first column of the first row as {@code type}; nothing when there is no row or the value is
   * null.
   */
  public static <T> Query<Optional<T>> value(
      Class<T> type, String sql, @Nullable Object... arguments) {
    RowMapper<T> mapper = RowMappers.value(type);
    return reading(
        "fetchValue", sql, 1, rows -> Optional.ofNullable(first(mapper, rows)), arguments);
  }

  /** The number of rows the statement changed (or returned, for one that only reads). */
  public static Query<Long> execute(String sql, @Nullable Object... arguments) {
    return reading("execute", sql, 0, RowSet::affected, arguments);
  }

  /**
   * The general form that all others are made of.
   *
   * @param verb the handle's verb, named in errors
   * @param rowLimit how many rows the reader wants to see at most; further ones are dropped unread
   * @param reader turns the answer into the result; pure, called once for each run
   * @throws WrongArguments when {@code sql} is null, is not one whole statement, or takes other
   *     arguments
   * @throws Unsupported when it is COPY … FROM STDIN or COPY … TO STDOUT
   */
  public static <R extends @Nullable Object> Query<R> reading(
      String verb,
      String sql,
      int rowLimit,
      Function<RowSet, R> reader,
      @Nullable Object... arguments) {
    ParsedSql parsed = single(verb, sql);
    return new Query<>(verb, parsed, parsed.bind(arguments), rowLimit, reader, Manner.DEFAULT);
  }

  private static void given(String verb, @Nullable RowMapper<?> mapper) {
    if (mapper == null) {
      throw new WrongArguments(verb + " needs a mapper, it was given null");
    }
  }

  /** What is known of a text that must be one whole statement which a query can run. */
  static ParsedSql single(String verb, String sql) {
    ParsedSql parsed = ParsedSql.of(sql);
    if (parsed.statementCount() > 1) {
      throw new WrongArguments(
          verb
              + " runs one statement, the text holds "
              + parsed.statementCount()
              + "; use executeScript for several");
    }
    if (parsed.statementCount() == 0) {
      throw new WrongArguments(verb + " needs a statement, the text holds none");
    }
    String unclosed = parsed.unclosed();
    if (unclosed != null) {
      throw new WrongArguments("the statement never closes " + unclosed, null, sql);
    }
    String copy = parsed.clientCopy();
    if (copy != null) {
      throw new Unsupported(
          copy
              + " cannot run as a statement: "
              + (copy.startsWith("COPY FROM")
                  ? "use copyIn, which takes the rows from this program"
                  : "use copyOut, which brings the rows to this program"));
    }
    return parsed;
  }

  /**
   * The same query with a time budget of its own: acquiring a connection, preparing and running
   * together.
   *
   * @throws WrongArguments when {@code timeout} is zero or negative
   */
  public Query<R> timeout(Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new WrongArguments("a query's timeout must be longer than zero, it was " + timeout);
    }
    return in(new Manner(timeout, fetchSize(), manner.merging, manner.noticeListener));
  }

  /**
   * The same query, read in pages of another size when it is streamed: larger pages for far servers
   * and short rows, smaller ones for rows of many kilobytes. 1,000 rows unless it is said.
   *
   * @throws WrongArguments when {@code rows} is zero or negative
   */
  public Query<R> fetchSize(int rows) {
    if (rows < 1) {
      throw new WrongArguments("a query's fetch size must be 1 row or more, it was " + rows);
    }
    return in(new Manner(timeout(), rows, manner.merging, manner.noticeListener));
  }

  /**
   * The same query, to be merged with others of its shape when they wait together, or never. It may
   * be merged unless it is said, if its text allows that at all.
   */
  public Query<R> merging(boolean on) {
    return in(new Manner(timeout(), fetchSize(), on, manner.noticeListener));
  }

  /**
   * The same query with a listener for what the server says beside its answer: RAISE NOTICE, a
   * warning. It is called on the completion executor, in the server's order, while the statement
   * runs; the verb's answer, or its failure, comes behind the last of them. What it throws is
   * logged. A second listener takes the place of the first.
   */
  public Query<R> onNotice(Consumer<? super ServerReport> listener) {
    if (listener == null) {
      throw new WrongArguments("onNotice needs a listener, it was given null");
    }
    return in(new Manner(timeout(), fetchSize(), manner.merging, listener));
  }

  private Query<R> in(Manner other) {
    return new Query<>(verb, sql, arguments, rowLimit, reader, other);
  }

  /** The same query under the name of another verb of a handle, for errors and listeners. */
  public Query<R> as(String verb) {
    return new Query<>(verb, sql, arguments, rowLimit, reader, manner);
  }

  /** The handle's verb this value stands for, such as {@code fetchRow}. */
  public String verb() {
    return verb;
  }

  /** The statement, with {@code $n} parameters (named ones already replaced). */
  public String sql() {
    return sql.text();
  }

  /** What the lexer knows of the statement. */
  public ParsedSql parsed() {
    return sql;
  }

  /** The arguments in the order of {@code $1, $2 …}; unmodifiable, elements may be null. */
  public List<@Nullable Object> arguments() {
    return Collections.unmodifiableList(Arrays.asList(arguments));
  }

  /** How many rows {@link #read} wants to see at most. */
  public int rowLimit() {
    return rowLimit;
  }

  /** The time budget of this query alone, or null when the database's default holds. */
  public @Nullable Duration timeout() {
    return manner.timeout;
  }

  /** Whether it may be merged with others; not with a listener of its own for notices. */
  public boolean isMerging() {
    return manner.merging && manner.noticeListener == null;
  }

  /** Who hears what the server says beside the answer, or null. */
  public @Nullable Consumer<? super ServerReport> noticeListener() {
    return manner.noticeListener;
  }

  /** How many rows a page has when the query is streamed. */
  public int fetchSize() {
    return manner.fetchSize;
  }

  /**
   * Turns the server's answer into the result. Pure; runs mappers and therefore the caller's
   * constructors.
   *
   * @throws MappingFailure if a row does not become what was asked for; it names the statement
   */
  public R read(RowSet answer) {
    try {
      return reader.apply(answer);
    } catch (MappingFailure failure) {
      throw failure.withSql(sql.text());
    }
  }

  /** The statement's text, never an argument's value. */
  @Override
  public String toString() {
    return verb + "[" + sql.text() + "]";
  }

  private static <T> @Nullable T first(RowMapper<T> mapper, RowSet answer) {
    return answer.rows().isEmpty() ? null : mapper.map(answer.rows().get(0));
  }

  private static <T> T only(RowMapper<T> mapper, RowSet answer, String sql) {
    if (answer.rows().isEmpty()) {
      throw new NoRow("fetchOne expects exactly one row, the query returned none", sql);
    }
    if (answer.rows().size() > 1) {
      throw new TooManyRows("fetchOne expects exactly one row, the query returned more", sql);
    }
    return nullable(mapper.map(answer.rows().get(0)));
  }

  /** A list of single values holds null where the column was null; its type cannot say so. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nullable(@Nullable T value) {
    return value;
  }
}
