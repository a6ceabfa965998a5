package dev.howdah;

import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query one by one, as fast as they are asked for, in constant memory.
 *
 * <p>Cold: each subscription runs the query anew, reads it through a cursor of the server's in
 * pages ({@link Query#fetchSize}), and holds a connection and, outside a transaction, one of its
 * own until its end. What PostgreSQL has no cursor for, such as {@code INSERT … RETURNING}, is run
 * whole and given out row by row.
 *
 * <p>Cancelling returns at once; behind it the cursor is closed, a page on its way is stopped on
 * the server, and the connection goes back. So does a subscriber that throws. Outside a
 * transaction, what the query itself may have changed is undone then, unless its last row had been
 * fetched. Inside one, the transaction goes on; it is lost when a page had to be stopped.
 *
 * <p>Signals come on the completion executor, one at a time. A row that becomes null fails the
 * stream: ask for a {@code Row} or a record. Any number of threads may subscribe.
 *
 * @param <T> what a row becomes
 */
public final class RowStream<T> implements Flow.Publisher<T> {
  private final Engine engine;
  private final Query<List<T>> query;
  private final Executor executor;

  RowStream(Engine engine, Query<List<T>> query, Executor executor) {
    this.engine = engine;
    this.query = query;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super T> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    subscriber.onSubscribe(new RowSubscription<>(engine, query, executor, subscriber));
  }

  /**
   * Runs it, and calls {@code action} with each row, on the completion executor, one at a time. The
   * future completes after the last row; it fails when the query or the action does; cancelling it
   * stops the stream.
   */
  public CompletableFuture<@Nullable Void> forEach(Consumer<? super T> action) {
    Arguments.given("forEach", "an action", action);
    EachRow<T> rows = new EachRow<>(action);
    subscribe(rows);
    return rows;
  }

  /** A future that consumes. */
  private static final class EachRow<T> extends CompletableFuture<@Nullable Void>
      implements Flow.Subscriber<T> {
    private final Consumer<? super T> action;
    private volatile Flow.@Nullable Subscription subscription;

    @SuppressWarnings("FutureReturnValueIgnored") // it only stops the stream
    EachRow(Consumer<? super T> action) {
      this.action = action;
      whenComplete((done, failure) -> stop());
    }

    private void stop() {
      Flow.Subscription now = subscription;
      if (now != null) {
        now.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T row) {
      action.accept(row);
    }

    @Override
    public void onError(Throwable failure) {
      completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      complete(null);
    }
  }
}
