package dev.howdah.internal.tables;

import dev.howdah.query.OnConflict;
import dev.howdah.query.Query;
import dev.howdah.query.TableQueries;
import dev.howdah.row.RowSet;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that travel in one statement.
 *
 * @param columns the columns that are given
 * @param rows the rows, a cell for each column of the table
 * @param slots where each row stands among the results
 * @param arrays whether they travel as arrays, else as a list of values
 */
record Batch(
    List<TableColumn> columns, List<@Nullable Object[]> rows, List<Integer> slots, boolean arrays) {

  Query<RowSet> query(
      TableDefinition table,
      @Nullable OnConflict conflict,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning) {
    return arrays
        ? TableQueries.insertArrays(table, columns, rows, conflict, onUpdate, returning)
        : TableQueries.insertValues(table, columns, rows, conflict, onUpdate, returning);
  }
}
