package dev.howdah.internal.engine;

import dev.howdah.config.Isolation;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ServerException;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
final class TransactionScope implements Engine.Scope {
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
  private final @Nullable TransactionScope outer;
  private final @Nullable String savepoint;
  private final boolean ownsConnection;
  private final AtomicInteger savepoints;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private volatile @Nullable ServerException firstFailure;

  private TransactionScope(
      LeasedEngine lease,
      TransactionOptions options,
      @Nullable TransactionScope outer,
      @Nullable String savepoint,
      boolean ownsConnection,
      AtomicInteger savepoints) {
    this.lease = lease;
    this.options = options;
    this.outer = outer;
    this.savepoint = savepoint;
    this.ownsConnection = ownsConnection;
    this.savepoints = savepoints;
  }

  static Mono<Engine.Scope> begin(
      LeasedEngine lease, TransactionOptions options, boolean ownsConnection) {
    return Mono.defer(
        () -> {
          TransactionScope scope =
              new TransactionScope(lease, options, null, null, ownsConnection, new AtomicInteger());
          return scope.begun(
              () -> {
                if (lease.held().inTransaction()) {
                  throw new TransactionState(
                      "a transaction was opened on this connection with a BEGIN of its own; end it"
                          + " before transaction(…)");
                }
              },
              options.beginSql());
        });
  }

  @Override
  public Mono<Engine.Scope> begin(TransactionOptions nested) {
    checkCall("transaction");
    refuseOtherIsolation(nested.isolation());
    refuseOwnModes(nested);
    return Mono.defer(
        () -> {
          String name = "howdah_" + savepoints.incrementAndGet();
          TransactionScope scope =
              new TransactionScope(lease, options, this, name, false, savepoints);
          return scope.begun(this::checkTurn, "SAVEPOINT " + name);
        });
  }

  /** Takes the innermost place before its first statement sets out, and leaves it if that fails. */
  private Mono<Engine.Scope> begun(Runnable check, String sql) {
    if (!lease.enter(outer, this)) {
      throw new TransactionState(
          "another transaction is still open "
              + (outer == null ? "on this connection" : "inside this one")
              + "; wait for its end, or nest in it");
    }
    return lease
        .control(check, sql)
        .<Engine.Scope>thenReturn(this)
        .doOnError(failure -> lease.leave(this, outer))
        .doOnCancel(() -> lease.leave(this, outer));
  }

  private static void refuseOwnModes(TransactionOptions nested) {
    if (nested.readOnly() != null || nested.deferrable() != null || nested.retries() > 0) {
      throw new TransactionState(
          "a nested transaction is a savepoint: read-only, deferrable and retries belong to the"
              + " outermost transaction");
    }
  }

  private void refuseOtherIsolation(@Nullable Isolation wanted) {
    if (wanted != null && wanted != options.isolation()) {
      Isolation own = options.isolation();
      throw new TransactionState(
          "a nested transaction cannot be "
              + wanted.sql()
              + ": the outer one is "
              + (own == null ? "of the session's default isolation" : own.sql())
              + ", and a savepoint shares it");
    }
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    refuseControl(query.verb(), query.parsed());
    checkCall(query.verb());
    return lease
        .run(query, this::checkTurn, this::stopIfRolledBack)
        .doOnError(ServerException.class, this::remember);
  }

  @Override
  public Mono<Void> script(String sql) {
    refuseControl("executeScript", ParsedSql.of(sql));
    checkCall("executeScript");
    return lease
        .script(sql, this::checkTurn, this::stopIfRolledBack)
        .doOnError(ServerException.class, this::remember);
  }

  private static void refuseControl(String verb, ParsedSql text) {
    if (text.controlsTransaction()) {
      throw new TransactionState(
          verb
              + " was given BEGIN, COMMIT, ROLLBACK or a savepoint inside a transaction block; the"
              + " block itself begins and ends the transaction, nest with transaction(…)");
    }
  }

  /** A statement that set out in the instant of the rollback was not there yet to be stopped. */
  private void stopIfRolledBack() {
    if (state.get() == State.ROLLED_BACK) {
      lease.held().settle().subscribe();
    }
  }

  private void remember(ServerException failure) {
    if (firstFailure == null) {
      firstFailure = failure;
    }
  }

  /** Whether this is the scope or one nested in it. */
  boolean isWithin(TransactionScope scope) {
    return this == scope || (outer != null && outer.isWithin(scope));
  }

  /** What a call finds: it must be open, and the innermost. */
  private void checkCall(String verb) {
    checkState(verb);
    lease.check(verb);
    if (!lease.isInnermost(this)) {
      throw new TransactionState(
          verb
              + " was called on a transaction while a nested one is open in it; use the nested one,"
              + " or wait for its end");
    }
  }

  private void checkState(String verb) {
    State now = Objects.requireNonNull(state.get());
    if (now != State.OPEN) {
      throw new TransactionState(verb + " was called on a transaction that " + now.words);
    }
    if (outer != null) {
      outer.checkState(verb);
    }
  }

  /**
   * What a statement finds when its turn comes. A commit that was called after it comes after it
   * and does not matter; a rollback does not wait for what it undoes.
   */
  private void checkTurn() {
    if (isRolledBack()) {
      throw new TransactionState("the transaction was rolled back before this statement could run");
    }
  }

  private boolean isRolledBack() {
    return state.get() == State.ROLLED_BACK || (outer != null && outer.isRolledBack());
  }

  @Override
  public Mono<Void> commit() {
    return Ending.of(Mono.defer(this::end));
  }

  private Mono<Void> end() {
    checkState("commit");
    if (!lease.isInnermost(this)) {
      TransactionState refusal =
          new TransactionState(
              "the block ended while a transaction nested in it was still open; all of it was"
                  + " rolled back: wait for the nested one");
      return undone(refusal).then(Mono.error(refusal));
    }
    if (!state.compareAndSet(State.OPEN, State.COMMITTED)) {
      checkState("commit");
    }
    Mono<Void> end =
        savepoint == null
            ? commitTransaction()
            : lease.control(this::checkTurn, "RELEASE SAVEPOINT " + savepoint);
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
  public Mono<Void> rollback(Throwable cause) {
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
              return Mono.empty();
            })
        .then(Mono.defer(this::over));
  }

  private Mono<Void> undo() {
    if (!lease.held().isOpen() || (outer != null && outer.state.get() != State.OPEN)) {
      // The connection has gone, or the outer transaction has taken this one along.
      return Mono.empty();
    }
    return lease.control(
        () -> {},
        savepoint == null
            ? "ROLLBACK"
            : "ROLLBACK TO SAVEPOINT " + savepoint + "; RELEASE SAVEPOINT " + savepoint);
  }

  /** Makes room for the next transaction, or gives the connection back. */
  private Mono<Void> over() {
    lease.leave(this, outer);
    return ownsConnection ? lease.giveBack() : Mono.empty();
  }
}
