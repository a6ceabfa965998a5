package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.List;

/**
 * One statement and the rows of arguments it is to be run with.
 *
 * @param sql the text with {@code $n} parameters
 * @param rows the encoded arguments of each run, at least one
 * @param wantsRows whether the answers' rows are kept
 */
public record Batch(String sql, List<List<Parameter>> rows, boolean wantsRows) {
  /** Run {@code index} as a command of its own. */
  public Command command(int index) {
    return new Command(sql, rows.get(index), wantsRows ? Integer.MAX_VALUE : 0);
  }
}
