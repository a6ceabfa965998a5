package dev.howdah.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of one statement, as a listener sees it.
 *
 * @param id counts the statements of one database; the same in the start and the end event
 * @param verb the verb the caller used, such as {@code fetchRow}
 * @param sql the statement with {@code $n} parameters
 * @param arguments the values bound; a listener that prints them shows them to whoever reads it
 */
public record QueryEvent(long id, String verb, String sql, List<@Nullable Object> arguments) {
  /** Everything but the arguments. */
  @Override
  public String toString() {
    return "QueryEvent[" + id + " " + verb + ": " + sql + "]";
  }
}
