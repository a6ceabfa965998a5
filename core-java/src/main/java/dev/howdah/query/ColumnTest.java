package dev.howdah.query;

import dev.howdah.schema.Identifiers;

/** One column, one comparison. */
record ColumnTest(String column, Comparison comparison) implements Condition {
  ColumnTest {
    Identifiers.check(column, "column name");
  }

  @Override
  public String toString() {
    return ConditionText.of(this, false);
  }
}
