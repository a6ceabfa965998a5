package dev.howdah;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The future a caller holds: completing it from outside, in any way, stops the query behind it.
 *
 * @param <A> what the engine answers
 * @param <T> what the caller gets
 */
final class Handoff<A, T extends @Nullable Object> extends CompletableFuture<T>
    implements CoreSubscriber<A> {
  private final Function<? super A, ? extends T> reader;
  private final Consumer<? super A> lost;
  private final Executor executor;
  private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
  private @Nullable A answer;

  private Handoff(
      Function<? super A, ? extends T> reader, Consumer<? super A> lost, Executor executor) {
    this.reader = reader;
    this.lost = lost;
    this.executor = executor;
  }

  /**
   * Starts the work.
   *
   * @param reader turns the answer into the result, on the executor
   */
  static <A, T extends @Nullable Object> CompletableFuture<T> of(
      Mono<A> work, Executor executor, Function<? super A, ? extends T> reader) {
    return owned(work, executor, reader, forgotten -> {});
  }

  /** Starts work that has no result. */
  static CompletableFuture<@Nullable Void> of(Mono<Void> work, Executor executor) {
    return owned(work, executor, nothing -> null, nothing -> {});
  }

  /**
   * Starts work whose answer must be closed.
   *
   * @param lost closes an answer that came when the caller had gone
   */
  static <A, T extends @Nullable Object> CompletableFuture<T> owned(
      Mono<A> work,
      Executor executor,
      Function<? super A, ? extends T> reader,
      Consumer<? super A> lost) {
    return work.subscribeWith(new Handoff<A, T>(reader, lost, executor));
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source.set(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(A value) {
    answer = value;
  }

  @Override
  public void onError(Throwable failure) {
    source.set(null);
    onExecutor(() -> super.completeExceptionally(failure));
  }

  @Override
  public void onComplete() {
    source.set(null);
    onExecutor(this::deliver);
  }

  @SuppressWarnings("NullAway") // no answer is the answer of work that has no result
  private void deliver() {
    A value = answer;
    try {
      if (!super.complete(value == null ? null : reader.apply(value)) && value != null) {
        lost.accept(value);
      }
    } catch (Throwable unreadable) {
      super.completeExceptionally(unreadable);
    }
  }

  private void onExecutor(Runnable completion) {
    try {
      executor.execute(completion);
    } catch (RejectedExecutionException shutDown) {
      // A caller must hear of the end even when its executor has gone.
      completion.run();
    }
  }

  @Override
  public boolean complete(T value) {
    return stopSource(super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return stopSource(super.completeExceptionally(failure));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return stopSource(super.cancel(mayInterruptIfRunning));
  }

  private boolean stopSource(boolean won) {
    Subscription running = won ? source.getAndSet(null) : null;
    if (running != null) {
      running.cancel();
    }
    return won;
  }
}
