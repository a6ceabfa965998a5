package dev.howdah;

import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.row.RowMappers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The verbs inside a transaction, valid until its end: the end of its block, or {@link #commit} and
 * {@link #rollback} where it was opened with {@code begin()}.
 *
 * <p>Calls made at the same time run one after the other, in the order they were made. After the
 * end every verb fails with {@link dev.howdah.error.ClientException.TransactionState}. BEGIN,
 * COMMIT and the like as SQL text are refused: these verbs begin and end the transaction.
 */
public final class Transaction extends EngineQueries implements AutoCloseable {
  private final Engine.Scope scope;

  Transaction(Engine.Scope scope, Executor executor) {
    super(scope, executor);
    this.scope = scope;
  }

  /**
   * Commits; only for a transaction that was opened with {@code begin()}. When the server rolls
   * back instead it fails with {@link dev.howdah.error.ClientException.RolledBack}; when the
   * connection is lost meanwhile, with {@link
   * dev.howdah.error.ClientException.CommitOutcomeUnknown}. Cancelling the future does not stop it.
   * A second end fails, saying what the first was.
   */
  public CompletableFuture<@Nullable Void> commit() {
    return Handoff.of(scope.commit(), executor);
  }

  /**
   * Rolls back; only for a transaction that was opened with {@code begin()}. A statement that still
   * runs is stopped. A second end fails, saying what the first was.
   */
  public CompletableFuture<@Nullable Void> rollback() {
    return Handoff.of(scope.rollback(), executor);
  }

  /**
   * Sets a named savepoint, to which the transaction can go back; see {@link Savepoint}. Without a
   * name of your own, nest with {@link #transaction}.
   *
   * @param name any text PostgreSQL takes as a name; one that is set already is refused, and so are
   *     those that begin with {@code howdah_}, which are the library's own
   */
  public CompletableFuture<Savepoint> savepoint(String name) {
    return Handoff.owned(
        scope.savepoint(name),
        executor,
        mark -> new Savepoint(name, mark, executor),
        unwanted -> unwanted.release().subscribe());
  }

  /** Opens a cursor, to read an answer in portions; see {@link Cursor}. */
  public CompletableFuture<Cursor<Row>> cursor(String sql, @Nullable Object... arguments) {
    return cursor(Query.rows(sql, arguments));
  }

  /** Opens a cursor over rows each as a {@code type}. */
  public <T> CompletableFuture<Cursor<T>> cursor(
      Class<T> type, String sql, @Nullable Object... arguments) {
    return cursor(Query.rows(type, sql, arguments));
  }

  /** Opens a cursor over rows each mapped by {@code mapper}. */
  public <T> CompletableFuture<Cursor<T>> cursor(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments) {
    return cursor(Query.rows(mapper, sql, arguments));
  }

  /** Opens a cursor over the rows of a query value; its timeout is that of a portion. */
  public <T> CompletableFuture<Cursor<T>> cursor(Query<List<T>> query) {
    return Handoff.owned(
        scope.cursor(query.as("cursor")),
        executor,
        opened -> new Cursor<>(opened, query, executor),
        unwanted -> unwanted.close().subscribe());
  }

  /** A statement to be run often with other arguments; see {@link PreparedQuery}. */
  public PreparedQuery<Row> prepare(String sql) {
    return prepare(RowMappers.rows(), sql);
  }

  /** A statement to be run often, its rows each as a {@code type}. */
  public <T> PreparedQuery<T> prepare(Class<T> type, String sql) {
    return prepare(RowMappers.of(type), sql);
  }

  /** A statement to be run often, its rows each mapped by {@code mapper}. */
  public <T> PreparedQuery<T> prepare(RowMapper<T> mapper, String sql) {
    scope.check("prepare");
    return new PreparedQuery<>(this, mapper, sql);
  }

  /**
   * Rolls back if it is still open; only for a transaction that was opened with {@code begin()}.
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Handoff.of(scope.close(), executor);
  }

  /** Rolls back if it is still open, and waits until that is done. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }
}
