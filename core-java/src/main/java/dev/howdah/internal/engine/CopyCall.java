package dev.howdah.internal.engine;

import dev.howdah.error.ServerReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a copy, as listeners and time limits see it.
 *
 * @param verb the handle's verb
 * @param sql what is known of the statement at the call, with {@code $n} for values
 * @param arguments those values; may hold null
 * @param timeout its own budget, or null for the database's default
 * @param noticeListener hears what the server says beside the rows, or null
 */
public record CopyCall(
    String verb,
    String sql,
    List<@Nullable Object> arguments,
    @Nullable Duration timeout,
    @Nullable Consumer<? super ServerReport> noticeListener) {
  /** A call that nobody listens to by itself. */
  public CopyCall(
      String verb, String sql, List<@Nullable Object> arguments, @Nullable Duration timeout) {
    this(verb, sql, arguments, timeout, null);
  }
}
