package dev.howdah.internal.engine;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DatabaseException;
import dev.howdah.internal.driver.Command;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One transaction, or one savepoint inside another. Ends once; after that every verb is refused.
 *
 * <p>All statements, the ending one included, pass the connection's gate in the order they came. So
 * what was called before the end runs before it, waited for or not, and nothing runs after it. Of
 * the scopes open on one connection only the innermost takes calls: a statement of another one
 * would share its fate unseen.
 */
final class TransactionScope implements Engine.Scope, Occupant {
  private enum State {
    OPEN("is open"),
    COMMITTED("was already committed"),
    ROLLED_BACK("was already rolled back");

    private final String words;

    State(String words) {
      this.words = words;
    }
  }

  private final LeasedEngine lease;
  private final TransactionOptions options;
  private final EndedBy endedBy;
  private final @Nullable TransactionScope outer;
  private final @Nullable String savepoint;
  private final boolean ownsConnection;
  private final AtomicInteger savepoints;
  private final Marks marks = new Marks(this);
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile @Nullable DatabaseException firstFailure;

  private TransactionScope(
      LeasedEngine lease,
      TransactionOptions options,
      EndedBy endedBy,
      @Nullable TransactionScope outer,
      boolean ownsConnection) {
    this.lease = lease;
    this.options = options;
    this.endedBy = endedBy;
    this.outer = outer;
    this.ownsConnection = ownsConnection;
    this.savepoints = outer == null ? new AtomicInteger() : outer.savepoints;
    this.savepoint = outer == null ? null : "howdah_" + savepoints.incrementAndGet();
  }

  static Mono<Engine.Scope> begin(
      LeasedEngine lease, TransactionOptions options, EndedBy endedBy, boolean ownsConnection) {
    refuseRetries(options, endedBy);
    return Mono.defer(
        () ->
            new TransactionScope(lease, options, endedBy, null, ownsConnection)
                .begun(() -> refuseRawBegin(lease), options.beginSql()));
  }

  private static void refuseRawBegin(LeasedEngine lease) {
    if (lease.held().inTransaction()) {
      throw new TransactionState(
          "a transaction was opened on this connection with a BEGIN of its own; end it before"
              + " transaction(…)");
    }
  }

  private static void refuseRetries(TransactionOptions options, EndedBy endedBy) {
    if (endedBy == EndedBy.CALLER && options.retries() > 0) {
      throw new TransactionState(
          "retries run a whole block again: they go with transaction(…), not with begin()");
    }
  }

  @Override
  public Mono<Engine.Scope> begin(TransactionOptions nested, EndedBy endedBy) {
    check("transaction");
    refuseOtherIsolation(nested.isolation());
    refuseOwnModes(nested);
    return Mono.defer(
        () -> {
          TransactionScope scope = new TransactionScope(lease, nested, endedBy, this, false);
          return scope.begun(this::checkTurn, "SAVEPOINT " + scope.savepoint);
        });
  }

  /** Takes the innermost place before its first statement sets out, and leaves it if that fails. */
  private Mono<Engine.Scope> begun(Runnable check, String sql) {
    lease.occupancy().enter(this);
    return lease
        .control(check, Command.of(sql))
        .<Engine.Scope>thenReturn(this)
        .doOnError(failure -> lease.occupancy().leave(this))
        .doOnCancel(() -> lease.occupancy().leave(this));
  }

  private static void refuseOwnModes(TransactionOptions nested) {
    if (nested.readOnly() != null || nested.deferrable() != null || nested.retries() > 0) {
      throw new TransactionState(
          "a nested transaction is a savepoint: read-only, deferrable and retries belong to the"
              + " outermost transaction");
    }
  }

  private void refuseOtherIsolation(@Nullable Isolation wanted) {
    Isolation own = isolation();
    if (wanted != null && wanted != own) {
      throw new TransactionState(
          "a nested transaction cannot be "
              + wanted.sql()
              + ": the outer one is "
              + (own == null ? "of the session's default isolation" : own.sql())
              + ", and a savepoint shares it");
    }
  }

  /** Of the whole transaction: a savepoint has none of its own. */
  private @Nullable Isolation isolation() {
    return outer == null ? options.isolation() : outer.isolation();
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return lease.run(query, this::checkTurn, this::stopIfRolledBack).doOnError(this::remember);
  }

