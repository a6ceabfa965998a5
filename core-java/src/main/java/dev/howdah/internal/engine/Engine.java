package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Runs values. Every {@link Mono} is cold; cancelling one stops the work on the server and cleans
 * the connection before anybody else gets it. Wrong arguments throw when a verb is called.
 *
 * <p>Answers arrive on an event loop: whoever runs code of a user's moves elsewhere first.
 */
public interface Engine {
  /** Runs one statement. */
  Mono<RowSet> run(Query<?> query);

  /** Runs several statements without arguments, all or nothing. */
  Mono<Void> script(String sql);

  /** Opens a transaction; inside one, a savepoint. Its subscriber must end the scope. */
  Mono<Scope> begin(TransactionOptions options);

  /**
   * Runs {@code work} in a transaction, or in a savepoint inside one. The result arrives after
   * COMMIT; a failure arrives unchanged after ROLLBACK.
   */
  default <T> Mono<T> inTransaction(
      TransactionOptions options, Function<? super Scope, Mono<T>> work) {
    // The commit is part of the work: as the bracket's own end its failure would arrive wrapped.
    return Mono.usingWhen(
        begin(options),
        scope ->
            work.apply(scope)
                .flatMap(result -> scope.commit().thenReturn(result))
                .switchIfEmpty(Mono.defer(() -> scope.commit().then(Mono.empty()))),
        scope -> Mono.empty(),
        Scope::rollback,
        scope -> scope.rollback(new CancellationException()));
  }

  /** The pool of a database, seen as one connection that is never busy. */
  interface Pool extends Engine {
    /** Borrows a connection; its subscriber must give it back. */
    Mono<Lease> lease();

    /** Runs all queries, over as many connections as the pool has. */
    Mono<Gathered> gather(List<? extends Query<?>> queries, OnFailure onFailure);

    /** The pool's figures now. */
    PoolStatus status();

    /** Opens the pool's first connections; fails when the database cannot be reached. */
    Mono<Void> warmUp();

    /** Refuses new work, waits for the present, closes everything. Idempotent. */
    Mono<Void> close();
  }

  /** One held connection. Concurrent calls run one after the other, in the order they came. */
  interface Lease extends Engine {
    /** Gives the connection back, clean. Idempotent; never fails. */
    Mono<Void> giveBack();
  }

  /** One open transaction or savepoint; ends once. */
  interface Scope extends Engine {
    /** Commits and gives the connection back whatever happens. */
    Mono<Void> commit();

    /**
     * Rolls back and gives the connection back. Never fails: a rollback that does adds its failure
     * to the cause's suppressed ones. A statement that still runs is stopped. After the end it does
     * nothing.
     */
    Mono<Void> rollback(Throwable cause);
  }

  /** What a gather does when one of its queries fails. */
  enum OnFailure {
    /** The gather fails with it, and what still runs is stopped. */
    CANCEL_REST,
    /** It becomes that query's outcome. */
    COLLECT
  }

  /** A gather's outcomes, by the place of their query. Exactly one of the two is there for each. */
  interface Gathered {
    /** The answer of query {@code index}; fails when that query failed. */
    RowSet answer(int index);

    /** The failure of query {@code index}, or null. */
    @Nullable Throwable failure(int index);
  }
}
