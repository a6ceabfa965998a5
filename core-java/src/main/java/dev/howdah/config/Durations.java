package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import java.util.Objects;

/** The one rule all our times follow: given, not negative, and mostly not zero. */
final class Durations {
  private Durations() {}

  static void positive(String name, Duration duration) {
    Objects.requireNonNull(duration, name);
    if (duration.isZero() || duration.isNegative()) {
      throw new InvalidOption(name + " must be longer than zero, but is " + duration);
    }
  }

  static void zeroOrMore(String name, Duration duration) {
    Objects.requireNonNull(duration, name);
    if (duration.isNegative()) {
      throw new InvalidOption(name + " must not be negative, but is " + duration);
    }
  }
}
