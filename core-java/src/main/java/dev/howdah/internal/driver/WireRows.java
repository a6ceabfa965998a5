package dev.howdah.internal.driver;

import dev.howdah.internal.type.Codecs;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.RowDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one answer, read from the driver's messages; all values come as text. */
final class WireRows {
  private final Columns columns;
  private final int[] types;
  private final Codecs codecs;
  private List<Row> rows = new ArrayList<>();

  WireRows(RowDescription description, Codecs codecs) {
    this.codecs = codecs;
    List<String> names = new ArrayList<>();
    this.types = new int[description.getFields().size()];
    for (RowDescription.Field field : description.getFields()) {
      types[names.size()] = field.getDataType();
      names.add(field.getName());
    }
    this.columns = Columns.of(names, types);
  }

  void add(DataRow row) {
    ByteBuf[] cells = row.getColumns();
    @Nullable Object[] values = new @Nullable Object[cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[i] = value(cells[i], types[i]);
    }
    rows.add(Row.owning(columns, values));
  }

  private @Nullable Object value(@Nullable ByteBuf cell, int type) {
    if (cell == null) {
      return null;
    }
    byte[] bytes = new byte[cell.readableBytes()];
    cell.getBytes(cell.readerIndex(), bytes);
    return codecs.decode(type, bytes, 0, bytes.length);
  }

  /** What has come so far, as one answer; the next rows belong to the next one. */
  RowSet take(long affected) {
    RowSet answer = RowSet.of(rows, affected);
    rows = new ArrayList<>();
    return answer;
  }
}
