package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.List;

/**
 * One statement ready to be sent.
 *
 * @param sql the text with {@code $n} parameters
 * @param parameters the encoded arguments, {@code $1} first
 * @param rowLimit how many rows of the answer are kept; the others are read and dropped
 */
public record Command(String sql, List<Parameter> parameters, int rowLimit) {
  /** A command without arguments whose answer's rows nobody looks at. */
  public static Command of(String sql) {
    return new Command(sql, List.of(), 0);
  }
}
