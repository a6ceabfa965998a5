package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words that tables by name are asked with; meant for {@code import static}. Pure; safe from
 * any thread. Nothing is checked against a table until it is used with one.
 *
 * <pre>{@code
 * where("user_age", atLeast(18)).and("user_name", like("A%"))
 * anyOf(Map.of("user_id", 1), Map.of("user_id", 3))
 * orderBy("user_name").limit(20)
 * set("visits", plus(1))
 * onConflict("user_id").ignore()
 * }</pre>
 */
public final class Clauses {
  private Clauses() {}

  /**
   * The rows whose column is as asked.
   *
   * @param column the column's name
   * @param value a {@link Comparison}; or null for IS NULL; or a collection or array: one of its
   *     values, but for an array or json column the collection is the value itself; or any other
   *     value, which the column must equal
   */
  public static Condition where(String column, @Nullable Object value) {
    return new ColumnTest(column, Comparison.from(value));
  }

  /** The rows whose columns are all as asked; of an empty map: every row. */
  public static Condition where(Map<String, ?> values) {
    return Condition.of(values);
  }

  /** The rows for which a condition written in SQL holds. */
  public static Condition where(SqlFragment sql) {
    return new RawCondition(sql);
  }

  /** The same as {@link #where(Map)}. */
  public static Condition allOf(Map<String, ?> values) {
    return Condition.of(values);
  }

  /** The rows for which all conditions hold; of none: every row. */
  public static Condition allOf(Condition... conditions) {
    return Junction.of(true, List.of(conditions));
  }

  /** The rows that are as at least one of the maps asks; of none: no row. */
  @SafeVarargs
  public static Condition anyOf(Map<String, ?>... alternatives) {
    List<Object> list = new ArrayList<>();
    for (Map<String, ?> alternative : alternatives) {
      list.add(alternative);
    }
    return Condition.of(list);
  }

  /**
   * The rows that are as at least one of the alternatives asks; of none: no row.
   *
   * @param alternatives maps and conditions
   */
  public static Condition anyOf(Collection<?> alternatives) {
    return Condition.of(alternatives);
  }

  /** The rows for which at least one of the conditions holds. */
  public static Condition anyOf(Condition first, Condition... more) {
    List<Condition> parts = new ArrayList<>();
    parts.add(first);
    parts.addAll(Arrays.asList(more));
    return Junction.of(false, parts);
  }

  /** Every row. */
  public static Condition all() {
    return Junction.EVERYTHING;
  }

  /** The rows for which the condition is false; where it is neither (NULL) they are not found. */
  public static Condition not(Condition condition) {
    return condition instanceof Negation negation ? negation.inner() : new Negation(condition);
  }

  /** Equal; of null: IS NULL. */
  public static Comparison eq(@Nullable Object value) {
    return Comparison.of(Operator.EQUAL, value);
  }

  /** Not equal, and not NULL; of null: IS NOT NULL. */
  public static Comparison notEq(@Nullable Object value) {
    return Comparison.of(Operator.NOT_EQUAL, value);
  }

  /** Not equal, or NULL; of null: IS NOT NULL. */
  public static Comparison differsFrom(@Nullable Object value) {
    return Comparison.of(Operator.DIFFERS, value);
  }

  /** {@code <}. */
  public static Comparison lessThan(Object value) {
    return Comparison.notNull(Operator.LESS, "lessThan", value);
  }

  /** {@code <=}. */
  public static Comparison atMost(Object value) {
    return Comparison.notNull(Operator.AT_MOST, "atMost", value);
  }

  /** {@code >}. */
  public static Comparison greaterThan(Object value) {
    return Comparison.notNull(Operator.GREATER, "greaterThan", value);
  }

  /** {@code >=}. */
  public static Comparison atLeast(Object value) {
    return Comparison.notNull(Operator.AT_LEAST, "atLeast", value);
  }

  /** From {@code low} to {@code high}, both included. */
  public static Comparison between(Object low, Object high) {
    return Comparison.notNull(Operator.BETWEEN, "between", low, high);
  }

  /** One of the values, a null among them meaning NULL; of none: no row. */
  public static Comparison in(@Nullable Object... values) {
    return Comparison.ofAll(Operator.IN, Values.ofArguments(values));
  }

  /** One of the values, a null among them meaning NULL; of none: no row. */
  public static Comparison in(Collection<? extends @Nullable Object> values) {
    return Comparison.ofAll(Operator.IN, values);
  }

  /** None of the values and not NULL; of none: every row, NULL or not. */
  public static Comparison notIn(@Nullable Object... values) {
    return Comparison.ofAll(Operator.NOT_IN, Values.ofArguments(values));
  }

  /** None of the values and not NULL; of none: every row, NULL or not. */
  public static Comparison notIn(Collection<? extends @Nullable Object> values) {
    return Comparison.ofAll(Operator.NOT_IN, values);
  }

  /**
   * Like the pattern: {@code %} any text, {@code _} any character, after a backslash themselves.
   */
  public static Comparison like(String pattern) {
    return Comparison.notNull(Operator.LIKE, "like", pattern);
  }

  /** Not like the pattern. */
  public static Comparison notLike(String pattern) {
    return Comparison.notNull(Operator.NOT_LIKE, "notLike", pattern);
  }

