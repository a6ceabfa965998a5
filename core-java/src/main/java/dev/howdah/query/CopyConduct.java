package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableName;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all copies have beside their statement.
 *
 * @param timeout its own time budget, or null
 * @param progress who is told how far it has come, or null
 */
record CopyConduct(@Nullable Duration timeout, @Nullable Consumer<CopyProgress> progress) {
  static final CopyConduct DEFAULT = new CopyConduct(null, null);

  static void given(String what, @Nullable Object value) {
    if (value == null) {
      throw new WrongArguments("a copy needs " + what + ", it was given null");
    }
  }

  static TableName name(String table) {
    given("a table", table);
    return TableName.of(table);
  }

  CopyConduct timeout(Duration given) {
    given("a timeout", given);
    if (given.isZero() || given.isNegative()) {
      throw new WrongArguments("a copy's timeout must be longer than zero, it was " + given);
    }
    return new CopyConduct(given, progress);
  }

  CopyConduct onProgress(Consumer<CopyProgress> callback) {
    given("a callback", callback);
    return new CopyConduct(timeout, callback);
  }
}
