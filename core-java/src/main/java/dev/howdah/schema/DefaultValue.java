package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import org.jspecify.annotations.Nullable;

/**
 * What a column gets when nobody gives a value: a plain value, or an SQL expression.
 *
 * @param value the value, when {@code sql} is null; null means NULL
 * @param sql the expression, or null when {@code value} counts
 */
public record DefaultValue(@Nullable Object value, @Nullable String sql) {

  /** Refuses both at once and an empty expression. */
  public DefaultValue {
    if (sql != null && (value != null || sql.isBlank())) {
      throw new WrongArguments("a default is a value or a non-empty SQL expression, not both");
    }
  }

  /**
   * A plain value.
   *
   * @param value a value that fits the column, or null for NULL
   * @return the default
   */
  public static DefaultValue of(@Nullable Object value) {
    return new DefaultValue(value, null);
  }

  /**
   * An SQL expression, written into the statement as it is: never build it from input.
   *
   * @param expression for example {@code now()}
   * @return the default
   */
  public static DefaultValue sql(String expression) {
    return new DefaultValue(null, expression);
  }
}