  @Override
  public Mono<Void> script(String sql, @Nullable Duration timeout) {
    refuseControl("executeScript", ParsedSql.of(sql));
    check("executeScript");
    return lease
        .script(sql, timeout, this::checkTurn, this::stopIfRolledBack)
        .doOnError(this::remember);
  }

  @Override
  public Mono<RowSet> many(ManyQuery query, Elements elements) {
    refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return lease
        .watch()
        .many(
            query,
            run ->
                Mono.defer(
                    () ->
                        new BatchRun(query, elements)
                            .run(
                                batch -> lease.send(query, batch, run, this::checkTurn),
                                work -> savepoint(query, run, work))))
        .doOnError(this::remember);
  }

  /** Several portions: one that cannot be pulled takes those before it along. */
  private Mono<Void> savepoint(
      ManyQuery query, Run run, Function<BatchRun.Sender, Mono<Void>> work) {
    return inTransaction(
        TransactionOptions.defaults(),
        nested -> work.apply(batch -> lease.send(query, batch, run, this::checkTurn)));
  }

  @Override
  public Mono<Long> copyIn(CopyCall call, Mono<CopyFeed> feed) {
    return copies(call).in(feed).doOnError(this::remember);
  }

  @Override
  public Mono<Long> copyOut(
      CopyCall call, CopySql statement, Function<ByteBuffer, Mono<Void>> consumer) {
    return copies(call).out(statement, consumer).doOnError(this::remember);
  }

  private Copies copies(CopyCall call) {
    check(call.verb());
    return new Copies(lease, call, this, this::checkTurn, this::stopIfRolledBack);
  }

  @Override
  public Mono<Engine.Pages> stream(Query<?> query) {
    return opened(query, /* exclusive= */ true).cast(Engine.Pages.class);
  }

  @Override
  public Mono<Engine.Cursor> cursor(Query<?> query) {
    return opened(query, /* exclusive= */ false);
  }

  private Mono<Engine.Cursor> opened(Query<?> query, boolean exclusive) {
    refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return Streams.inTransaction(this, query, exclusive).doOnError(this::remember);
  }

  @Override
  public Mono<Engine.Mark> savepoint(String name) {
    check("savepoint");
    return marks.set(name);
  }

  private static void refuseControl(String verb, ParsedSql text) {
    if (text.controlsTransaction()) {
      throw new TransactionState(
          verb
              + " was given BEGIN, COMMIT, ROLLBACK or a savepoint inside a transaction; the"
              + " transaction's own verbs begin and end it, nest with transaction(…) or"
              + " savepoint(…)");
    }
  }

  /** A statement that set out in the instant of the rollback was not there yet to be stopped. */
  private void stopIfRolledBack() {
    if (state.get() == State.ROLLED_BACK) {
      lease.held().settle().subscribe();
    }
  }

  /** The first failure of the server's, or of ours that lost the transaction. */
  void remember(Throwable failure) {
    if (firstFailure == null
        && failure instanceof DatabaseException database
        && !database.nothingWasSent()) {
      firstFailure = database;
    }
  }

  LeasedEngine lease() {
    return lease;
  }

  @Override
  public @Nullable TransactionScope outer() {
    return outer;
  }

  @Override
  public String verb() {
    return endedBy == EndedBy.BLOCK ? "transaction" : "begin";
  }

  @Override
  public String refusal() {
    return outer == null
        ? "a transaction is open on it; use the transaction, or wait for its end"
        : "a nested one is open in it; use the nested one, or wait for its end";
  }

  /** What a call finds: it must be open, and the innermost. */
  @Override
  public void check(String verb) {
    checkOpen(verb);
    lease.occupancy().check(this, "a transaction", verb);
  }

  /** As {@link #check} for what may come between the statements of a nested one. */
  void checkOpen(String verb) {
    State now = Objects.requireNonNull(state.get());
    if (now != State.OPEN) {
      throw new TransactionState(verb + " was called on a transaction that " + now.words);
    }
    if (outer != null) {
      outer.checkOpen(verb);
    }
    lease.check(verb);
  }

