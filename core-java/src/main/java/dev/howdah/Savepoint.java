package dev.howdah;

import dev.howdah.internal.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A named mark in a transaction: what came after it can be undone, and the transaction goes on.
 *
 * <p>Valid until it is released, until the transaction goes back to a mark before it, or ends;
 * after that its verbs fail with {@link dev.howdah.error.ClientException.TransactionState}. Safe
 * for any thread.
 */
public final class Savepoint {
  private final String name;
  private final Engine.Mark mark;
  private final Executor executor;

  Savepoint(String name, Engine.Mark mark, Executor executor) {
    this.name = name;
    this.mark = mark;
    this.executor = executor;
  }

  /** Its name, as it was given. */
  public String name() {
    return name;
  }

  /** Undoes all that came after it. The mark stays, so this can be done again. */
  public CompletableFuture<@Nullable Void> rollback() {
    return Handoff.of(mark.rollback(), executor);
  }

  /** Takes the mark away, and those set after it; what was done stays. */
  public CompletableFuture<@Nullable Void> release() {
    return Handoff.of(mark.release(), executor);
  }

  @Override
  public String toString() {
    return "Savepoint[" + name + "]";
  }
}
