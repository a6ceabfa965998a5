package dev.howdah;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that is handed to one subscriber piece by piece, on demand.
 *
 * <p>Whatever happens (demand, a piece, a failure, a cancellation) leaves a note and calls {@link
 * #wake}; one thread of the executor at a time looks at the notes ({@link #turn}). So fields
 * without {@code volatile} belong to the turn, here and below.
 *
 * @param <T> a piece
 */
abstract class Delivery<T> implements Flow.Subscription {
  private final String piece;
  private final Executor executor;
  private final Flow.Subscriber<? super T> subscriber;

  private final AtomicInteger notes = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;

  private @Nullable CompletableFuture<?> underWay;
  private volatile boolean waits;
  private boolean told;

  /**
   * Nothing is asked for yet.
   *
   * @param piece what is counted, for errors
   */
  Delivery(String piece, Executor executor, Flow.Subscriber<? super T> subscriber) {
    this.piece = piece;
    this.executor = executor;
    this.subscriber = subscriber;
  }

  /** Looks at all notes and does what they ask for. */
  abstract void turn();

  @Override
  public final void request(long more) {
    if (more < 1) {
      failure =
          new IllegalArgumentException(
              "request takes 1 " + piece + " or more, it was given " + more);
    } else {
      demand.updateAndGet(now -> now + more < 0 ? Long.MAX_VALUE : now + more);
    }
    wake();
  }

  @Override
  public final void cancel() {
    cancelled = true;
    wake();
  }

  final void wake() {
    if (notes.getAndIncrement() != 0) {
      return;
    }
    try {
      executor.execute(this::turns);
    } catch (RejectedExecutionException shutDown) {
      // A subscriber must hear of the end even when its executor has gone.
      turns();
    }
  }

  private void turns() {
    int seen = notes.get();
    while (seen != 0) {
      turn();
      seen = notes.addAndGet(-seen);
    }
  }

  final Executor executor() {
    return executor;
  }

  final boolean isCancelled() {
    return cancelled;
  }

  /** What ends it before its time, or null. */
  final @Nullable Throwable failure() {
    return failure;
  }

  final void fail(Throwable problem) {
    failure = problem;
  }

  /** Whether it shall not go on. */
  final boolean isStopped() {
    return cancelled || failure != null;
  }

  /** How many more are wanted. */
  final long demand() {
    return demand.get();
  }

  /** Hands one on; throws what the subscriber throws. */
  final void handOn(T piece) {
    subscriber.onNext(piece);
  }

  /** So many of those that were wanted have been handed on. */
  final void given(long count) {
    if (demand.get() != Long.MAX_VALUE) {
      demand.addAndGet(-count);
    }
  }

  /**
   * Whether the answer of what is under way is still to come. To be asked before the notes are
   * looked at: when it says no, the last answer is among them.
   */
  final boolean isWaiting() {
    return waits;
  }

  /** Waits for it; its answer, or its failure, is a note. */
  @SuppressWarnings("FutureReturnValueIgnored") // it only leaves a note
  final <A> void hold(CompletableFuture<A> work, Consumer<A> note) {
    underWay = work;
    waits = true;
    work.whenComplete(
        (answer, problem) -> {
          if (problem == null) {
            note.accept(answer);
          } else {
            failure = problem;
          }
          // Not by isDone(), which is so before the note is there.
          waits = false;
          wake();
        });
  }

  /** Stops what is under way. */
  final void stop() {
    CompletableFuture<?> work = underWay;
    if (work != null) {
      work.cancel(true);
    }
  }

  /** Tells the subscriber how it ended, once, if it still wants to hear. */
  final void tell(@Nullable Throwable problem) {
    if (cancelled || told) {
      return;
    }
    told = true;
    if (problem == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(problem);
    }
  }
}
