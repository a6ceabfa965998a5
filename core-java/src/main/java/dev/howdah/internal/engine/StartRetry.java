package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.SqlState;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** Tries again while a server is waking up: nobody listens yet, or it says that it is starting. */
final class StartRetry {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private StartRetry() {}

  /**
   * The attempt, repeated with growing pauses.
   *
   * @param bound how long to go on; zero tries once
   * @param timer where the pauses are waited for
   */
  static Mono<Void> of(Duration bound, Mono<Void> attempt, Scheduler timer) {
    if (bound.isZero()) {
      return attempt;
    }
    return Mono.defer(
        () -> {
          long end = System.nanoTime() + bound.toNanos();
          return attempt.retryWhen(
              Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                  .maxBackoff(LONGEST_PAUSE)
                  .scheduler(timer)
                  .filter(failure -> isWakingUp(failure) && System.nanoTime() - end < 0));
        });
  }

  private static boolean isWakingUp(Throwable failure) {
    return failure instanceof ConnectFailure
        || (failure instanceof DatabaseException database
            && database.sqlState().equals(SqlState.CANNOT_CONNECT_NOW));
  }
}