  /**
   * What a statement finds when its turn comes. A commit that was called after it comes after it
   * and does not matter; a rollback does not wait for what it undoes.
   */
  void checkTurn() {
    if (isRolledBack()) {
      throw new TransactionState("the transaction was rolled back before this statement could run");
    }
  }

  boolean isOpen() {
    return state.get() == State.OPEN && (outer == null || outer.isOpen());
  }

  private boolean isRolledBack() {
    return state.get() == State.ROLLED_BACK || (outer != null && outer.isRolledBack());
  }

  @Override
  public Mono<Void> commit() {
    return Ending.of(
        Mono.defer(
            () -> {
              refuseInBlock("commit");
              return end();
            }));
  }

  @Override
  public Mono<Void> rollback() {
    return Ending.of(
        Mono.defer(
            () -> {
              refuseInBlock("rollback");
              checkOpen("rollback");
              return undone(new CancellationException("rolled back by its caller"));
            }));
  }

  @Override
  public Mono<Void> close() {
    return Ending.of(
        Mono.defer(
            () -> {
              refuseInBlock("close");
              return undone(new CancellationException("closed by its caller"));
            }));
  }

  private void refuseInBlock(String verb) {
    if (endedBy == EndedBy.BLOCK) {
      throw new TransactionState(
          verb
              + " was called inside a transaction block, which ends by itself: return to commit,"
              + " throw to roll back, or open the transaction with begin()");
    }
  }

  @Override
  public Mono<Void> complete() {
    return Ending.of(Mono.defer(this::end));
  }

  private Mono<Void> end() {
    checkOpen("commit");
    String inside = lease.occupancy().refusalWithin(this);
    if (inside != null) {
      TransactionState refusal =
          new TransactionState(
              "the transaction ended, and was rolled back as a whole, while " + inside);
      return undone(refusal).then(Mono.error(refusal));
    }
    if (options.rollbackOnly()) {
      return undone(new CancellationException("rollback-only"));
    }
    if (!state.compareAndSet(State.OPEN, State.COMMITTED)) {
      checkOpen("commit");
    }
    Mono<Void> end =
        savepoint == null
            ? commitTransaction()
            : lease.control(this::checkTurn, Command.of("RELEASE SAVEPOINT " + savepoint)).then();
    return end.onErrorResume(failure -> over().then(Mono.error(failure)))
        .then(Mono.defer(this::over));
  }

  private Mono<Void> commitTransaction() {
    return lease
        .commit()
        .onErrorMap(
            ConnectionLost.class,
            lost ->
                new CommitOutcomeUnknown(
                    "connection "
                        + lease.held().label()
                        + " was lost while COMMIT ran: whether the transaction took effect is"
                        + " unknown",
                    lost))
        .onErrorMap(RolledBack.class, bare -> new RolledBack(bare.getMessage(), firstFailure));
  }

  @Override
  public Mono<Void> fail(Throwable cause) {
    return Ending.of(Mono.defer(() -> undone(cause)));
  }

  private Mono<Void> undone(Throwable cause) {
    if (!state.compareAndSet(State.OPEN, State.ROLLED_BACK)) {
      return Mono.empty();
    }
    return lease
        .held()
        .settle()
        .then(Mono.defer(this::undo))
        .onErrorResume(
            failure -> {
              cause.addSuppressed(failure);
              // Whatever state it is in now, nobody else may meet it.
              return lease.held().destroy();
            })
        .then(Mono.defer(this::over));
  }

  private Mono<Void> undo() {
    if (!lease.held().isOpen() || (outer != null && outer.state.get() != State.OPEN)) {
      // The connection has gone, or the outer transaction has taken this one along.
      return Mono.empty();
    }
    String sql =
        savepoint == null
            ? "ROLLBACK"
            : "ROLLBACK TO SAVEPOINT " + savepoint + "; RELEASE SAVEPOINT " + savepoint;
    return lease.held().limited(lease.control(() -> {}, Command.of(sql)).then());
  }

  /** Makes room for the next transaction, or gives the connection back. */
  private Mono<Void> over() {
    lease.occupancy().leave(this);
    return ownsConnection ? lease.giveBack() : Mono.empty();
  }
}
