package dev.howdah.internal.tables;

import dev.howdah.config.ManagerOptions;
import dev.howdah.query.Condition;
import dev.howdah.schema.TableName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What the manager did, said after it was done. Values of conditions are shown only when echo asks
 * for them.
 */
final class ManagerLog {
  private static final Logger LOGGER = System.getLogger("dev.howdah");

  private final ManagerOptions options;

  ManagerLog(ManagerOptions options) {
    this.options = options;
  }

  void created(TableName table, Iterable<String> columns) {
    info("Table '" + table + "' created with columns: " + String.join(", ", columns));
  }

  void existed(TableName table) {
    info("Table '" + table + "' exists already and was left as it is.");
  }

  void inserted(TableName table, long count) {
    info("Inserted/Updated " + count + " records into table '" + table + "'.");
  }

  void selected(TableName table, long count) {
    info("Selected " + count + " rows from table '" + table + "'.");
  }

  void updated(TableName table, long count, Condition condition) {
    info("Updated " + count + " records in table '" + table + "'" + described(condition) + ".");
  }

  void deleted(TableName table, long count, Condition condition) {
    info("Deleted " + count + " records from table '" + table + "'" + described(condition) + ".");
  }

  void emptied(TableName table) {
    info("Deleted all data from table '" + table + "'.");
  }

  void dropped(TableName table) {
    info("Table '" + table + "' dropped.");
  }

  private String described(Condition condition) {
    if (condition.coversEverything()) {
      return "";
    }
    if (options.echo()) {
      return " with conditions " + condition.showingValues();
    }
    return condition.columns().isEmpty()
        ? " with conditions"
        : " with conditions on " + String.join(", ", condition.columns());
  }

  /** Above the level that was asked for nothing is said; below it the logger decides. */
  void info(String message) {
    if (options.logLevel().getSeverity() <= Level.INFO.getSeverity()) {
      LOGGER.log(Level.INFO, onOneLine(message));
    }
  }

  /** A table's name may hold a line break; a log line may not. */
  private static String onOneLine(String message) {
    return message.replace("\n", "\\n").replace("\r", "\\r");
  }
}
