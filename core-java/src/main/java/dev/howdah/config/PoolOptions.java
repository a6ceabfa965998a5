package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many connections a database keeps, and for how long; every limit is finite.
 *
 * <p>An immutable value, safe for any thread. What does not fit together is refused here, in words.
 *
 * @param minSize connections kept open even when idle; 0 or more
 * @param maxSize connections open at most; 1 or more
 * @param acquireTimeout how long a caller waits for a free connection
 * @param idleTimeout how long a connection above {@code minSize} may stay unused
 * @param maxAge after which age a connection is replaced
 * @param maxAgeJitter how much earlier than {@code maxAge}, at most, a connection may be replaced,
 *     chosen at random so that not all go at once; less than {@code maxAge}
 * @param maxUses how often a connection is borrowed before it is replaced
 * @param validateAfterIdle after how long without use a connection is asked whether it still lives
 *     before it is handed out; zero asks every time
 * @param leakDetectionThreshold after how long a borrowed connection is reported by the logger
 *     {@code dev.howdah.pool}, once, with the place that borrowed it; null never does, and does not
 *     look for that place, which costs some microseconds a borrowing
 */
public record PoolOptions(
    int minSize,
    int maxSize,
    Duration acquireTimeout,
    Duration idleTimeout,
    Duration maxAge,
    Duration maxAgeJitter,
    long maxUses,
    Duration validateAfterIdle,
    @Nullable Duration leakDetectionThreshold) {

  private static final PoolOptions DEFAULTS =
      new PoolOptions(
          0,
          10,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofMinutes(3),
          50_000, // asyncpg's max_queries, which is about when server-side memory growth shows
          Duration.ofSeconds(30),
          null);

  /**
   * Checks that the parts fit together.
   *
   * @throws InvalidOption if they do not
   */
  public PoolOptions {
    if (maxSize < 1) {
      throw new InvalidOption("The pool's maxSize must be 1 or more, but is " + maxSize);
    }
    if (minSize < 0) {
      throw new InvalidOption("The pool's minSize must be 0 or more, but is " + minSize);
    }
    if (minSize > maxSize) {
      throw new InvalidOption(
          "The pool's minSize "
              + minSize
              + " is greater than its maxSize "
              + maxSize
              + ": lower the first or raise the second (withSize sets both at once)");
    }
    Durations.positive("The pool's acquireTimeout", acquireTimeout);
    Durations.positive("The pool's idleTimeout", idleTimeout);
    Durations.positive("The pool's maxAge", maxAge);
    Durations.zeroOrMore("The pool's maxAgeJitter", maxAgeJitter);
    Durations.zeroOrMore("The pool's validateAfterIdle", validateAfterIdle);
    if (leakDetectionThreshold != null) {
      Durations.positive("The pool's leakDetectionThreshold", leakDetectionThreshold);
    }
    if (maxAgeJitter.compareTo(maxAge) >= 0) {
      throw new InvalidOption(
          "The pool's maxAgeJitter "
              + maxAgeJitter
              + " must be shorter than its maxAge "
              + maxAge
              + " (withMaxAge can set both at once)");
    }
    if (maxUses < 1) {
      throw new InvalidOption("The pool's maxUses must be 1 or more, but is " + maxUses);
    }
  }

  /** Returns the defaults: up to 10 connections, 30 s to get one, replaced after 30 minutes. */
  public static PoolOptions defaults() {
    return DEFAULTS;
  }

  /** Returns these options with both sizes the same: a pool that never grows or shrinks. */
  public PoolOptions withSize(int size) {
    return withSize(size, size);
  }

  /** Returns these options with other sizes. */
  public PoolOptions withSize(int minSize, int maxSize) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with another number of connections kept open. */
  public PoolOptions withMinSize(int minSize) {
    return withSize(minSize, maxSize);
  }

  /** Returns these options with another greatest number of connections. */
  public PoolOptions withMaxSize(int maxSize) {
    return withSize(minSize, maxSize);
  }

  /** Returns these options with another limit on waiting for a connection. */
  public PoolOptions withAcquireTimeout(Duration acquireTimeout) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with another limit on staying unused. */
  public PoolOptions withIdleTimeout(Duration idleTimeout) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with another greatest age, and a tenth of it as jitter. */
  public PoolOptions withMaxAge(Duration maxAge) {
    Durations.positive("The pool's maxAge", maxAge);
    return withMaxAge(maxAge, maxAge.dividedBy(10));
  }

  /** Returns these options with another greatest age and jitter. */
  public PoolOptions withMaxAge(Duration maxAge, Duration maxAgeJitter) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with another limit on being borrowed. */
  public PoolOptions withMaxUses(long maxUses) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with another idle time after which a connection is checked first. */
  public PoolOptions withValidateAfterIdle(Duration validateAfterIdle) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }

  /** Returns these options with long borrowings reported; null turns that off. */
  public PoolOptions withLeakDetectionThreshold(@Nullable Duration leakDetectionThreshold) {
    return new PoolOptions(
        minSize,
        maxSize,
        acquireTimeout,
        idleTimeout,
        maxAge,
        maxAgeJitter,
        maxUses,
        validateAfterIdle,
        leakDetectionThreshold);
  }
}
