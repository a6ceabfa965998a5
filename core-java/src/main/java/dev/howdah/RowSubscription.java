package dev.howdah;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.internal.engine.Engine;
import dev.howdah.query.Query;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of a stream: pages of the engine's become rows for a subscriber, on demand. */
final class RowSubscription<T> extends Delivery<T> {
  private final Engine engine;
  private final Query<List<T>> query;

  private volatile @Nullable List<T> arrived;
  private volatile Engine.@Nullable Pages cursor;

  private @Nullable Iterator<T> page;
  private boolean lastPage;
  private boolean over;
  private boolean closed;

  RowSubscription(
      Engine engine,
      Query<List<T>> query,
      Executor executor,
      Flow.Subscriber<? super T> subscriber) {
    super("row", executor, subscriber);
    this.engine = engine;
    this.query = query;
  }

  @Override
  void turn() {
    if (over) {
      close();
      return;
    }
    boolean waiting = isWaiting();
    takePage();
    if (!isStopped()) {
      emit();
    }
    if (isStopped() || (page == null && lastPage)) {
      end(failure());
    } else if (page == null && !waiting && demand() > 0) {
      goOn();
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
    long wanted = demand();
    long count = 0;
    try {
      while (count < wanted && rows.hasNext() && !isCancelled()) {
        give(rows.next());
        count++;
      }
    } catch (Throwable thrown) {
      fail(thrown);
    }
    page = rows.hasNext() ? rows : null;
    given(count);
  }

  private void give(@Nullable T row) {
    if (row == null) {
      throw new MappingFailure(
          "a row of the stream became null, which a publisher cannot carry; ask for a record or a"
              + " Row",
          null,
          query.sql());
    }
    handOn(row);
  }

  private void goOn() {
    Engine.Pages opened = cursor;
    try {
      if (opened == null) {
        hold(
            Handoff.owned(
                engine.stream(query), executor(), Function.identity(), RowSubscription::unwanted),
            answer -> cursor = answer);
      } else {
        hold(
            Handoff.of(opened.fetch(query.fetchSize()), executor(), query::read),
            rows -> arrived = rows);
      }
    } catch (RuntimeException refused) {
      fail(refused);
      wake();
    }
  }

  private static void unwanted(Engine.Pages lost) {
    lost.close().subscribe();
  }

  /** Stops what is under way, closes, and then tells the subscriber, if it still wants to hear. */
  private void end(@Nullable Throwable problem) {
    over = true;
    page = null;
    stop();
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
      Handoff.of(opened.close(), executor())
          .whenComplete((done, closing) -> tell(problem == null ? closing : problem));
    }
  }
}
