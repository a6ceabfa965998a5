package dev.howdah.internal.listen;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt to connect. */
final class Pauses {
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final long SHORTEST_MILLIS = 100;

  private Pauses() {}

  /**
   * Grows with the failures in a row, and is spread by chance: a server that comes back must not
   * meet all its clients in one instant.
   */
  static Duration after(int failures) {
    long most = Math.min(LONGEST.toMillis(), SHORTEST_MILLIS << Math.min(failures, 16));
    return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
  }
}
