package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.List;

/**
 * One statement ready to be sent.
 *
 * @param sql the text with {@code $n} parameters
 * @param parameters the encoded arguments, {@code $1} first
 * @param rowLimit how many rows of the answer are kept; the others are read and dropped
 * @param ownLength how many characters of ours stand before the user's text, as in {@code DECLARE c
 *     CURSOR FOR}; errors show the text without them, and positions are counted without them
 */
public record Command(String sql, List<Parameter> parameters, int rowLimit, int ownLength) {
  /** A command that is the user's text all over. */
  public Command(String sql, List<Parameter> parameters, int rowLimit) {
    this(sql, parameters, rowLimit, 0);
  }

  /** A command without arguments whose answer's rows nobody looks at. */
  public static Command of(String sql) {
    return new Command(sql, List.of(), 0);
  }

  /** A command without arguments whose rows are wanted. */
  public static Command reading(String sql) {
    return new Command(sql, List.of(), Integer.MAX_VALUE);
  }

  /** The same statement inside one of ours, which begins with {@code prefix}. */
  public Command behind(String prefix) {
    return new Command(prefix + sql, parameters, rowLimit, prefix.length());
  }

  /** What the user wrote. */
  public String userSql() {
    return sql.substring(ownLength);
  }
}
