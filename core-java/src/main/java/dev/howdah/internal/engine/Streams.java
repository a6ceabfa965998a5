package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.engine.Engine.Cursor;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.internal.engine.Engine.Pages;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.Query;
import java.util.concurrent.CancellationException;
import reactor.core.publisher.Mono;

/**
 * Opens answers that are read page by page.
 *
 * <p>A read becomes a cursor of the server's, in a transaction of its own where none is open. What
 * PostgreSQL has no cursor for (INSERT … RETURNING, SHOW, EXPLAIN …) runs whole and is kept here.
 */
final class Streams {
  private Streams() {}

  /** From a pool: on a connection, and in a transaction, for it alone. */
  static Mono<Pages> onPool(
      PooledEngine pool,
      Watch watch,
      Mono<HeldConnection> connections,
      Query<?> query,
      Codecs codecs) {
    if (!query.parsed().isDeclarable()) {
      return pool.run(query).map(BufferedCursor::new);
    }
    Command command = Commands.of(query, codecs);
    return watch
        .opening(
            query,
            run ->
                Borrow.keeping(
                    connections,
                    held -> {
                      LeasedEngine lease = LeasedEngine.ofTransaction(held, watch, pool);
                      return declared(lease, query, command, run, /* ownsConnection= */ true);
                    }))
        .map(ReadAhead::new);
  }

  /** On a held connection without a transaction: opens one. */
  static Mono<Pages> onConnection(LeasedEngine lease, Query<?> query) {
    if (!query.parsed().isDeclarable()) {
      return lease.run(query).map(BufferedCursor::new);
    }
    Command command = Commands.of(query, lease.held().codecs());
    return lease
        .watch()
        .<Pages>opening(
            query,
            run ->
                declared(lease, query, command, run, /* ownsConnection= */ false)
                    .map(cursor -> cursor));
  }

  private static Mono<ServerCursor> declared(
      LeasedEngine lease, Query<?> query, Command command, Run run, boolean ownsConnection) {
    return TransactionScope.begin(
            lease, TransactionOptions.defaults(), EndedBy.BLOCK, ownsConnection)
        .map(TransactionScope.class::cast)
        .flatMap(
            scope ->
                new ServerCursor(scope, query, run, /* exclusive= */ true, /* ownsScope= */ true)
                    .declare(command)
                    .onErrorResume(failure -> scope.fail(failure).then(Mono.error(failure)))
                    // With the connection its transaction goes too, by whoever lent it.
                    .doOnCancel(
                        ownsConnection
                            ? () -> {}
                            : () -> scope.fail(new CancellationException()).subscribe()));
  }

  /**
   * Inside a transaction, which outlives it.
   *
   * @param exclusive whether nothing else may run in the transaction meanwhile
   */
  static Mono<Cursor> inTransaction(TransactionScope scope, Query<?> query, boolean exclusive) {
    if (!query.parsed().isDeclarable()) {
      return scope
          .run(query)
          .map(answer -> new BufferedCursor(answer, exclusive ? verb -> {} : scope::checkOpen));
    }
    Command command = Commands.of(query, scope.lease().held().codecs());
    return scope
        .lease()
        .watch()
        .opening(
            query,
            run ->
                new ServerCursor(scope, query, run, exclusive, /* ownsScope= */ false)
                    .declare(command)
                    .map(cursor -> cursor));
  }
}
