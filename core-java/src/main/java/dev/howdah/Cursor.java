package dev.howdah;

import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Query;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An answer on the server, read in portions from the front; other statements of the transaction may
 * come between.
 *
 * <p>Calls made at the same time run one after the other. It ends with its transaction, and with
 * the rollback to a savepoint that was set before it; after that, and after its own end, every verb
 * fails, naming it. Closing is always allowed. What PostgreSQL has no cursor for, such as {@code
 * INSERT … RETURNING}, is run whole and given out in portions.
 *
 * @param <T> what a row becomes
 */
public final class Cursor<T> implements AutoCloseable {
  private final Engine.Cursor cursor;
  private final Query<List<T>> query;
  private final Executor executor;

  Cursor(Engine.Cursor cursor, Query<List<T>> query, Executor executor) {
    this.cursor = cursor;
    this.query = query;
    this.executor = executor;
  }

  /** The next {@code rows} rows; fewer when that was the end, none after it. */
  public CompletableFuture<List<T>> fetch(int rows) {
    return Handoff.of(cursor.fetch(rows), executor, query::read);
  }

  /** Passes over {@code rows} rows without reading them; how many there were. */
  public CompletableFuture<Long> skip(long rows) {
    return Handoff.of(cursor.skip(rows), executor, count -> count);
  }

  /** Closes it. The second call does nothing. */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Handoff.of(cursor.close(), executor);
  }

  /** Closes it and waits until that is done. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }
}
