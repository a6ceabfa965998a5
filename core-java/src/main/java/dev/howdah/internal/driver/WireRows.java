package dev.howdah.internal.driver;

import dev.howdah.internal.type.Codecs;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.RowDescription;
import java.util.ArrayList;
import java.util.List;

/** The rows of one answer after the other, read from the driver's messages. */
final class WireRows {
  private final WireCells cells;
  private List<Row> rows = new ArrayList<>();

  WireRows(RowDescription description, Codecs codecs) {
    this.cells = new WireCells(WireCells.columns(description), codecs);
  }

  void add(DataRow row) {
    rows.add(Row.owning(cells.columns(), cells.at(row).values(0)));
  }

  /** What has come so far, as one answer; the next rows belong to the next one. */
  RowSet take(long affected) {
    RowSet answer = RowSet.of(rows, affected);
    rows = new ArrayList<>();
    return answer;
  }
}
