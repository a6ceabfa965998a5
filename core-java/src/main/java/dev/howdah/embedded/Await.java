package dev.howdah.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do; they tell us by files, so it looks again every few ms. */
final class Await {
  private static final long NAP = TimeUnit.MILLISECONDS.toNanos(5);

  private Await() {}

  /**
   * Blocks until the condition holds; false if it did not in time. An interrupt does not end it (a
   * server must not be left half stopped) and is still set afterwards.
   */
  static boolean until(Duration timeout, BooleanSupplier condition) {
    long end = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          return false;
        }
        nap();
        interrupted |= Thread.interrupted();
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void nap() {
    LockSupport.parkNanos(NAP);
  }
}
