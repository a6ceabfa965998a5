package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Arrays;
import java.util.Locale;

/** What happens to a row when the row that its foreign key points at goes away or changes. */
public enum ReferentialAction {
  /** The change is refused at the end of the statement, or of the transaction if deferred. */
  NO_ACTION("NO ACTION"),
  /** The change is refused at once. */
  RESTRICT("RESTRICT"),
  /** The row goes or changes with it. */
  CASCADE("CASCADE"),
  /** The referring columns become NULL. */
  SET_NULL("SET NULL"),
  /** The referring columns get their default. */
  SET_DEFAULT("SET DEFAULT");

  private final String sql;

  ReferentialAction(String sql) {
    this.sql = sql;
  }

  /** The action as SQL writes it, such as {@code SET NULL}. */
  public String sql() {
    return sql;
  }

  /**
   * Reads an action from its SQL text, in any case: {@code "cascade"}, {@code "set null"}.
   *
   * @throws WrongArguments if there is none of that name; the message lists them
   */
  public static ReferentialAction parse(String text) {
    String wanted = text.strip().replace('_', ' ').toUpperCase(Locale.ROOT);
    for (ReferentialAction action : values()) {
      if (action.sql.equals(wanted)) {
        return action;
      }
    }
    throw new WrongArguments(
        "'"
            + text
            + "' is no action of a foreign key; there are "
            + String.join(", ", Arrays.stream(values()).map(ReferentialAction::sql).toList()));
  }
}
