package dev.howdah.internal.engine;

import reactor.core.publisher.Mono;

/**
 * The way back: commit, rollback, giving a connection back.
 *
 * <p>Once begun it runs to its end even when whoever waits for it leaves: a cancelled ending would
 * keep a connection for ever.
 */
final class Ending {
  private Ending() {}

  /** The same work, which a cancellation only stops being told about. */
  static Mono<Void> of(Mono<Void> work) {
    return Mono.create(caller -> work.subscribe(null, caller::error, caller::success));
  }
}
