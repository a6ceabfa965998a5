package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.TransactionState;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * From the beginning of one transaction or savepoint to its end, which comes once.
 *
 * <p>It is seen from two sides. A call is let through by what has been asked for: after the call of
 * commit or rollback there is none. A statement goes by what has had its turn on the connection: it
 * may have been let through before a commit and come behind it.
 */
final class Lifetime {
  private final @Nullable Lifetime outer;
  private final AtomicReference<ScopeState> state = new AtomicReference<>(ScopeState.OPEN);
  private volatile boolean begun;
  private volatile boolean committed;

  Lifetime(@Nullable Lifetime outer) {
    this.outer = outer;
  }

  /** Ends it; false when it has ended already. */
  boolean end(ScopeState end) {
    return state.compareAndSet(ScopeState.OPEN, end);
  }

  boolean isOpen() {
    return state.get() == ScopeState.OPEN && (outer == null || outer.isOpen());
  }

  /** Refuses, naming the verb, when it has ended. */
  void check(String verb) {
    ScopeState now = Objects.requireNonNull(state.get());
    if (now != ScopeState.OPEN) {
      throw new TransactionState(verb + " was called on a transaction that " + now.words());
    }
    if (outer != null) {
      outer.check(verb);
    }
  }

  /** Whether it was rolled back, or one around it, which takes it along. */
  boolean isRolledBack() {
    return state.get() == ScopeState.ROLLED_BACK || (outer != null && outer.isRolledBack());
  }

  /** In turn: from now on its BEGIN waits, or has been sent. */
  void begins() {
    begun = true;
  }

  /** In turn: whether it got as far as that. */
  boolean hasBegun() {
    return begun;
  }

  /** In turn: what comes behind is not in it any more. */
  void commits() {
    checkTurn();
    committed = true;
  }

  /**
   * What a statement finds when its turn comes. A commit counts when it has had its own turn; a
   * rollback does not wait for what it undoes.
   */
  void checkTurn() {
    if (isRolledBack()) {
      throw new TransactionState("the transaction was rolled back before this statement could run");
    }
    if (committed) {
      throw new TransactionState("the transaction was committed before this statement could run");
    }
    if (outer != null) {
      outer.checkTurn();
    }
  }
}
