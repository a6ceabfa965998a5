package dev.howdah.query;

/** The opposite of a condition. */
record Negation(Condition inner) implements Condition {
  @Override
  public String toString() {
    return ConditionText.of(this, false);
  }
}
