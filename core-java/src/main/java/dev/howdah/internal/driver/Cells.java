package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import org.jspecify.annotations.Nullable;

/** One row of an answer on its way, good for as long as it is looked at. */
interface Cells {
  /** The same for all rows of an answer. */
  Columns columns();

  /** A value, read; index from 0. */
  @Nullable Object value(int index);

  /** The values from an index on. */
  default @Nullable Object[] values(int from) {
    @Nullable Object[] values = new @Nullable Object[columns().size() - from];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(from + i);
    }
    return values;
  }
}
