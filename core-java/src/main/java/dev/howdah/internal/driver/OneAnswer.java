package dev.howdah.internal.driver;

import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import java.util.ArrayList;
import java.util.List;

/** All rows of a statement as its answer, up to a limit. */
final class OneAnswer implements Answer<RowSet> {
  private final int limit;
  private final ResultRows reader = new ResultRows();
  private final List<Row> rows = new ArrayList<>();

  OneAnswer(int limit) {
    this.limit = limit;
  }

  @Override
  public void add(io.r2dbc.spi.Row row) {
    if (rows.size() < limit) {
      rows.add(reader.read(row));
    }
  }

  @Override
  public RowSet whole(long affected) {
    return RowSet.of(rows, affected);
  }
}
