package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.internal.driver.Command;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One held connection and the gate before it, shared by the transactions opened on it. */
final class LeasedEngine implements Engine.Lease {
  private final HeldConnection held;
  private final Watch watch;
  private final SerialGate gate;
  private final AtomicBoolean returned = new AtomicBoolean();
  private final AtomicReference<@Nullable TransactionScope> innermost = new AtomicReference<>();

  LeasedEngine(HeldConnection held, Watch watch) {
    this.held = held;
    this.watch = watch;
    this.gate = new SerialGate(held::settle);
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    // A user who holds a connection may call functions that change the session unseen.
    held.mayHaveLeftState();
    checkCall(query.verb());
    return run(query, () -> check(query.verb()), () -> {});
  }

  /**
   * Runs when its turn has come and {@code check} still lets it.
   *
   * @param begun is called when the statement is on its way
   */
  Mono<RowSet> run(Query<?> query, Runnable check, Runnable begun) {
    Command command = Commands.of(query, held.codecs());
    check.run();
    return watch.over(
        query,
        gate.enter(
            () -> {
              check.run();
              return held.run(command, query.parsed().leavesState());
            },
            begun));
  }

  @Override
  public Mono<Void> script(String sql) {
    checkCall("executeScript");
    return script(sql, () -> check("executeScript"), () -> {});
  }

  Mono<Void> script(String sql, Runnable check, Runnable begun) {
    String text = Commands.script(sql);
    check.run();
    return watch.over(
        sql,
        gate.enter(
            () -> {
              check.run();
              return held.script(text);
            },
            begun));
  }

  /** A command of our own, in turn if {@code check} lets it, unseen by listeners. */
  Mono<Void> control(Runnable check, String sql) {
    return gate.enter(
            () -> {
              check.run();
              return held.run(Command.of(sql), false);
            })
        .then();
  }

  /** Puts a transaction into its outer one's innermost place (null: the connection itself). */
  boolean enter(@Nullable TransactionScope outer, TransactionScope scope) {
    return innermost.compareAndSet(outer, scope);
  }

  /** The place goes back to the outer one; what is still open inside is over too. */
  void leave(TransactionScope scope, @Nullable TransactionScope outer) {
    innermost.updateAndGet(now -> now != null && now.isWithin(scope) ? outer : now);
  }

  boolean isInnermost(TransactionScope scope) {
    return innermost.get() == scope;
  }

  /** Commits, in turn; fails when there is nothing to commit any more. */
  Mono<Void> commit() {
    return gate.enter(
        () -> {
          if (held.isOpen() && !held.inTransaction()) {
            throw new RolledBack(
                "the transaction was ended by a statement of its own block before its commit",
                null);
          }
          return held.commit();
        });
  }

  @Override
  public Mono<Scope> begin(TransactionOptions options) {
    check("transaction");
    return TransactionScope.begin(this, options, /* ownsConnection= */ false);
  }

  /** The transaction of a pool: its end gives the connection back. */
  Mono<Scope> beginAndKeep(TransactionOptions options) {
    return TransactionScope.begin(this, options, /* ownsConnection= */ true);
  }

  HeldConnection held() {
    return held;
  }

  @Override
  public Mono<Void> giveBack() {
    return Ending.of(
        Mono.defer(() -> returned.compareAndSet(false, true) ? held.abort() : Mono.empty()));
  }

  private void checkCall(String verb) {
    check(verb);
    if (innermost.get() != null) {
      throw new TransactionState(
          verb
              + " was called on a connection while a transaction is open on it; use the"
              + " transaction, or wait for its end");
    }
  }

  void check(String verb) {
    if (returned.get()) {
      throw new HandleReturned(
          verb + " was called on a connection that has gone back to the pool; acquire a new one");
    }
  }
}
