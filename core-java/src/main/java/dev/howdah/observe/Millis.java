package dev.howdah.observe;

import java.time.Duration;
import java.util.Locale;

/** Times as log lines print them. */
final class Millis {
  private Millis() {}

  /** With one decimal place: {@code 12.3 ms}. */
  static String of(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }
}
