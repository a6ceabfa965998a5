package dev.howdah.internal.driver;

import dev.howdah.internal.type.Codecs;
import dev.howdah.row.Columns;
import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.message.backend.DataRow;
import io.r2dbc.postgresql.message.backend.RowDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the driver's messages, one at a time; all values come as text. */
final class WireCells implements Cells {
  /** In bytes; a larger cell is worth an array of its own. */
  private static final int LARGEST_SCRATCH = 4_096;

  private final Columns columns;
  private final Codecs codecs;
  private final int[] types;
  private @Nullable ByteBuf[] cells = {};
  private byte[] scratch = {};

  WireCells(Columns columns, Codecs codecs) {
    this.columns = columns;
    this.codecs = codecs;
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

  /** The next row. */
  Cells at(DataRow row) {
    cells = row.getColumns();
    return this;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public @Nullable Object value(int index) {
    ByteBuf cell = cells[index];
    if (cell == null) {
      return null;
    }
    int length = cell.readableBytes();
    if (cell.hasArray()) {
      return codecs.decode(
          types[index], cell.array(), cell.arrayOffset() + cell.readerIndex(), length);
    }
    byte[] bytes = room(length);
    cell.getBytes(cell.readerIndex(), bytes, 0, length);
    return codecs.decode(types[index], bytes, 0, length);
  }

  /** For one cell, whose value keeps nothing of it. */
  private byte[] room(int length) {
    if (length > LARGEST_SCRATCH) {
      return new byte[length];
    }
    if (length > scratch.length) {
      scratch = new byte[Math.max(length, Math.min(LARGEST_SCRATCH, 2 * scratch.length))];
    }
    return scratch;
  }
}
