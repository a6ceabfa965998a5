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
 * <p>All statements, the ending one included, pass the connection's gate in the order they came and
 * look at the state when their turn comes. So no statement of a transaction can run after its end,
 * whoever called it and however late.
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
    TransactionScope scope =
        new TransactionScope(lease, options, null, null, ownsConnection, new AtomicInteger());
    return Mono.defer(
            () -> {
              if (lease.held().inTransaction()) {
                throw new TransactionState(
                    "a transaction is already open on this connection; nest with its own"
                        + " transaction(…), or end it first");
              }
              return lease.control(options.beginSql());
            })
        .thenReturn(scope);
  }

  @Override
  public Mono<Engine.Scope> begin(TransactionOptions nested) {
    check("transaction");
    refuseOtherIsolation(nested.isolation());
    String name = "howdah_" + savepoints.incrementAndGet();
    TransactionScope scope = new TransactionScope(lease, options, this, name, false, savepoints);
    return lease.control("SAVEPOINT " + name).thenReturn(scope);
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
    return lease
        .run(query, () -> check(query.verb()), this::stopIfRolledBack)
        .doOnError(ServerException.class, this::remember);
  }

  @Override
  public Mono<Void> script(String sql) {
    refuseControl("executeScript", ParsedSql.of(sql));
    return lease
        .script(sql, () -> check("executeScript"), this::stopIfRolledBack)
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

  private void check(String verb) {
    lease.check(verb);
    State now = Objects.requireNonNull(state.get());
    if (now != State.OPEN) {
      throw new TransactionState(verb + " was called on a transaction that " + now.words);
    }
    if (outer != null) {
      outer.check(verb);
    }
  }

  @Override
  public Mono<Void> commit() {
    return Ending.of(Mono.defer(this::end));
  }

  private Mono<Void> end() {
    check("commit");
    if (!state.compareAndSet(State.OPEN, State.COMMITTED)) {
      check("commit");
    }
    Mono<Void> end =
        savepoint == null ? commitTransaction() : lease.control("RELEASE SAVEPOINT " + savepoint);
    return end.onErrorResume(failure -> giveBack().then(Mono.error(failure)))
        .then(Mono.defer(this::giveBack));
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
        .then(Mono.defer(this::giveBack));
  }

  private Mono<Void> undo() {
    if (!lease.held().isOpen()) {
      return Mono.empty();
    }
    return savepoint == null
        ? lease.control("ROLLBACK")
        : lease.control("ROLLBACK TO SAVEPOINT " + savepoint + "; RELEASE SAVEPOINT " + savepoint);
  }

  private Mono<Void> giveBack() {
    return ownsConnection ? lease.giveBack() : Mono.empty();
  }
}
