package dev.howdah;

import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The verbs inside a transaction block, valid until the block ends.
 *
 * <p>Calls made at the same time run one after the other, in the order they were made. After the
 * end every verb fails with {@link dev.howdah.error.ClientException.TransactionState}. BEGIN,
 * COMMIT and the like as SQL text are refused: the block itself begins and ends the transaction.
 */
public final class Transaction extends EngineQueries {
  private final Engine.Scope scope;

  Transaction(Engine.Scope scope, Executor executor) {
    super(scope, executor);
    this.scope = scope;
  }

  /**
   * Runs {@code work} in a savepoint: when it fails, what it did is undone and the outer
   * transaction goes on if the failure is handled.
   */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      Function<Transaction, ? extends CompletionStage<T>> work) {
    return transaction(TransactionOptions.defaults(), work);
  }

  /**
   * As {@link #transaction(Function)}; options that name another isolation than the outer one's are
   * refused, since a savepoint shares it.
   */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      TransactionOptions options, Function<Transaction, ? extends CompletionStage<T>> work) {
    return Bracket.transaction(
        scope, options, executor, opened -> work.apply(new Transaction(opened, executor)));
  }
}
