package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a merged statement taken apart again: each row begins with the number of its run.
 */
final class MergedAnswer implements Answer<List<RowSet>> {
  private final Merged merged;
  private final List<List<Row>> rows;
  private final long[] counts;
  private boolean checked;

  MergedAnswer(Merged merged) {
    this.merged = merged;
    int runs = merged.rowLimits().size();
    this.rows = new ArrayList<>(runs);
    for (int i = 0; i < runs; i++) {
      rows.add(List.of());
    }
    this.counts = new long[runs];
  }

  @Override
  public void add(io.r2dbc.spi.Row row) {
    if (!checked) {
      check(new ResultRows().columns(row));
      checked = true;
    }
    int run = number(row.get(0, Object.class)) - 1;
    counts[run]++;
    if (counts[run] <= merged.rowLimits().get(run)) {
      List<Row> own = rows.get(run);
      if (own.isEmpty()) {
        own = new ArrayList<>(1);
        rows.set(run, own);
      }
      Columns columns = merged.columns();
      own.add(Row.owning(columns, ResultRows.values(row, 1, columns.size() + 1)));
    }
  }

  /** A user's codec may have left it as text. */
  private static int number(@Nullable Object number) {
    return Integer.parseInt(String.valueOf(number));
  }

  /** The table may have been altered since the statement was described. */
  private void check(Columns found) {
    Columns expected = merged.columns();
    boolean same = found.size() == expected.size() + 1;
    for (int i = 0; same && i < expected.size(); i++) {
      String name = found.names().get(i + 1);
      same =
          found.typeOid(i + 1) == expected.typeOid(i)
              && (name.equals(expected.names().get(i)) || name.equals("case"));
    }
    if (!same) {
      throw new IllegalStateException("the columns have changed since the text was described");
    }
  }

  @Override
  public List<RowSet> whole(long affected) {
    List<RowSet> answers = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      answers.add(counts[i] == 0 ? RowSet.EMPTY : RowSet.of(rows.get(i), counts[i]));
    }
    return answers;
  }
}
