package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What surrounds every statement of one database: its time budget and its listeners. */
final class Watch {
  private static final System.Logger LOG = System.getLogger("dev.howdah");

  private final List<DatabaseListener> listeners;
  private final @Nullable Duration defaultTimeout;
  private final Scheduler timer;
  private final AtomicLong lastId = new AtomicLong();

  Watch(List<DatabaseListener> listeners, @Nullable Duration defaultTimeout, Scheduler timer) {
    this.listeners = List.copyOf(listeners);
    this.defaultTimeout = defaultTimeout;
    this.timer = timer;
  }

  /** The same work, cancelled when its time is over, told to the listeners. */
  Mono<RowSet> over(Query<?> query, Mono<RowSet> work) {
    Duration timeout = query.timeout() == null ? defaultTimeout : query.timeout();
    Mono<RowSet> limited = timeout == null ? work : limited(query, timeout, work);
    return listeners.isEmpty()
        ? limited
        : told(query.verb(), query.sql(), query.arguments(), limited);
  }

  /** As {@link #over(Query, Mono)}, for a script. */
  Mono<Void> over(String script, Mono<Void> work) {
    if (listeners.isEmpty()) {
      return work;
    }
    return told("executeScript", script, List.of(), work.thenReturn(RowSet.EMPTY)).then();
  }

  private Mono<RowSet> limited(Query<?> query, Duration timeout, Mono<RowSet> work) {
    return work.timeout(
        timeout,
        Mono.error(
            () ->
                new QueryTimeout(
                    query.verb()
                        + " took longer than its "
                        + timeout.toMillis()
                        + " ms and was cancelled",
                    query.sql())),
        timer);
  }

  private Mono<RowSet> told(
      String verb, String sql, List<@Nullable Object> arguments, Mono<RowSet> work) {
    return Mono.defer(
        () -> {
          QueryEvent event = new QueryEvent(lastId.incrementAndGet(), verb, sql, arguments);
          long start = System.nanoTime();
          tell(listener -> listener.queryStarted(event));
          return work.doOnSuccess(
                  answer -> tell(l -> l.querySucceeded(event, rows(answer), since(start))))
              .doOnError(failure -> tell(l -> l.queryFailed(event, failure, since(start))))
              .doOnCancel(
                  () ->
                      tell(
                          l ->
                              l.queryFailed(
                                  event, new CancellationException("cancelled"), since(start))));
        });
  }

  private static long rows(@Nullable RowSet answer) {
    return answer == null ? 0 : answer.affected();
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void tell(Consumer<DatabaseListener> news) {
    for (DatabaseListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException thrown) {
        LOG.log(System.Logger.Level.WARNING, "a database listener threw", thrown);
      }
    }
  }
}
