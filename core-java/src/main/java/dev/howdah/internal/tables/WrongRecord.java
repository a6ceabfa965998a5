package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says which record has a value that cannot be bound, where records travel as arrays: who gave them
 * knows of records, not of arrays and their elements.
 */
final class WrongRecord {
  /** What follows the column in the message about an array: its type if known, the element. */
  private static final Pattern ELEMENT =
      Pattern.compile("(?: \\((.+?)\\[\\]\\))?, element \\[(\\d+)\\](.*)", Pattern.DOTALL);

  private WrongRecord() {}

  /**
   * The failure in the words of who gave the records; as it is if it is about something else.
   *
   * @param rows the rows of all records, in their order
   */
  @SuppressWarnings("ReferenceEquality") // who holds this very value holds a wrong one
  static WrongArguments of(
      TableDefinition table, Batch batch, List<@Nullable Object[]> rows, WrongArguments failure) {
    String message = failure.getMessage();
    if (!batch.arrays() || message == null) {
      return failure;
    }
    for (TableColumn column : batch.columns()) {
      String what = "column '" + column.name() + "' of table '" + table.name() + "'";
      if (!message.startsWith(what)) {
        continue;
      }
      Matcher element = ELEMENT.matcher(message.substring(what.length()));
      if (!element.matches()) {
        continue;
      }
      int position = table.position(column.name());
      Object wrong = batch.rows().get(Integer.parseInt(element.group(2)))[position];
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i)[position] == wrong) { // rows of one key may have been merged
          String type = element.group(1) == null ? "" : " (" + element.group(1) + ")";
          return new WrongArguments("record " + (i + 1) + ": " + what + type + element.group(3));
        }
      }
    }
    return failure;
  }
}
