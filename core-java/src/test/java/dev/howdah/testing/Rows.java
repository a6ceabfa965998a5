package dev.howdah.testing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Result sets as plain lists. */
final class Rows {
  private Rows() {}

  /** All rows, each a list of JDBC's values in column order. */
  static List<List<@Nullable Object>> read(ResultSet results) throws SQLException {
    int columns = results.getMetaData().getColumnCount();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (results.next()) {
      List<@Nullable Object> row = new ArrayList<>(columns);
      for (int column = 1; column <= columns; column++) {
        row.add(results.getObject(column));
      }
      rows.add(Collections.unmodifiableList(row));
    }
    return rows;
  }
}
