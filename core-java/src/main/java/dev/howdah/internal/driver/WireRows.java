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
    this.columns = columns(description);
    this.types = new int[columns.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = columns.typeOid(i);
    }
  }

  /** The columns as the server describes them; none when it says nothing. */
  static Columns columns(@Nullable RowDescription description) {
    if (description == null) {
      return Columns.of(List.of());
    }
    List<RowDescription.Field> fields = description.getFields();
    return Columns.of(
        fields.stream().map(RowDescription.Field::getName).toList(),
        fields.stream().mapToInt(RowDescription.Field::getDataType).toArray());
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
