package dev.howdah.query;

import org.jspecify.annotations.Nullable;

/**
 * What an update computes from a column's present value: {@code plus(1)}; made by {@link Clauses}
 * and given to {@link Clauses#set(String, Object)} or as a value in a map. Immutable.
 *
 * <p>Computed from NULL it stays NULL, as in SQL.
 */
public final class Expression {
  /** What is computed. */
  enum Kind {
    PLUS,
    MINUS,
    TIMES,
    CONCAT,
    APPEND,
    REMOVE
  }

  private final Kind kind;
  private final @Nullable Object operand;

  Expression(Kind kind, @Nullable Object operand) {
    this.kind = kind;
    this.operand = operand;
  }

  Kind kind() {
    return kind;
  }

  @Nullable Object operand() {
    return operand;
  }

  /** The kind; never the value. */
  @Override
  public String toString() {
    return kind + " …";
  }
}
