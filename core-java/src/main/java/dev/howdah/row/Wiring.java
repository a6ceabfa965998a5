package dev.howdah.row;

import java.util.BitSet;

/**
 * A class tied to the columns of one kind of row: where each part's value comes from.
 *
 * <p>Immutable; this is what runs for every row.
 */
abstract sealed class Wiring<T> permits Assembly, Choice {

  /** The columns that are read, nested ones too. */
  private final int[] columns;

  Wiring(BitSet columns) {
    this.columns = columns.stream().toArray();
  }

  /** Makes one object. */
  abstract T make(Row row);

  int[] columns() {
    return columns;
  }

  boolean isAllNull(Row row) {
    for (int column : columns) {
      if (row.raw(column) != null) {
        return false;
      }
    }
    return true;
  }
}
