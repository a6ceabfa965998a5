package dev.howdah.internal.engine;

import dev.howdah.row.RowSet;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Fetches the next page while the present one is being consumed. Only for one that has a connection
 * to itself: stopping it may have to stop a page on its way, which would cost a user's transaction
 * its life.
 */
final class ReadAhead implements Engine.Pages {
  private final ServerCursor source;
  private final Disposable.Swap underWay = Disposables.swap();
  private @Nullable Mono<RowSet> next;

  ReadAhead(ServerCursor source) {
    this.source = source;
  }

  @Override
  public Mono<RowSet> fetch(int rows) {
    return Mono.defer(() -> taken(rows))
        .doOnNext(
            page -> {
              if (page.rows().size() == rows) {
                start(rows);
              }
            });
  }

  private synchronized Mono<RowSet> taken(int rows) {
    Mono<RowSet> page = next;
    next = null;
    return page == null ? source.fetch(rows) : page.doOnCancel(underWay::dispose);
  }

  private synchronized void start(int rows) {
    Sinks.One<RowSet> page = Sinks.one();
    next = page.asMono();
    underWay.update(source.fetch(rows).subscribe(page::tryEmitValue, page::tryEmitError));
  }

  /** Its transaction's end stops a page on its way; for the reader that is no failure. */
  @Override
  public Mono<Void> close() {
    return Mono.defer(
        () -> {
          if (isPageLeft()) {
            source.leftUnread();
          }
          return source.close();
        });
  }

  private synchronized boolean isPageLeft() {
    return next != null;
  }
}
