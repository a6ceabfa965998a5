package dev.howdah.query;

/** A condition written in SQL. */
record RawCondition(SqlFragment sql) implements Condition {
  @Override
  public String toString() {
    return ConditionText.of(this, false);
  }
}
