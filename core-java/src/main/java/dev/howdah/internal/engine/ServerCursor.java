package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.TransactionState;
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
  private int number;
  private volatile boolean exhausted;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable String undoneBy;
  private volatile boolean leftUnread;
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
  }

  int number() {
    return number;
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

  Mono<ServerCursor> declare(Command command) {
    return Mono.defer(
        () -> {
          if (reading != null) {
            lease.occupancy().enter(reading);
          }
          number = lease.cursors().name(this);
          return lease
              .step(
                  run,
                  this::checkDeclaration,
                  command.behind("DECLARE " + name() + " NO SCROLL CURSOR FOR "),
                  query.parsed())
              .thenReturn(this)
              .doOnError(
                  failed -> {
                    lease.cursors().gone(this);
                    leave();
                  })
              // It may be there already: its name stays taken.
              .doOnCancel(this::leave);
        });
  }

  private void checkDeclaration() {
    scope.checkTurn();
    lease.cursors().declared(this);
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
                    .map(
                        page -> {
                          RowSet placed = page.behind(rows.get());
                          came(page.rows().size(), wanted);
                          return placed;
                        }));
  }

  @Override
  public Mono<Long> skip(long wanted) {
    if (wanted < 1) {
      throw new WrongArguments("skip takes 1 row or more, it was asked for " + wanted);
    }
    check("skip");
    return Mono.defer(
        () -> exhausted ? Mono.just(0L) : move(wanted).doOnNext(count -> came(count, wanted)));
  }

  /** In steps, since MOVE takes no more than an int. */
  private Mono<Long> move(long wanted) {
    long step = Math.min(wanted, Integer.MAX_VALUE);
    return read("skip", Command.of("MOVE FORWARD " + step + " FROM " + name()))
        .map(RowSet::affected)
        .flatMap(
            count ->
                count < step || step == wanted
                    ? Mono.just(count)
                    : move(wanted - step).map(rest -> count + rest));
  }

  private Mono<RowSet> read(String verb, Command command) {
    Runnable check =
        () -> {
          scope.checkTurn();
          checkOpen(verb);
        };
    return lease
        .heard(lease.watch().step(run, query, lease.step(run, check, command, query.parsed())))
        .doOnError(this::failed)
        .doOnCancel(() -> failed(new CancellationException(verb + " was cancelled")));
  }

  private void came(long count, long wanted) {
    rows.addAndGet(count);
    exhausted = count < wanted;
  }

  private void failed(Throwable problem) {
    if (!open.get()) {
      // A page that was read ahead, and that nobody wants since the reader has stopped.
      return;
    }
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
    if (undoneBy != null) {
      throw new TransactionState(
          verb + " was called on a cursor that " + undoneBy + " has undone; open a new one");
    }
  }

  /** Its reader stops before rows that have been fetched. */
  void leftUnread() {
    leftUnread = true;
  }

  /** What it was opened after has been gone back to. */
  void undone(String by) {
    undoneBy = by;
    run.succeeded(rows.get());
  }

  /** Its transaction has ended before it was closed. */
  void over() {
    run.succeeded(rows.get());
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
    lease.cursors().gone(this);
    Throwable problem = failure;
    Mono<Void> end =
        problem == null && exhausted && !leftUnread
            ? scope.complete()
            : scope.fail(problem == null ? new CancellationException("stopped early") : problem);
    return end.doOnError(run::failed).doOnSuccess(done -> run.succeeded(rows.get()));
  }

  private Mono<Void> closeInScope() {
    boolean nothingToClose = failure != null || undoneBy != null || !scope.isOpen();
    Mono<Void> end =
        nothingToClose
            ? Mono.empty()
            : lease
                .control(scope::checkTurn, Command.of("CLOSE " + name()))
                .then()
                .doOnSuccess(closed -> lease.cursors().gone(this));
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
  }
}