  /** Like the pattern, upper and lower case alike. */
  public static Comparison ilike(String pattern) {
    return Comparison.notNull(Operator.ILIKE, "ilike", pattern);
  }

  /** Not like the pattern, upper and lower case alike. */
  public static Comparison notIlike(String pattern) {
    return Comparison.notNull(Operator.NOT_ILIKE, "notIlike", pattern);
  }

  /** NULL. */
  public static Comparison isNull() {
    return Comparison.of(Operator.IS_NULL);
  }

  /** Not NULL. */
  public static Comparison isNotNull() {
    return Comparison.of(Operator.IS_NOT_NULL);
  }

  /**
   * An array that holds the value (or all of a collection), or a jsonb document that holds the
   * given one.
   */
  public static Comparison contains(Object value) {
    return Comparison.notNull(Operator.CONTAINS, "contains", value);
  }

  /** An array or jsonb document that is held in the given one. */
  public static Comparison containedBy(Object value) {
    return Comparison.notNull(Operator.CONTAINED_BY, "containedBy", value);
  }

  /** An array that has at least one of the values. */
  public static Comparison overlaps(Collection<?> values) {
    return Comparison.notNull(Operator.OVERLAPS, "overlaps", values);
  }

  /** An array that has the value as one of its elements. */
  public static Comparison hasElement(Object value) {
    return Comparison.notNull(Operator.HAS_ELEMENT, "hasElement", value);
  }

  /** A jsonb object that has the key, or a jsonb array that has the text. */
  public static Comparison hasKey(String key) {
    return Comparison.notNull(Operator.HAS_KEY, "hasKey", key);
  }

  /** A jsonb object that has at least one of the keys. */
  public static Comparison hasAnyKey(String... keys) {
    return Comparison.of(Operator.HAS_ANY_KEY, List.of(keys));
  }

  /** A jsonb object that has all of the keys. */
  public static Comparison hasAllKeys(String... keys) {
    return Comparison.of(Operator.HAS_ALL_KEYS, List.of(keys));
  }

  /**
   * A piece of SQL with arguments: as a condition in {@link #where(SqlFragment)}, or as a value in
   * a comparison, an assignment or a record that is inserted.
   *
   * @param text sent as it is, never built from input; parameters are {@code $1, $2 …} or named
   * @param arguments as many as the text has parameters
   */
  public static SqlFragment sql(String text, @Nullable Object... arguments) {
    return new SqlFragment(text, arguments);
  }

  /** Only these columns; none means all. */
  public static Selection columns(String... names) {
    return Selection.EVERYTHING.columns(names);
  }

  /** Ordered by these columns, ascending; see {@link Selection#desc}, {@link Selection#then}. */
  public static Selection orderBy(String... names) {
    return Selection.EVERYTHING.orderBy(names);
  }

  /** At most so many rows. */
  public static Selection limit(long rows) {
    return Selection.EVERYTHING.limit(rows);
  }

  /** Each different row once; with {@link Selection#columns}. */
  public static Selection distinct() {
    return Selection.EVERYTHING.distinct();
  }

  /**
   * Puts a value into a column.
   *
   * @param value a value, null for NULL, an {@link Expression} such as {@code plus(1)}, or {@link
   *     #sql}
   */
  public static Assignments set(String column, @Nullable Object value) {
    return Assignments.of(Map.of()).set(column, value);
  }

  /** The present value plus this; a {@code Duration} or {@code Period} for dates and times. */
  public static Expression plus(Object value) {
    return expression(Expression.Kind.PLUS, "plus", value);
  }

  /** The present value minus this; a {@code Duration} or {@code Period} for dates and times. */
  public static Expression minus(Object value) {
    return expression(Expression.Kind.MINUS, "minus", value);
  }

  /** The present value times this. */
  public static Expression times(Object value) {
    return expression(Expression.Kind.TIMES, "times", value);
  }

  /** The present text, array or jsonb document with this put behind it ({@code ||}). */
  public static Expression concat(Object value) {
    return expression(Expression.Kind.CONCAT, "concat", value);
  }

  /** The present array with this element behind it. */
  public static Expression append(@Nullable Object element) {
    return new Expression(Expression.Kind.APPEND, element);
  }

  /**
   * The present array without elements equal to this; the present jsonb object without this key.
   */
  public static Expression remove(@Nullable Object element) {
    return new Expression(Expression.Kind.REMOVE, element);
  }

  /**
   * When a row with the same values in these columns is there already.
   *
   * <p>The columns must be unique together: the primary key, or a unique constraint or index.
   */
  public static OnConflict onConflict(String column, String... more) {
    List<String> columns = new ArrayList<>();
    columns.add(column);
    columns.addAll(Arrays.asList(more));
    return OnConflict.columns(List.copyOf(columns));
  }

  /** When a row is there already that a unique constraint allows only once. */
  public static OnConflict onConflictConstraint(String name) {
    return OnConflict.constraint(name);
  }

  /** Drops every record that conflicts with a row, by whatever constraint. */
  public static OnConflict ignoreConflicts() {
    return OnConflict.ignoringAny();
  }

  private static Expression expression(Expression.Kind kind, String name, @Nullable Object value) {
    if (value == null) {
      throw new WrongArguments(name + "(null) would make the column NULL; set it to null instead");
    }
    return new Expression(kind, value);
  }
}
