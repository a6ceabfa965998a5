package dev.howdah;

import dev.howdah.internal.tables.CopyCore;
import dev.howdah.query.CopyOut;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * One copy for one subscriber, begun when something is asked for. As in {@link RowSubscription}
 * whatever happens leaves a note, and one thread of the executor at a time looks at the notes.
 */
final class ByteSubscription implements Flow.Subscription {
  private final CopyCore copies;
  private final CopyOut copy;
  private final Executor executor;
  private final Flow.Subscriber<? super ByteBuffer> subscriber;

  private final AtomicInteger notes = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Arrived arrived;

  private @Nullable CompletableFuture<Long> underWay;
  private boolean over;

  /** Bytes, and who waits to hear that they have been taken. */
  private record Arrived(ByteBuffer bytes, MonoSink<Void> waiting) {}

  ByteSubscription(
      CopyCore copies,
      CopyOut copy,
      Executor executor,
      Flow.Subscriber<? super ByteBuffer> subscriber) {
    this.copies = copies;
    this.copy = copy;
    this.executor = executor;
    this.subscriber = subscriber;
  }

  @Override
  public void request(long chunks) {
    if (chunks < 1) {
      failure =
          new IllegalArgumentException("request takes 1 chunk or more, it was given " + chunks);
    } else {
      demand.updateAndGet(now -> now + chunks < 0 ? Long.MAX_VALUE : now + chunks);
    }
    wake();
  }

  @Override
  public void cancel() {
    cancelled = true;
    wake();
  }

  private void wake() {
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

  private void turn() {
    if (over) {
      return;
    }
    if (underWay == null && demand.get() > 0 && !cancelled && failure == null) {
      start();
    }
    if (!cancelled && failure == null) {
      give();
    }
    CompletableFuture<Long> work = underWay;
    if (cancelled || failure != null || (work != null && work.isDone() && arrived == null)) {
      end(work);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it only leaves a note
  private void start() {
    try {
      CompletableFuture<Long> work =
          Handoff.of(copies.out(copy, this::arrive), executor, rows -> rows);
      underWay = work;
      work.whenComplete(
          (rows, problem) -> {
            if (problem != null) {
              failure = problem;
            }
            wake();
          });
    } catch (RuntimeException refused) {
      failure = refused;
    }
  }

  private Mono<Void> arrive(ByteBuffer bytes) {
    return Mono.create(
        waiting -> {
          arrived = new Arrived(bytes, waiting);
          wake();
        });
  }

  private void give() {
    Arrived now = arrived;
    if (now == null || demand.get() == 0) {
      return;
    }
    arrived = null;
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    try {
      subscriber.onNext(now.bytes());
      now.waiting().success();
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  /** Stops what is under way, and tells the subscriber if it still wants to hear. */
  private void end(@Nullable CompletableFuture<Long> work) {
    over = true;
    arrived = null;
    Throwable problem = failure;
    if (work != null) {
      work.cancel(true);
    }
    if (cancelled) {
      return;
    }
    if (problem == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(problem);
    }
  }
}
