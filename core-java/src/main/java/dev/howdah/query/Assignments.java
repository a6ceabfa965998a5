package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.Identifiers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an update puts into which columns: values, {@linkplain Expression expressions} or
 * {@linkplain SqlFragment SQL}. Immutable: {@link #set} gives a new one.
 */
public final class Assignments {
  private final Map<String, @Nullable Object> values;

  private Assignments(Map<String, @Nullable Object> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Assignments from a map of column names to values.
   *
   * @param values null as a value means NULL
   * @return the assignments, in the order of the map
   * @throws WrongArguments if the map itself is null
   */
  public static Assignments of(Map<String, ?> values) {
    if (values == null) {
      throw new WrongArguments("values must not be null; give a Map of column names to values");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      put(copy, entry.getKey(), entry.getValue());
    }
    return new Assignments(copy);
  }

  /**
   * These assignments and one more.
   *
   * @throws WrongArguments if the column is assigned already
   */
  public Assignments set(String column, @Nullable Object value) {
    if (values.containsKey(column)) {
      throw new WrongArguments("column '" + column + "' is set twice");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(values);
    put(copy, column, value);
    return new Assignments(copy);
  }

  /** The values by column; unmodifiable, values may be null. */
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /** The columns; never a value. */
  @Override
  public String toString() {
    return "set " + values.keySet();
  }

  private static void put(
      Map<String, @Nullable Object> values, @Nullable String column, @Nullable Object value) {
    if (column == null) {
      throw new WrongArguments("an assignment has null as its column name");
    }
    if (value instanceof Comparison comparison) {
      throw new WrongArguments(
          "column '"
              + column
              + "' cannot be set to the comparison '"
              + comparison
              + "'; give a value, an expression such as plus(1), or sql(\"…\")");
    }
    values.put(Identifiers.check(column, "column name"), value);
  }
}
