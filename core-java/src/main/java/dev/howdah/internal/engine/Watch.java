package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ServerReport;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What surrounds every statement of one database: its time budget and its listeners. */
final class Watch {
  private final List<DatabaseListener> listeners;
  private final @Nullable Duration defaultTimeout;
  private final Scheduler timer;
  private final Executor executor;
  private final AtomicLong lastId = new AtomicLong();

  /**
   * A watch.
   *
   * @param executor runs listeners that are told of notices
   */
  Watch(
      List<DatabaseListener> listeners,
      @Nullable Duration defaultTimeout,
      Scheduler timer,
      Executor executor) {
    this.listeners = List.copyOf(listeners);
    this.defaultTimeout = defaultTimeout;
    this.timer = timer;
    this.executor = executor;
  }

  /** What brings notices to a listener of the user's. */
  NoticeRelay relay(Consumer<? super ServerReport> listener) {
    return new NoticeRelay(listener, executor);
  }

  /** The same work, cancelled when its time is over, told to the listeners. */
  Mono<RowSet> over(Query<?> query, Function<Run, Mono<RowSet>> work) {
    Duration timeout = limit(query);
    return over(query, timeout, timeout == null, work);
  }

  private Mono<RowSet> over(
      Query<?> query,
      @Nullable Duration timeout,
      boolean unlimited,
      Function<Run, Mono<RowSet>> work) {
    if (unlimited && listeners.isEmpty() && query.noticeListener() == null) {
      return work.apply(Run.UNWATCHED);
    }
    return Mono.defer(
        () -> {
          Run run = begun(query);
          Mono<RowSet> watched =
              watched(
                  run,
                  limited(run, timeout, work.apply(run)),
                  answer -> run.succeeded(answer == null ? 0 : answer.affected()));
          return run.heard(watched);
        });
  }

  /** As {@link #over}, for a query whose time budget begins later, with {@link #limit}. */
  Mono<RowSet> overUnlimited(Query<?> query, Function<Run, Mono<RowSet>> work) {
    return over(query, null, limit(query) == null, work);
  }

  /** As {@link #over}, for many runs of one statement, whose arguments are not told. */
  Mono<RowSet> many(ManyQuery query, Function<Run, Mono<RowSet>> work) {
    if (defaultTimeout == null && listeners.isEmpty()) {
      return work.apply(Run.UNWATCHED);
    }
    return Mono.defer(
        () -> {
          Run run = begun(query.verb(), query.sql(), List.of());
          return watched(
              run,
              limited(run, defaultTimeout, work.apply(run)),
              answer -> run.succeeded(answer == null ? 0 : answer.affected()));
        });
  }

  /** As {@link #over}, for a copy. */
  Mono<Long> copy(CopyCall call, Function<Run, Mono<Long>> work) {
    Duration timeout = call.timeout() == null ? defaultTimeout : call.timeout();
    if (timeout == null && listeners.isEmpty() && call.noticeListener() == null) {
      return work.apply(Run.UNWATCHED);
    }
    return Mono.defer(
        () -> {
          Run run =
              begun(call.verb(), call.sql(), call.arguments(), relayTo(call.noticeListener()));
          if (call.verb().equals("copyIn")) {
            run.waitsFor("its source and a connection");
          }
          return run.heard(
              watched(
                  run,
                  limited(run, timeout, work.apply(run)),
                  rows -> run.succeeded(rows == null ? 0 : rows)));
        });
  }

  /** As {@link #over}, for a script. */
  Mono<Void> script(String sql, @Nullable Duration ownTimeout, Function<Run, Mono<Void>> work) {
    Duration timeout = ownTimeout == null ? defaultTimeout : ownTimeout;
    if (timeout == null && listeners.isEmpty()) {
      return work.apply(Run.UNWATCHED);
    }
    return Mono.defer(
        () -> {
          Run run = begun("executeScript", sql, List.of());
          return watched(run, limited(run, timeout, work.apply(run)), end -> run.succeeded(0));
        });
  }

  /** As {@link #over}, for work that opens something: it ends the run itself when it is closed. */
  <T> Mono<T> opening(Query<?> query, Function<Run, Mono<T>> work) {
    return Mono.defer(
        () -> {
          Run run = begun(query);
          return run.heard(watched(run, limited(run, limit(query), work.apply(run)), opened -> {}));
        });
  }

  /** One step of a run that was opened: a page has the whole budget of its query. */
  <T> Mono<T> step(Run run, Query<?> query, Mono<T> work) {
    return run.heard(limited(run, limit(query), work));
  }

  /** A statement of ours, BEGIN or COMMIT: the default budget holds for it too. */
  Mono<Void> control(String sql, Mono<Void> work) {
    return defaultTimeout == null
        ? work
        : work.timeout(
            defaultTimeout,
            Mono.error(
                () ->
                    new QueryTimeout(
                        sql
                            + " was not answered within the query timeout of "
                            + defaultTimeout.toMillis()
                            + " ms",
                        sql)),
            timer);
  }

  /**
   * A run for COMMIT, which listeners hear of only by what the server says meanwhile: a deferred
   * trigger has no other statement to say it in.
   */
  Run committing() {
    return listeners.isEmpty() ? Run.UNWATCHED : run("commit", "COMMIT", List.of(), null);
  }

  /**
   * Work that must not be stopped on the server, which may be about to do it: when the default
   * budget is used up the connection is dropped, and the work fails by that.
   */
  Mono<Void> unstopped(Mono<Void> work, Supplier<Mono<Void>> drop) {
    Duration timeout = defaultTimeout;
    if (timeout == null) {
      return work;
    }
    return Mono.defer(
        () -> {
          Disposable alarm =
              timer.schedule(
                  () -> drop.get().subscribe(), timeout.toMillis(), TimeUnit.MILLISECONDS);
          return work.doFinally(end -> alarm.dispose());
        });
  }

  /** A query's time budget, or null when it has none. */
  @Nullable Duration limit(Query<?> query) {
    return query.timeout() == null ? defaultTimeout : query.timeout();
  }

  private Run begun(Query<?> query) {
    return begun(query.verb(), query.sql(), query.arguments(), relayTo(query.noticeListener()));
  }

  private @Nullable NoticeRelay relayTo(@Nullable Consumer<? super ServerReport> listener) {
    return listener == null ? null : relay(listener);
  }

  private Run begun(String verb, String sql, List<@Nullable Object> arguments) {
    return begun(verb, sql, arguments, null);
  }

  private Run begun(
      String verb, String sql, List<@Nullable Object> arguments, @Nullable NoticeRelay notices) {
    Run run = run(verb, sql, arguments, notices);
    run.starts();
    return run;
  }

  private Run run(
      String verb, String sql, List<@Nullable Object> arguments, @Nullable NoticeRelay notices) {
    QueryEvent event = new QueryEvent(lastId.incrementAndGet(), verb, sql, arguments);
    return new Run(listeners, event, notices);
  }

  private <T> Mono<T> limited(Run run, @Nullable Duration timeout, Mono<T> work) {
    return timeout == null
        ? work
        : work.timeout(timeout, Mono.error(() -> run.timedOut(timeout)), timer);
  }

  private <T> Mono<T> watched(Run run, Mono<T> work, Consumer<@Nullable T> succeeded) {
    return listeners.isEmpty()
        ? work
        : work.doOnSuccess(succeeded).doOnError(run::failed).doOnCancel(run::cancelled);
  }
}
