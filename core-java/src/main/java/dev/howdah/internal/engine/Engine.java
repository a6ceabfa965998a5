package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.listen.Inbox;
import dev.howdah.internal.type.Codecs;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
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

  /**
   * Runs several statements without arguments, all or nothing.
   *
   * @param timeout the whole script's budget; null for the database's default
   */
  Mono<Void> script(String sql, @Nullable Duration timeout);

  /** As {@link #script(String, Duration)}, with the default budget. */
  default Mono<Void> script(String sql) {
    return script(sql, null);
  }

  /**
   * Runs one statement for each of the elements, all or nothing; what they answered together, in
   * the order of the elements.
   */
  Mono<RowSet> many(ManyQuery query, Elements elements);

  /**
   * Copies into a table; how many rows. Nothing else runs on the same connection or transaction
   * from when the feed is ready to its end.
   *
   * @param feed makes the copy ready, before a connection is taken; empty when there is nothing to
   *     copy. What its chunks fail with arrives unchanged.
   */
  Mono<Long> copyIn(CopyCall call, Mono<CopyFeed> feed);

  /**
   * Copies out; how many rows. Nothing else runs on the same connection or transaction meanwhile.
   *
   * @param consumer takes the next bytes, never on an event loop; no more come before its Mono has
   *     completed, and what that fails with stops the copy and arrives unchanged
   */
  Mono<Long> copyOut(CopyCall call, CopySql statement, Function<ByteBuffer, Mono<Void>> consumer);

  /**
   * Opens an answer that is read page by page. Its subscriber must close it; until then nothing
   * else runs on the same connection or transaction.
   */
  Mono<Pages> stream(Query<?> query);

  /** How values are written, the user's own ways among them. */
  Codecs codecs();

  /** Opens a transaction; inside one, a savepoint. Its subscriber must end the scope. */
  Mono<Scope> begin(TransactionOptions options, EndedBy endedBy);

  /**
   * Runs {@code work} in a transaction, or in a savepoint inside one. The result arrives after
   * COMMIT; a failure arrives unchanged after ROLLBACK.
   */
  default <T> Mono<T> inTransaction(
      TransactionOptions options, Function<? super Scope, Mono<T>> work) {
    // The commit is part of the work: as the bracket's own end its failure would arrive wrapped.
    return Mono.usingWhen(
        begin(options, EndedBy.BLOCK),
        scope ->
            work.apply(scope)
                .flatMap(result -> scope.complete().thenReturn(result))
                .switchIfEmpty(Mono.defer(() -> scope.complete().then(Mono.empty()))),
        scope -> Mono.empty(),
        Scope::fail,
        scope -> scope.fail(new CancellationException()));
  }

  /** Who ends a transaction: then the other one may not. */
  enum EndedBy {
    /** A block, when it ends. */
    BLOCK("transaction"),
    /** The caller, by {@link Scope#commit} or {@link Scope#rollback}. */
    CALLER("begin");

    private final String verb;

    EndedBy(String verb) {
      this.verb = verb;
    }

    /** The handle's verb that opens such a transaction. */
    public String verb() {
      return verb;
    }
  }

  /** The pool of a database, seen as one connection that is never busy. */
  interface Pool extends Engine {
    /** Borrows a connection; its subscriber must give it back. */
    Mono<Lease> lease();

    /** Runs all queries, over as many connections as the pool has. */
    Mono<Gathered> gather(List<? extends Query<?>> queries, OnFailure onFailure);

    /**
     * Listens to a channel, over a connection that all listeners share. Completes when whatever is
     * sent from now on arrives. Its subscriber must close the inbox.
     *
     * @param size how many notifications may wait in it
     */
    Mono<Inbox> listen(String channel, int size);

    /** As {@link #gather}, all at one moment; the first failure ends it. For reads. */
    Mono<Gathered> gatherSnapshot(List<? extends Query<?>> queries);

    /** The pool's figures now. */
    PoolStatus status();

    /** The connections that are borrowed now, the longest first. */
    List<BorrowedConnection> borrowed();

    /** Replaces every connection that stands now: an idle one before its next use, others later. */
    void expire();

    /** Opens the pool's first connections; fails when the database cannot be reached. */
    Mono<Void> warmUp();

    /** Refuses new work, waits for the present, closes everything. Idempotent. */
    Mono<Void> close();
  }

  /** One held connection. Concurrent calls run one after the other, in the order they came. */
  interface Lease extends Engine {
    /** Refuses, naming the verb, when the connection has gone back. */
    void check(String verb);

    /** From now on tells {@code listener} what the server says beside its answers. */
    void onNotice(Consumer<? super ServerReport> listener);

    /** Whether the connection was borrowed from this pool. */
    boolean isOf(Pool pool);

    /** Gives the connection back, clean. Idempotent; never fails. */
    Mono<Void> giveBack();
  }

  /** One open transaction or savepoint; ends once. */
  interface Scope extends Engine {
    /** Refuses, naming the verb, when the transaction has ended or is not the innermost. */
    void check(String verb);

    /** Commits and gives the connection back whatever happens; refused in a block. */
    Mono<Void> commit();

    /** Rolls back and gives the connection back; refused in a block. */
    Mono<Void> rollback();

    /** Rolls back what is still open; refused in a block. */
    Mono<Void> close();

    /** The block has returned: commits, and gives the connection back whatever happens. */
    Mono<Void> complete();

    /**
     * The block has failed: rolls back and gives the connection back. Never fails: a rollback that
     * does adds its failure to the cause's suppressed ones. A statement that still runs is stopped.
     * After the end it does nothing.
     */
    Mono<Void> fail(Throwable cause);

    /** Sets a mark to which the transaction can go back. */
    Mono<Mark> savepoint(String name);

    /** Opens a cursor that other statements may come between; it ends with the transaction. */
    Mono<Cursor> cursor(Query<?> query);
  }

  /** A named savepoint. */
  interface Mark {
    /** Undoes what came after the mark, which stays. */
    Mono<Void> rollback();

    /** Takes the mark away and keeps what came after it. */
    Mono<Void> release();
  }

  /** An answer read from the front, page by page; one call at a time. */
  interface Pages {
    /** The next rows; fewer than asked for when that was the end. */
    Mono<RowSet> fetch(int rows);

    /**
     * Closes it and gives back what it held. Stops what still runs. Idempotent. Fails when the
     * transaction that was opened for it alone could not be committed after its end.
     */
    Mono<Void> close();
  }

  /** Pages of which some can be passed over. Calls run one after the other. */
  interface Cursor extends Pages {
    /** Passes over rows; how many there were. */
    Mono<Long> skip(long rows);
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
