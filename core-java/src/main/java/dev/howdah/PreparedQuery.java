package dev.howdah;

import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowMapper;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One statement of one connection or transaction, to be run often with other arguments.
 *
 * <p>The server parses it at its first run, and keeps it for the connection as long as it is among
 * the {@code statementCacheSize} that were used last, whichever handle runs them; so this is a name
 * for a statement and its row type, not the only way to a prepared one. Valid as long as what made
 * it; after that every verb fails, naming it. Safe for any thread.
 *
 * @param <T> what a row becomes
 */
public final class PreparedQuery<T> {
  private final Queries queries;
  private final RowMapper<T> mapper;
  private final String sql;

  PreparedQuery(Queries queries, RowMapper<T> mapper, String sql) {
    this.queries = queries;
    this.mapper = mapper;
    this.sql = sql;
    // A text that cannot be read is refused here, and not at its first run.
    ParsedSql.of(sql);
  }

  /** Runs it; the number of rows it changed, or returned if it only reads. */
  public CompletableFuture<Long> execute(@Nullable Object... arguments) {
    return queries.execute(sql, arguments);
  }

  /** Runs it; all rows. */
  public CompletableFuture<List<T>> fetch(@Nullable Object... arguments) {
    return queries.fetch(mapper, sql, arguments);
  }

  /** Runs it; the first row, if there is one. */
  public CompletableFuture<Optional<T>> fetchRow(@Nullable Object... arguments) {
    return queries.fetchRow(mapper, sql, arguments);
  }

  /** Runs it; exactly one row. */
  public CompletableFuture<T> fetchOne(@Nullable Object... arguments) {
    return queries.fetchOne(mapper, sql, arguments);
  }

  /** Runs it; the rows one by one. */
  public RowStream<T> stream(@Nullable Object... arguments) {
    return queries.stream(Query.rows(mapper, sql, arguments));
  }

  /** Its text. */
  @Override
  public String toString() {
    return "PreparedQuery[" + sql + "]";
  }
}
