package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one column: {@code atLeast(18)}, {@code like("A%")}; made by {@link Clauses} and
 * given to {@link Clauses#where(String, Object)} or as a value in a map. Immutable.
 */
public final class Comparison {
  private final Operator operator;
  private final List<@Nullable Object> operands;

  private Comparison(Operator operator, List<@Nullable Object> operands) {
    this.operator = operator;
    this.operands = operands;
  }

  /** An empty Optional is null: it must become IS NULL, not = NULL. */
  static Comparison of(Operator operator, @Nullable Object... operands) {
    List<@Nullable Object> values = new ArrayList<>(operands.length);
    for (Object operand : operands) {
      values.add(operand instanceof Optional<?> optional ? optional.orElse(null) : operand);
    }
    return new Comparison(operator, Collections.unmodifiableList(values));
  }

  /** For operators that nothing can be compared with by NULL. */
  static Comparison notNull(Operator operator, String name, @Nullable Object... operands) {
    Comparison comparison = of(operator, operands);
    if (comparison.operands.contains(null)) {
      throw new WrongArguments(
          name + "(null) is never true in SQL; use isNull() or isNotNull() to ask for NULL");
    }
    return comparison;
  }

  static Comparison ofAll(Operator operator, Collection<? extends @Nullable Object> operands) {
    return new Comparison(operator, Collections.unmodifiableList(new ArrayList<>(operands)));
  }

  /** A value as it stands in a map: itself when it is a comparison already. */
  static Comparison from(@Nullable Object value) {
    return value instanceof Comparison given ? given : of(Operator.IS, value);
  }

  Operator operator() {
    return operator;
  }

  List<@Nullable Object> operands() {
    return operands;
  }

  @Nullable Object operand() {
    return operands.get(0);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Comparison that
        && operator == that.operator
        && Arrays.deepEquals(operands.toArray(), that.operands.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * operator.hashCode() + Arrays.deepHashCode(operands.toArray());
  }

  /** The operator; never a value. */
  @Override
  public String toString() {
    return operator == Operator.IS_NULL || operator == Operator.IS_NOT_NULL
        ? operator.sql
        : operator.sql + " …";
  }
}
