package dev.howdah.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long things may take.
 *
 * <p>An immutable value, safe for any thread. Zero and negative times are refused.
 *
 * @param givenConnect how long opening one connection may take, as far as somebody said so; null
 *     leaves it to the URL, the service file, {@code PGCONNECT_TIMEOUT} and at last 10 s; read it
 *     with {@link #connect()}
 * @param close how long {@code close()} waits for borrowers
 * @param query how long a query may take when the call says nothing, acquiring included; null means
 *     no limit
 * @param cancel how long stopping a query, and draining its connection, may take before the
 *     connection is closed instead
 */
public record TimeoutOptions(
    @Nullable Duration givenConnect, Duration close, @Nullable Duration query, Duration cancel) {

  private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(10);
  private static final TimeoutOptions DEFAULTS =
      new TimeoutOptions(null, Duration.ofSeconds(10), null, Duration.ofSeconds(5));

  /**
   * Checks each time.
   *
   * @throws dev.howdah.error.ClientException.InvalidOption if one is zero or negative
   */
  public TimeoutOptions {
    if (givenConnect != null) {
      Durations.positive("The connect timeout", givenConnect);
    }
    Durations.positive("The close timeout", close);
    if (query != null) {
      Durations.positive("The query timeout", query);
    }
    Durations.positive("The cancel timeout", cancel);
  }

  /** Returns the defaults: connect 10 s, close 10 s, queries without limit, cancel 5 s. */
  public static TimeoutOptions defaults() {
    return DEFAULTS;
  }

  /** Returns how long opening one connection may take: what was said, else 10 s. */
  public Duration connect() {
    return givenConnect == null ? DEFAULT_CONNECT : givenConnect;
  }

  /** Returns these options with another limit on opening a connection. */
  public TimeoutOptions withConnect(Duration connect) {
    return new TimeoutOptions(connect, close, query, cancel);
  }

  /** Returns these options with another limit on closing. */
  public TimeoutOptions withClose(Duration close) {
    return new TimeoutOptions(givenConnect, close, query, cancel);
  }

  /** Returns these options with another default limit on queries; null means none. */
  public TimeoutOptions withQuery(@Nullable Duration query) {
    return new TimeoutOptions(givenConnect, close, query, cancel);
  }

  /** Returns these options with another limit on stopping a query. */
  public TimeoutOptions withCancel(Duration cancel) {
    return new TimeoutOptions(givenConnect, close, query, cancel);
  }

  /** Returns the times in effect, under the names of their options. */
  @Override
  public String toString() {
    return "TimeoutOptions[connect="
        + connect()
        + ", close="
        + close
        + ", query="
        + (query == null ? "unlimited" : query)
        + ", cancel="
        + cancel
        + "]";
  }
}
