package dev.howdah.internal.engine;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DatabaseException;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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
  /** How the names of savepoints begin that a user's may not be mistaken for. */
  static final String OWN_NAMES = "howdah_";

  private final LeasedEngine lease;
  private final TransactionOptions options;
  private final EndedBy endedBy;
  private final @Nullable TransactionScope outer;
  private final @Nullable String savepoint;
  private final boolean ownsConnection;
  private final AtomicInteger savepoints;
  private final Marks marks = new Marks(this);
  private final Lifetime life;
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
    this.life = new Lifetime(outer == null ? null : outer.life);
    this.savepoints = outer == null ? new AtomicInteger() : outer.savepoints;
    this.savepoint = outer == null ? null : OWN_NAMES + savepoints.incrementAndGet();
  }

  static Mono<Engine.Scope> begin(
      LeasedEngine lease, TransactionOptions options, EndedBy endedBy, boolean ownsConnection) {
    TransactionRules.refuseRetries(options, endedBy);
    return Mono.defer(
        () -> {
          TransactionScope scope =
              new TransactionScope(lease, options, endedBy, null, ownsConnection);
          return scope.begun(lease.begin(scope::begins, options.beginSql()));
        });
  }

  private void begins() {
    TransactionRules.refuseRawBegin(lease.held());
    life.begins();
  }

  @Override
  public Mono<Engine.Scope> begin(TransactionOptions nested, EndedBy endedBy) {
    check(endedBy.verb());
    TransactionRules.refuseModes(nested, isolation());
    return Mono.defer(
        () -> {
          TransactionScope scope = new TransactionScope(lease, nested, endedBy, this, false);
          String sql = "SAVEPOINT " + scope.savepoint;
          return scope.begun(
              lease.watch().control(sql, lease.control(this::checkTurn, Command.of(sql)).then()));
        });
  }

  /** Takes the innermost place before its first statement sets out, and leaves it if that fails. */
  private Mono<Engine.Scope> begun(Mono<Void> begin) {
    lease.occupancy().enter(this);
    return begin
        .<Engine.Scope>thenReturn(this)
        .doOnError(failure -> lease.occupancy().leave(this))
        .doOnCancel(this::unwanted);
  }

  /**
   * Its caller left before it came, or in that instant. Then it has been handed over all the same,
   * to somebody who ends it late: that must not touch what is open on the connection by then.
   */
  private void unwanted() {
    if (!life.end(ScopeState.ROLLED_BACK)) {
      return;
    }
    if (outer == null && !ownsConnection) {
      // In turn: a statement that is just setting out must not find its BEGIN gone. Before the
      // place is free: whoever comes next must not find the BEGIN there.
      lease
          .rollback(life::hasBegun)
          .onErrorResume(HandleReturned.class, goesBack -> Mono.empty())
          .onErrorResume(failure -> lease.held().destroy())
          .subscribe();
    }
    lease.occupancy().leave(this);
  }

  /** Of the whole transaction: a savepoint has none of its own. */
  private @Nullable Isolation isolation() {
    return outer == null ? options.isolation() : outer.isolation();
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    TransactionRules.refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return lease.run(query, this::checkTurn, this::stopIfRolledBack).doOnError(this::remember);
  }

  @Override
  public Mono<Void> script(String sql, @Nullable Duration timeout) {
    TransactionRules.refuseControl("executeScript", ParsedSql.of(sql));
    check("executeScript");
    return lease
        .script(sql, timeout, this::checkTurn, this::stopIfRolledBack)
        .doOnError(this::remember);
  }

  @Override
  public Mono<RowSet> many(ManyQuery query, Elements elements) {
    TransactionRules.refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return lease
        .heard(lease.watch().many(query, run -> batches(query, elements, run)))
        .doOnError(this::remember);
  }

  /** Several portions go in a savepoint: one that cannot be pulled takes those before it along. */
  private Mono<RowSet> batches(ManyQuery query, Elements elements, Run run) {
    BatchRun.Sender sender = batch -> lease.send(query, batch, run, this::checkTurn);
    return Mono.defer(
        () ->
            new BatchRun(query, elements, lease, run, this::checkTurn)
                .run(
                    sender,
                    work ->
                        inTransaction(
                            TransactionOptions.defaults(), nested -> work.on(sender, nested))));
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
    TransactionRules.refuseControl(query.verb(), query.parsed());
    check(query.verb());
    return Streams.inTransaction(this, query, exclusive).doOnError(this::remember);
  }

  @Override
  public Mono<Engine.Mark> savepoint(String name) {
    check("savepoint");
    return marks.set(name);
  }

  /** A statement that set out in the instant of the rollback was not there yet to be stopped. */
  private void stopIfRolledBack() {
    if (life.isRolledBack()) {
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

  @Override
  public Codecs codecs() {
    return lease.codecs();
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
    return endedBy.verb();
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
    life.check(verb);
    lease.check(verb);
  }

  /** What a statement finds when its turn comes. */
  void checkTurn() {
    life.checkTurn();
  }

  boolean isOpen() {
    return life.isOpen();
  }

  @Override
  public Mono<Void> commit() {
    return Ending.of(
        Mono.defer(
            () -> {
              TransactionRules.refuseInBlock("commit", endedBy);
              return end();
            }));
  }

  @Override
  public Mono<Void> rollback() {
    return Ending.of(
        Mono.defer(
            () -> {
              TransactionRules.refuseInBlock("rollback", endedBy);
              checkOpen("rollback");
              if (!life.end(ScopeState.ROLLED_BACK)) {
                // Another end came in this instant.
                checkOpen("rollback");
              }
              return unwound(new CancellationException("rolled back by its caller"));
            }));
  }

  @Override
  public Mono<Void> close() {
    return Ending.of(
        Mono.defer(
            () -> {
              TransactionRules.refuseInBlock("close", endedBy);
              return undone(new CancellationException("closed by its caller"));
            }));
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
    if (!life.end(ScopeState.COMMITTED)) {
      checkOpen("commit");
    }
    Mono<Void> end =
        savepoint == null
            ? commitTransaction()
            : lease.control(life::commits, Command.of("RELEASE SAVEPOINT " + savepoint)).then();
    return end.onErrorResume(failure -> over().then(Mono.error(failure)))
        .then(Mono.defer(this::over));
  }

  private Mono<Void> commitTransaction() {
    return lease
        .heard(lease.watch().unstopped(lease.commit(life::commits), lease.held()::drop))
        .onErrorMap(
            ConnectionLost.class,
            lost ->
                new CommitOutcomeUnknown(
                    "connection "
                        + lease.held().label()
                        + " was lost, or silent for too long, while COMMIT ran: whether the"
                        + " transaction took effect is unknown",
                    lost))
        .onErrorMap(RolledBack.class, bare -> new RolledBack(bare.getMessage(), firstFailure));
  }

  @Override
  public Mono<Void> fail(Throwable cause) {
    return Ending.of(Mono.defer(() -> undone(cause)));
  }

  private Mono<Void> undone(Throwable cause) {
    return life.end(ScopeState.ROLLED_BACK) ? unwound(cause) : Mono.empty();
  }

  private Mono<Void> unwound(Throwable cause) {
    return (isTakenAlong() ? Mono.<Void>empty() : lease.held().settle())
        .then(Mono.defer(this::undo))
        // What gives the connection back now rolls back too.
        .onErrorResume(HandleReturned.class, goesBack -> Mono.empty())
        .onErrorResume(
            failure -> {
              cause.addSuppressed(failure);
              // Whatever state it is in now, nobody else may meet it.
              return lease.held().destroy();
            })
        .then(Mono.defer(this::over));
  }

  private Mono<Void> undo() {
    if (isTakenAlong() || !lease.held().isOpen()) {
      return Mono.empty();
    }
    if (savepoint == null) {
      return lease.held().limited(lease.rollback(life::hasBegun));
    }
    String sql = "ROLLBACK TO SAVEPOINT " + savepoint + "; RELEASE SAVEPOINT " + savepoint;
    return lease.held().limited(lease.control(() -> {}, Command.of(sql)).then());
  }

  /**
   * Whether the outer transaction undoes it too, or the connection is being cleaned. A stop of ours
   * could hit their ROLLBACK.
   */
  private boolean isTakenAlong() {
    return lease.isReturned() || (outer != null && !outer.isOpen());
  }

  /** Makes room for the next transaction, or gives the connection back. */
  private Mono<Void> over() {
    if (outer == null) {
      lease.held().beginning().forget();
      lease.cursors().over();
    }
    lease.occupancy().leave(this);
    return ownsConnection ? lease.giveBack() : Mono.empty();
  }
}
