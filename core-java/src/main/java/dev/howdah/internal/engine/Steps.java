package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.internal.driver.DriverConnection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * What one connection runs one after the other and is one statement to whoever stops it: a BEGIN
 * and what follows it, a batch in single statements. A stop that falls between two of them holds
 * for the next.
 */
final class Steps {
  private final DriverConnection connection;
  private final AtomicInteger stops = new AtomicInteger();

  Steps(DriverConnection connection) {
    this.connection = connection;
  }

  /**
   * Stops what runs, and what was to follow it; closes the connection when that cannot be done in
   * time. Never fails.
   */
  Mono<Void> stop() {
    return Mono.defer(
        () -> {
          stops.incrementAndGet();
          return quiet();
        });
  }

  private Mono<Void> quiet() {
    return connection.settle().onErrorResume(stuck -> connection.destroy());
  }

  /** How often it was stopped so far. */
  int stopped() {
    return stops.get();
  }

  /**
   * Takes the next step.
   *
   * @param before how often it had been stopped when the first step set out
   */
  <T> Mono<T> next(int before, Supplier<Mono<T>> step) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> caller) {
        if (stops.get() != before) {
          Mono.<T>error(
                  new TransactionState(
                      "the statement did not run: its connection was told to stop before it could"))
              .subscribe(caller);
          return;
        }
        Mono.defer(step).subscribe(caller);
        if (stops.get() != before) {
          // In the instant in which it set out, and was not there yet to be stopped.
          quiet().subscribe();
        }
      }
    };
  }
}
