package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.DatabaseException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When a whole transaction block is worth another try. */
public final class Retries {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private Retries() {}

  /**
   * How long to wait before the block runs again, or null when it must not.
   *
   * <p>The pause doubles with each try and is spread by chance, so that transactions that collided
   * do not meet again.
   *
   * @param tries how often the block has run
   */
  public static @Nullable Duration pause(TransactionOptions options, int tries, Throwable failure) {
    boolean again =
        tries <= options.retries()
            && failure instanceof DatabaseException database
            && database.isRetryable();
    if (!again) {
      return null;
    }
    long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(tries - 1, 16));
    return Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(longest));
  }
}
