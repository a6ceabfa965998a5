package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Command;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A cursor that PostgreSQL holds: each page is a statement of its own, whole and in turn, so the
 * memory that it takes is one page, here and on the network, and other statements of the same
 * connection are never mixed with it.
 */
final class ServerCursor implements Engine.Cursor {
  private final TransactionScope scope;
  private final LeasedEngine lease;
  private final Query<?> query;
  private final Run run;
  private final boolean ownsScope;
  private final @Nullable Reading reading;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final int number;
  private volatile boolean exhausted;
  private volatile @Nullable Throwable failure;
  private final AtomicLong rows = new AtomicLong();

  /**
   * A cursor that has yet to be declared.
   *
   * @param exclusive whether nothing else may run in the transaction while it is open
   * @param ownsScope whether the transaction was opened for it alone and ends with it
   */
  ServerCursor(
      TransactionScope scope, Query<?> query, Run run, boolean exclusive, boolean ownsScope) {
    this.scope = scope;
    this.lease = scope.lease();
    this.query = query;
    this.run = run;
    this.ownsScope = ownsScope;
    this.reading = exclusive ? new Reading(scope) : null;
    this.number = lease.takeCursor();
  }

  /** What keeps everything else away while an answer is read. */
  private record Reading(TransactionScope outer) implements Occupant {
    @Override
    public String verb() {
      return "stream";
    }

    @Override
    public String refusal() {
      return "a stream of it is being read; read it to its end or cancel it first, or use another"
          + " connection";
    }
  }

  Mono<Engine.Cursor> declare(Command command) {
    return Mono.defer(
        () -> {
          if (reading != null) {
            lease.occupancy().enter(reading);
          }
          return lease
              .step(
                  run,
                  scope::checkTurn,
                  command.behind("DECLARE " + name() + " NO SCROLL CURSOR FOR "),
                  query.parsed())
              .<Engine.Cursor>thenReturn(this)
              .doOnError(failed -> leave())
              .doOnCancel(this::leave);
        });
  }

  private String name() {
    return "howdah_cursor_" + number;
  }

  @Override
  public Mono<RowSet> fetch(int wanted) {
    if (wanted < 1) {
      throw new WrongArguments("fetch takes 1 row or more, it was asked for " + wanted);
    }
    check("fetch");
    return Mono.defer(
        () ->
            exhausted
                ? Mono.just(RowSet.EMPTY)
                : read("fetch", Command.reading("FETCH FORWARD " + wanted + " FROM " + name()))
                    .doOnNext(page -> came(page.rows().size(), wanted)));
  }

  @Override
  public Mono<Long> skip(long wanted) {
    if (wanted < 1) {
      throw new WrongArguments("skip takes 1 row or more, it was asked for " + wanted);
    }
    check("skip");
    return Mono.defer(
        () ->
            exhausted
                ? Mono.just(0L)
                : read("skip", Command.of("MOVE FORWARD " + wanted + " FROM " + name()))
                    .map(RowSet::affected)
                    .doOnNext(count -> came(count, wanted)));
  }

  private Mono<RowSet> read(String verb, Command command) {
    Runnable check =
        () -> {
          scope.checkTurn();
          checkOpen(verb);
        };
    return lease
        .watch()
        .step(run, query, lease.step(run, check, command, query.parsed()))
        .doOnError(this::failed)
        .doOnCancel(() -> failed(new CancellationException(verb + " was cancelled")));
  }

  private void came(long count, long wanted) {
    rows.addAndGet(count);
    exhausted = count < wanted;
  }

  private void failed(Throwable problem) {
    failure = problem;
    scope.remember(problem);
    run.failed(problem);
  }

  private void check(String verb) {
    checkOpen(verb);
    if (!ownsScope) {
      scope.checkOpen(verb);
    }
  }

  private void checkOpen(String verb) {
    if (!open.get()) {
      throw new HandleReturned(verb + " was called on a cursor that is closed");
    }
  }

  @Override
  public Mono<Void> close() {
    return Ending.of(
        Mono.defer(
            () -> {
              if (!open.compareAndSet(true, false)) {
                return Mono.empty();
              }
              return ownsScope ? endScope() : closeInScope();
            }));
  }

  /** Its transaction is kept when the answer was read to its end; what was stopped is undone. */
  private Mono<Void> endScope() {
    leave();
    Throwable problem = failure;
    Mono<Void> end =
        problem == null && exhausted
            ? scope.complete()
            : scope.fail(problem == null ? new CancellationException("stopped early") : problem);
    return end.doOnError(run::failed).doOnSuccess(done -> run.succeeded(rows.get()));
  }

  private Mono<Void> closeInScope() {
    boolean nothingToClose = failure != null || !scope.isOpen();
    Mono<Void> end =
        nothingToClose
            ? Mono.empty()
            : lease.control(scope::checkTurn, Command.of("CLOSE " + name())).then();
    return end.onErrorComplete()
        // Before the caller hears of it, whose next statement would be refused otherwise.
        .doOnTerminate(
            () -> {
              leave();
              run.succeeded(rows.get());
            });
  }

  private void leave() {
    if (reading != null) {
      lease.occupancy().leave(reading);
    }
    lease.leaveCursor(number);
  }
}
