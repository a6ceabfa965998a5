package dev.howdah.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are meant; made by {@link Clauses}. Immutable, and without a table until it is used
 * with one: its columns are checked then.
 *
 * <p>It means what SQL means by it: a comparison with a column that is NULL is neither true nor
 * false, so neither {@code where("age", 3)} nor {@code not(where("age", 3))} finds a row whose age
 * is NULL. {@link Clauses#differsFrom} and {@link Clauses#isNull} do.
 */
public sealed interface Condition permits ColumnTest, Junction, Negation, RawCondition {

  /** A row is meant when both hold. */
  default Condition and(Condition other) {
    return Junction.of(true, List.of(this, other));
  }

  /** A row is meant when this holds and the column is as asked, see {@link Clauses#where}. */
  default Condition and(String column, @Nullable Object value) {
    return and(Clauses.where(column, value));
  }

  /** A row is meant when this holds and all columns are as the map asks. */
  default Condition and(Map<String, ?> values) {
    return and(Clauses.where(values));
  }

  /** A row is meant when at least one of the two holds. */
  default Condition or(Condition other) {
    return Junction.of(false, List.of(this, other));
  }

  /** A row is meant when this holds or the column is as asked, see {@link Clauses#where}. */
  default Condition or(String column, @Nullable Object value) {
    return or(Clauses.where(column, value));
  }

  /** A row is meant when this holds or all columns are as the map asks. */
  default Condition or(Map<String, ?> values) {
    return or(Clauses.where(values));
  }

  /**
   * Whether it says nothing, or holds for every row whatever is in the table: {@code all()}, an
   * empty map, an empty list, a list with an empty map in it, {@code notIn()} of nothing. Updates
   * and deletes refuse such a condition.
   */
  default boolean coversEverything() {
    return ConditionFacts.saysNothing(this) || ConditionFacts.truth(this) == Truth.TRUE;
  }

  /** The columns it names, in the order they first occur; not those inside an SQL fragment. */
  default Set<String> columns() {
    return ConditionFacts.columns(this);
  }

  /**
   * Reads a condition from what maps and lists can say.
   *
   * @param source null (every row), a condition, a map (all its columns are as asked), or an
   *     iterable or array of these (at least one of them holds; of none: no row)
   * @return the condition
   * @throws dev.howdah.error.ClientException.WrongArguments if it is anything else
   */
  static Condition of(@Nullable Object source) {
    return ConditionFacts.read(source);
  }

  /**
   * Writes the condition with its values, for a log that was asked to show them.
   *
   * @return for example {@code user_id = 2 AND user_name LIKE 'A%'}; not meant to be run
   */
  default String showingValues() {
    return ConditionText.of(this, true);
  }
}
