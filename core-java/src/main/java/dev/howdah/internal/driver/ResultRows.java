package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The driver's rows, one at a time; the columns are read once. */
final class ResultRows implements Cells {
  private @Nullable Columns columns;
  private @Nullable Row row;

  /** The next row. */
  Cells at(Row next) {
    row = next;
    if (columns == null) {
      columns = header(next);
    }
    return this;
  }

  @Override
  public Columns columns() {
    return Objects.requireNonNull(columns);
  }

  @Override
  public @Nullable Object value(int index) {
    return Objects.requireNonNull(row).get(index, Object.class);
  }

  private static Columns header(Row row) {
    var metadata = row.getMetadata().getColumnMetadatas();
    List<String> names = new ArrayList<>(metadata.size());
    int[] types = new int[metadata.size()];
    for (int i = 0; i < types.length; i++) {
      names.add(metadata.get(i).getName());
      types[i] = oid(metadata.get(i));
    }
    return Columns.of(names, types);
  }

  private static int oid(ColumnMetadata column) {
    return column.getNativeTypeMetadata() instanceof Integer oid ? oid : 0;
  }
}
