package dev.howdah;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Query;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a stream: pages of the engine's become rows for a subscriber, on demand.
 *
 * <p>Whatever happens (demand, a page, a failure, a cancellation) leaves a note and calls {@link
 * #wake}; one thread of the executor at a time looks at the notes ({@link #turn}). So the fields
 * without {@code volatile} belong to the turn.
 */
final class RowSubscription<T> implements Flow.Subscription {
  private final Engine engine;
  private final Query<List<T>> query;
  private final Executor executor;
  private final Flow.Subscriber<? super T> subscriber;

  private final AtomicInteger notes = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable List<T> arrived;
  private volatile Engine.@Nullable Pages cursor;

  private @Nullable CompletableFuture<?> underWay;
  private @Nullable Iterator<T> page;
  private boolean lastPage;
  private boolean over;
  private boolean closed;
  private boolean told;

  RowSubscription(
      Engine engine,
      Query<List<T>> query,
      Executor executor,
      Flow.Subscriber<? super T> subscriber) {
    this.engine = engine;
    this.query = query;
    this.executor = executor;
    this.subscriber = subscriber;
  }

  @Override
  public void request(long rows) {
    if (rows < 1) {
      failure = new IllegalArgumentException("request takes 1 row or more, it was given " + rows);
    } else {
      demand.updateAndGet(now -> now + rows < 0 ? Long.MAX_VALUE : now + rows);
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
      close();
      return;
    }
    forgetWhatEnded();
    takePage();
    if (!cancelled && failure == null) {
      emit();
    }
    Throwable problem = failure;
    if (cancelled || problem != null || (page == null && lastPage)) {
      end(problem);
    } else if (page == null && underWay == null && demand.get() > 0) {
      goOn();
    }
  }

  private void forgetWhatEnded() {
    CompletableFuture<?> work = underWay;
    if (work != null && work.isDone()) {
      underWay = null;
    }
  }

  private void takePage() {
    List<T> rows = arrived;
    if (rows != null) {
      arrived = null;
      lastPage = rows.size() < query.fetchSize();
      page = rows.isEmpty() ? null : rows.iterator();
    }
  }

  private void emit() {
    Iterator<T> rows = page;
    if (rows == null) {
      return;
    }
    long wanted = demand.get();
    long given = 0;
    try {
      while (given < wanted && rows.hasNext() && !cancelled) {
        give(rows.next());
        given++;
      }
    } catch (Throwable thrown) {
      failure = thrown;
    }
    page = rows.hasNext() ? rows : null;
    if (wanted != Long.MAX_VALUE) {
      demand.addAndGet(-given);
    }
  }

  private void give(@Nullable T row) {
    if (row == null) {
      throw new MappingFailure(
          "a row of the stream became null, which a publisher cannot carry; ask for a record or a"
              + " Row",
          null,
          query.sql());
    }
    subscriber.onNext(row);
  }

  private void goOn() {
    Engine.Pages opened = cursor;
    try {
      if (opened == null) {
        hold(
            Handoff.owned(
                engine.stream(query), executor, Function.identity(), RowSubscription::unwanted),
            answer -> cursor = answer);
      } else {
        hold(
            Handoff.of(opened.fetch(query.fetchSize()), executor, query::read),
            rows -> arrived = rows);
      }
    } catch (RuntimeException refused) {
      failure = refused;
      wake();
    }
  }

  private static void unwanted(Engine.Pages lost) {
    lost.close().subscribe();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it only leaves a note
  private <A> void hold(CompletableFuture<A> work, Consumer<A> note) {
    underWay = work;
    work.whenComplete(
        (answer, problem) -> {
          if (problem == null) {
            note.accept(answer);
          } else {
            failure = problem;
          }
          wake();
        });
  }

  /** Stops what is under way, closes, and then tells the subscriber, if it still wants to hear. */
  private void end(@Nullable Throwable problem) {
    over = true;
    page = null;
    CompletableFuture<?> work = underWay;
    if (work != null) {
      work.cancel(true);
    }
    if (cursor == null) {
      tell(problem);
    } else {
      close(problem);
    }
  }

  /** Also for a cursor that was delivered in the instant of the end. */
  private void close() {
    if (cursor != null && !closed) {
      close(null);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the subscriber hears of it
  private void close(@Nullable Throwable problem) {
    Engine.Pages opened = cursor;
    if (opened != null) {
      closed = true;
      Handoff.of(opened.close(), executor)
          .whenComplete((done, closing) -> tell(problem == null ? closing : problem));
    }
  }

  private void tell(@Nullable Throwable problem) {
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
