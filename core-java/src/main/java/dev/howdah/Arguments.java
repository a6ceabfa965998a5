package dev.howdah;

import dev.howdah.error.ClientException.WrongArguments;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a verb refuses before anything is begun. */
final class Arguments {
  private Arguments() {}

  /** Refuses null; {@code what} says what the verb needs: {@code a block}. */
  static void given(String verb, String what, @Nullable Object argument) {
    if (argument == null) {
      throw new WrongArguments(verb + " needs " + what + ", it was given null");
    }
  }

  /** Refuses a time that is none. */
  static void positive(String verb, @Nullable Duration timeout) {
    given(verb, "a timeout", timeout);
    if (timeout != null && (timeout.isZero() || timeout.isNegative())) {
      throw new WrongArguments(verb + "'s timeout must be longer than zero, it was " + timeout);
    }
  }
}
