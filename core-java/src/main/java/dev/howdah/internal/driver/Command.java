package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement ready to be sent.
 *
 * @param sql the text with {@code $n} parameters
 * @param parameters the encoded arguments, {@code $1} first
 * @param rowLimit how many rows of the answer are kept; the others are read and dropped
 * @param ownLength how many characters of ours stand before the user's text, as in {@code DECLARE c
 *     CURSOR FOR}; errors show the text without them, and positions are counted without them
 * @param begin a BEGIN that goes before it in the same message, or null; only with arguments, and
 *     where the driver lets us write messages
 */
public record Command(
    String sql, List<Parameter> parameters, int rowLimit, int ownLength, @Nullable String begin) {
  /** A command that is the user's text all over. */
  public Command(String sql, List<Parameter> parameters, int rowLimit) {
    this(sql, parameters, rowLimit, 0, null);
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
    return new Command(prefix + sql, parameters, rowLimit, prefix.length(), begin);
  }

  /** The same statement as the first of a transaction. */
  public Command begunBy(String begin) {
    return new Command(sql, parameters, rowLimit, ownLength, begin);
  }

  /** What the user wrote. */
  public String userSql() {
    return sql.substring(ownLength);
  }
}
