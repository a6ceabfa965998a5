package dev.howdah.observe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection that somebody holds at this moment; an immutable value.
 *
 * @param connection the backend and where it is, {@code 4711 (db.example:5432/shop)}
 * @param held for how long it has been held
 * @param statement the last statement it was given, null when there was none
 * @param place the call that borrowed it; null unless the pool looks for leaks ({@code
 *     leakDetectionThreshold}), since finding out costs some microseconds a call
 */
public record BorrowedConnection(
    String connection,
    Duration held,
    @Nullable String statement,
    @Nullable StackTraceElement place) {

  /** One line: what, for how long, by whom, doing what. */
  @Override
  public String toString() {
    return "connection "
        + connection
        + " borrowed "
        + held.toMillis()
        + " ms ago"
        + (place == null ? "" : " at " + place)
        + ", last statement: "
        + (statement == null ? "none" : statement);
  }
}
