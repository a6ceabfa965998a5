package dev.howdah.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that another process or thread brings about; bounded, looking often. */
public final class Eventually {
  /** Long enough for a machine that has much else to do; only a failing test waits for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long LONGEST_NAP = TimeUnit.MILLISECONDS.toNanos(20);

  private Eventually() {}

  /** Whether the condition came to hold within the time. */
  public static boolean holds(Duration timeout, BooleanSupplier condition) {
    long end = System.nanoTime() + timeout.toNanos();
    long nap = TimeUnit.MICROSECONDS.toNanos(500);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(nap);
      nap = Math.min(nap * 2, LONGEST_NAP);
    }
    return true;
  }

  /**
   * Waits at most a minute for the condition.
   *
   * @throws AssertionError if it does not come to hold, naming it
   */
  public static void require(String what, BooleanSupplier condition) {
    if (!holds(PATIENCE, condition)) {
      throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
    }
  }
}
