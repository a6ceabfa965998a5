package dev.howdah;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * The future a caller holds: completing it from outside, in any way, stops the query behind it.
 *
 * <p>An answer arrives on an event loop and must leave it before anything of the caller's runs, its
 * record's constructor included. A thread that already waits in {@code join} or {@code get} takes
 * the answer itself; otherwise the executor does. So a caller that waits pays for one change of
 * threads and not for two.
 *
 * @param <A> what the engine answers
 * @param <T> what the caller gets
 */
final class Handoff<A, T extends @Nullable Object> extends CompletableFuture<T>
    implements CoreSubscriber<A> {
  private enum Stage {
    /** The engine is at work. */
    RUNNING,
    /** The answer is here and nobody has taken it yet. */
    ANSWERED,
    /** Somebody has taken it and completes this future. */
    TAKEN
  }

  private final Function<? super A, ? extends T> reader;
  private final Consumer<? super A> lost;
  private final Executor executor;
  private final AtomicReference<@Nullable Subscription> source = new AtomicReference<>();
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RUNNING);
  private final AtomicReference<@Nullable Thread> waiter = new AtomicReference<>();
  private @Nullable A answer;
  private @Nullable Throwable failure;

  private Handoff(
      Function<? super A, ? extends T> reader, Consumer<? super A> lost, Executor executor) {
    this.reader = reader;
    this.lost = lost;
    this.executor = executor;
  }

  /**
   * Starts the work.
   *
   * @param reader turns the answer into the result, never on an event loop
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
  public void onError(Throwable problem) {
    failure = problem;
    answered();
  }

  @Override
  public void onComplete() {
    answered();
  }

  private void answered() {
    source.set(null);
    stage.set(Stage.ANSWERED);
    Thread waiting = waiter.get();
    if (waiting == null) {
      takeOnExecutor();
    } else {
      LockSupport.unpark(waiting);
    }
  }

  private void takeOnExecutor() {
    try {
      executor.execute(this::take);
    } catch (RejectedExecutionException shutDown) {
      // A caller must hear of the end even when its executor has gone.
      take();
    }
  }

  private void take() {
    if (stage.compareAndSet(Stage.ANSWERED, Stage.TAKEN)) {
      deliver();
    }
  }

  @SuppressWarnings("NullAway") // no answer is the answer of work that has no result
  private void deliver() {
    Throwable problem = failure;
    if (problem != null) {
      super.completeExceptionally(problem);
      return;
    }
    A value = answer;
    try {
      if (!super.complete(value == null ? null : reader.apply(value)) && value != null) {
        lost.accept(value);
      }
    } catch (Throwable unreadable) {
      super.completeExceptionally(unreadable);
    }
  }

  @Override
  public T join() {
    help(0);
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    help(0);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    help(Math.max(1, unit.toNanos(timeout)));
    return super.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits for the answer and takes it, if no other thread does so already. Returns early when
   * interrupted or when the time is over; what then happens is the caller's to say.
   *
   * @param nanos how long at most; 0 for ever
   */
  private void help(long nanos) {
    if (isDone() || !waiter.compareAndSet(null, Thread.currentThread())) {
      return;
    }
    try {
      // Lets a ForkJoinPool replace the waiting worker, as the JDK's own join does.
      ForkJoinPool.managedBlock(new Waiting(nanos));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      waiter.set(null);
      take();
    }
  }

  private final class Waiting implements ForkJoinPool.ManagedBlocker {
    private final boolean forEver;
    private final long end;

    Waiting(long nanos) {
      this.forEver = nanos == 0;
      this.end = System.nanoTime() + nanos;
    }

    @Override
    public boolean isReleasable() {
      return stage.get() != Stage.RUNNING
          || isDone()
          || Thread.currentThread().isInterrupted()
          || (!forEver && System.nanoTime() - end >= 0);
    }

    @Override
    public boolean block() {
      if (forEver) {
        LockSupport.park(Handoff.this);
      } else {
        LockSupport.parkNanos(Handoff.this, end - System.nanoTime());
      }
      return isReleasable();
    }
  }

  @Override
  public boolean complete(T value) {
    return stopSource(super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable problem) {
    return stopSource(super.completeExceptionally(problem));
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return stopSource(super.cancel(mayInterruptIfRunning));
  }

  private boolean stopSource(boolean won) {
    if (won) {
      Subscription running = source.getAndSet(null);
      if (running != null) {
        running.cancel();
      }
      Thread waiting = waiter.get();
      if (waiting != null) {
        LockSupport.unpark(waiting);
      }
    }
    return won;
  }
}
