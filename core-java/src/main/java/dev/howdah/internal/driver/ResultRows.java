package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import io.r2dbc.spi.ColumnMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one answer, read from the driver's rows; the columns once, the values of each. */
final class ResultRows {
  private @Nullable Columns columns;

  /** The columns, known with the first row. */
  Columns columns(io.r2dbc.spi.Row row) {
    Columns known = columns;
    if (known == null) {
      known = header(row);
      columns = known;
    }
    return known;
  }

  /** A row's values from column {@code from}, counted from 0. */
  static @Nullable Object[] values(io.r2dbc.spi.Row row, int from, int size) {
    @Nullable Object[] values = new @Nullable Object[size - from];
    for (int i = from; i < size; i++) {
      values[i - from] = row.get(i, Object.class);
    }
    return values;
  }

  Row read(io.r2dbc.spi.Row row) {
    Columns header = columns(row);
    return Row.owning(header, values(row, 0, header.size()));
  }

  private static Columns header(io.r2dbc.spi.Row row) {
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
