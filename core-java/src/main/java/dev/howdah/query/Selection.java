package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of the rows is wanted: columns, order, how many, from where; begun with {@link
 * Clauses#columns}, {@link Clauses#orderBy} or {@link Clauses#limit}. Immutable: every part gives a
 * new one.
 *
 * <pre>{@code
 * orderBy("user_name").desc().nullsLast().then("user_id").limit(20)
 * columns("user_name").orderBy("created_at", "user_id").after(lastCreated, lastId).limit(20)
 * }</pre>
 */
public final class Selection {
  /** All columns of all rows in no particular order. */
  public static final Selection EVERYTHING =
      new Selection(List.of(), false, List.of(), null, null, null);

  /** Where a NULL goes. */
  enum Nulls {
    DEFAULT,
    FIRST,
    LAST
  }

  /** One column of the order. */
  record Sort(String column, boolean descending, Nulls nulls, int group) {
    /** PostgreSQL takes NULL for the largest value. */
    boolean nullsLast() {
      return nulls == Nulls.DEFAULT ? !descending : nulls == Nulls.LAST;
    }
  }

  private final List<String> columns;
  private final boolean distinct;
  private final List<Sort> order;
  private final @Nullable Long limit;
  private final @Nullable Long offset;
  private final @Nullable List<@Nullable Object> after;

  private Selection(
      List<String> columns,
      boolean distinct,
      List<Sort> order,
      @Nullable Long limit,
      @Nullable Long offset,
      @Nullable List<@Nullable Object> after) {
    this.columns = columns;
    this.distinct = distinct;
    this.order = order;
    this.limit = limit;
    this.offset = offset;
    this.after = after;
  }

  /** Only these columns, in this order; none means all. Replaces what was chosen before. */
  public Selection columns(String... names) {
    List<String> chosen = List.of(names);
    chosen.forEach(name -> Identifiers.check(name, "column name"));
    return new Selection(chosen, distinct, order, limit, offset, after);
  }

  /** Each different row once. */
  public Selection distinct() {
    return new Selection(columns, true, order, limit, offset, after);
  }

  /** Ordered by these columns, the first one first, ascending. Replaces the order before. */
  public Selection orderBy(String... names) {
    return ordered(List.of(), names);
  }

  /** Where the order so far leaves rows equal, ordered by these columns, ascending. */
  public Selection then(String... names) {
    if (order.isEmpty()) {
      throw new WrongArguments("there is no order yet; begin with orderBy(…)");
    }
    return ordered(order, names);
  }

  /** Turns the columns of the last {@code orderBy} or {@code then} around. */
  public Selection desc() {
    return direction(true);
  }

  /** Orders the columns of the last {@code orderBy} or {@code then} upwards, the default. */
  public Selection asc() {
    return direction(false);
  }

  /** Puts NULL first in the columns of the last {@code orderBy} or {@code then}. */
  public Selection nullsFirst() {
    return nulls(Nulls.FIRST);
  }

  /** Puts NULL last in the columns of the last {@code orderBy} or {@code then}. */
  public Selection nullsLast() {
    return nulls(Nulls.LAST);
  }

  /** At most so many rows. */
  public Selection limit(long rows) {
    return new Selection(columns, distinct, order, natural(rows, "limit"), offset, after);
  }

  /** Leaves out so many rows at the start; for pages {@link #after} is faster and steadier. */
  public Selection offset(long rows) {
    if (after != null) {
      throw bothOffsetAndAfter();
    }
    return new Selection(columns, distinct, order, limit, natural(rows, "offset"), null);
  }

  /**
   * Only the rows that come after a given one in the order: the next page.
   *
   * <p>The order must end with a column that is unique (its key), or rows equal in all of it are
   * passed over.
   *
   * @param values the last row's values of the columns of the order, one for each; null where it
   *     had NULL
   */
  public Selection after(@Nullable Object... values) {
    if (offset != null) {
      throw bothOffsetAndAfter();
    }
    if (order.isEmpty()) {
      throw new WrongArguments("after(…) needs an order; call orderBy(…) before it");
    }
    if (values.length != order.size()) {
      throw new WrongArguments(
          "after(…) needs one value for each of the "
              + order.size()
              + " columns of the order ("
              + String.join(", ", order.stream().map(Sort::column).toList())
              + "), it got "
              + values.length);
    }
    List<@Nullable Object> last =
        Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
    return new Selection(columns, distinct, order, limit, null, last);
  }

  List<String> columnNames() {
    return columns;
  }

  boolean isDistinct() {
    return distinct;
  }

  List<Sort> order() {
    return order;
  }

  @Nullable Long limit() {
    return limit;
  }

  @Nullable Long offset() {
    return offset;
  }

  @Nullable List<@Nullable Object> after() {
    return after;
  }

  /** The parts; never a value. */
  @Override
  public String toString() {
    return "columns "
        + (columns.isEmpty() ? "all" : columns)
        + (distinct ? " distinct" : "")
        + (order.isEmpty() ? "" : " order " + order.stream().map(Sort::column).toList())
        + (after == null ? "" : " after …")
        + (limit == null ? "" : " limit " + limit)
        + (offset == null ? "" : " offset " + offset);
  }

  private Selection ordered(List<Sort> before, String... names) {
    if (names.length == 0) {
      throw new WrongArguments("an order needs at least one column");
    }
    if (after != null) {
      throw new WrongArguments("the order cannot change after after(…) was called");
    }
    List<Sort> sorts = new ArrayList<>(before);
    int group = before.isEmpty() ? 0 : before.get(before.size() - 1).group() + 1;
    for (String name : names) {
      Identifiers.check(name, "column name");
      sorts.add(new Sort(name, false, Nulls.DEFAULT, group));
    }
    return new Selection(columns, distinct, List.copyOf(sorts), limit, offset, null);
  }

  private Selection direction(boolean descending) {
    return lastGroup(s -> new Sort(s.column(), descending, s.nulls(), s.group()));
  }

  private Selection nulls(Nulls nulls) {
    return lastGroup(s -> new Sort(s.column(), s.descending(), nulls, s.group()));
  }

  private Selection lastGroup(java.util.function.UnaryOperator<Sort> change) {
    if (order.isEmpty()) {
      throw new WrongArguments("there is no order yet; begin with orderBy(…)");
    }
    int last = order.get(order.size() - 1).group();
    List<Sort> sorts = order.stream().map(s -> s.group() == last ? change.apply(s) : s).toList();
    return new Selection(columns, distinct, sorts, limit, offset, after);
  }

  private static long natural(long number, String what) {
    if (number < 0) {
      throw new WrongArguments("the " + what + " must not be negative, it was " + number);
    }
    return number;
  }

  private static WrongArguments bothOffsetAndAfter() {
    return new WrongArguments("a page starts either after(…) a row or at an offset(…), not both");
  }
}
