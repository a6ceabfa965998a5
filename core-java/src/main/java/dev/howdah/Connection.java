package dev.howdah;

import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection, held: settings, temporary tables and locks last from call to call.
 *
 * <p>Calls made at the same time run one after the other, in the order they were made. When the
 * connection has gone back to the pool every verb fails with {@link
 * dev.howdah.error.ClientException.HandleReturned}; whatever it left behind (an open transaction,
 * settings, locks, LISTEN, temporary tables) is gone before anybody else gets it.
 */
public final class Connection extends EngineQueries implements AutoCloseable {
  private final Engine.Lease lease;

  Connection(Engine.Lease lease, Executor executor) {
    super(lease, executor);
    this.lease = lease;
  }

  /** Runs {@code work} in a transaction on this connection; see {@link Database#transaction}. */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      Function<Transaction, ? extends CompletionStage<T>> work) {
    return transaction(TransactionOptions.defaults(), work);
  }

  /** Runs {@code work} in a transaction of the given kind on this connection. */
  public <T extends @Nullable Object> CompletableFuture<T> transaction(
      TransactionOptions options, Function<Transaction, ? extends CompletionStage<T>> work) {
    return Bracket.transaction(
        lease, options, executor, opened -> work.apply(new Transaction(opened, executor)));
  }

  /**
   * Gives the connection back. A statement that still runs is stopped. The second call does
   * nothing.
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Handoff.of(lease.giveBack(), executor);
  }

  /** Gives the connection back and waits until it is there. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }
}
