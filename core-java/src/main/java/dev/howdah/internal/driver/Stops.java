package dev.howdah.internal.driver;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Stops what one borrowed connection runs, on the server, and says when the connection is quiet.
 *
 * <p>Quiet means two things: the answer has been read to its end, and no request to cancel is on
 * its way any more, for one that comes late would hit whatever runs then. So one stop at a time,
 * and whoever asks while one is under way waits for its end, and then looks again.
 */
final class Stops {
  private static final Duration ASK_AGAIN = Duration.ofMillis(250);

  private final Physical physical;
  private final ConnectionPool pool;
  private final Supplier<@Nullable Conversation<?>> running;
  private final AtomicReference<@Nullable Mono<Void>> underWay = new AtomicReference<>();

  /**
   * Nothing to stop yet.
   *
   * @param running what the connection runs at the moment, if anything
   */
  Stops(Physical physical, ConnectionPool pool, Supplier<@Nullable Conversation<?>> running) {
    this.physical = physical;
    this.pool = pool;
    this.running = running;
  }

  /** Whether there is nothing to wait for, but for what runs. */
  boolean isQuiet() {
    return underWay.get() == null;
  }

  /** Completes when the connection is quiet; fails when that takes too long. */
  Mono<Void> settle() {
    return Mono.defer(
        () -> {
          Mono<Void> now = underWay.get();
          if (now != null) {
            return now.then(settle());
          }
          Conversation<?> conversation = running.get();
          return conversation == null ? Mono.empty() : stop(conversation);
        });
  }

  private Mono<Void> stop(Conversation<?> conversation) {
    Sinks.Empty<Void> end = Sinks.empty();
    Mono<Void> mine = end.asMono();
    if (!underWay.compareAndSet(null, mine)) {
      return settle();
    }
    conversation.stopping();
    // Over before anybody hears of it: who goes on then may be stopped in turn.
    cancelUntilEnded(conversation)
        .timeout(pool.cancelLimit(), pool.timer())
        .subscribe(
            null,
            stuck -> {
              underWay.set(null);
              end.tryEmitError(stuck);
            },
            () -> {
              underWay.set(null);
              end.tryEmitEmpty();
            });
    return mine;
  }

  /** Asks again now and then: a request that overtakes its statement cancels nothing. */
  private Mono<Void> cancelUntilEnded(Conversation<?> conversation) {
    return Mono.defer(
        () -> {
          if (conversation.hasEnded()) {
            return Mono.empty();
          }
          Mono<Void> again = cancelUntilEnded(conversation);
          return physical
              .connection()
              .cancelRequest()
              .onErrorComplete()
              .then(conversation.whenEnded().timeout(ASK_AGAIN, again, pool.timer()));
        });
  }
}
