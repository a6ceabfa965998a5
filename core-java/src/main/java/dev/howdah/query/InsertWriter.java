package dev.howdah.query;

import dev.howdah.query.OnConflict.Action;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableColumn.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes inserts: as arrays that the server unrolls, or as a list of rows. */
final class InsertWriter {
  private InsertWriter() {}

  /**
   * {@code INSERT … SELECT … FROM unnest(arrays)}: the text does not depend on the number of rows.
   *
   * <p>With ORDER BY the server inserts, and returns, in the order of the rows: the executor pulls
   * one row after the other from the sort, and an INSERT is never run in parallel.
   */
  static void unnest(
      SqlWriter out, List<TableColumn> columns, List<@Nullable Object[]> rows, boolean ordered) {
    head(out, columns);
    out.words(" SELECT ");
    for (int i = 0; i < columns.size(); i++) {
      out.words(i == 0 ? "u.c" : ", u.c").words(Integer.toString(i + 1));
    }
    out.words(" FROM unnest(");
    for (int i = 0; i < columns.size(); i++) {
      TableColumn column = columns.get(i);
      ValueType type = column.valueType();
      out.words(i == 0 ? "CAST(" : ", CAST(");
      out.array(column, type.arrayOid(), slice(rows, out.table().position(column.name())));
      out.words(" AS ").type(type.name()).words("[])");
    }
    out.words(ordered ? ") WITH ORDINALITY AS u(" : ") AS u(");
    for (int i = 0; i < columns.size(); i++) {
      out.words(i == 0 ? "c" : ", c").words(Integer.toString(i + 1));
    }
    out.words(ordered ? ", ord) ORDER BY u.ord" : ")");
  }

  /** {@code INSERT … VALUES (…), (…)}: rows may leave columns to their default. */
  static void values(SqlWriter out, List<TableColumn> columns, List<@Nullable Object[]> rows) {
    if (columns.isEmpty() && rows.size() == 1) {
      out.words("INSERT INTO ").tableName().words(" DEFAULT VALUES");
      return;
    }
    if (out.table().columns().isEmpty()) {
      out.words("INSERT INTO ").tableName().words(" SELECT FROM generate_series(1, ");
      out.argument(rows.size()).words(")");
      return;
    }
    List<TableColumn> listed = columns.isEmpty() ? List.of(out.table().columns().get(0)) : columns;
    head(out, listed);
    int[] positions = listed.stream().mapToInt(c -> out.table().position(c.name())).toArray();
    String separator = " VALUES ";
    for (Object[] row : rows) {
      out.words(separator).words("(");
      for (int i = 0; i < positions.length; i++) {
        out.words(i == 0 ? "" : ", ");
        Object cell = row[positions[i]];
        if (cell == TableQueries.DEFAULT) {
          out.words("DEFAULT");
        } else {
          out.stored(listed.get(i), cell);
        }
      }
      out.words(")");
      separator = ", ";
    }
  }

  private static void head(SqlWriter out, List<TableColumn> columns) {
    out.words("INSERT INTO ").tableName().words(" (");
    out.columns(columns.stream().map(TableColumn::name).toList()).words(")");
  }

  /** {@code " ON CONFLICT … DO …"}. */
  static void conflict(
      SqlWriter out,
      OnConflict conflict,
      List<TableColumn> columns,
      Map<String, DefaultValue> onUpdate) {
    out.words(" ON CONFLICT");
    String constraint = conflict.constraint();
    if (constraint != null) {
      out.words(" ON CONSTRAINT ").name(constraint);
    } else if (!conflict.columns().isEmpty()) {
      out.words(" (").columns(conflict.columns()).words(")");
    }
    if (conflict.action() == Action.IGNORE) {
      out.words(" DO NOTHING");
      return;
    }
    out.words(" DO UPDATE SET ");
    Set<String> updated = updated(out, conflict, columns);
    String separator = "";
    for (String column : updated) {
      out.words(separator).name(column).words(" = EXCLUDED.").name(column);
      separator = ", ";
    }
    if (updated.isEmpty()) {
      // Nothing to change: the row is touched all the same, so that it is counted and returned.
      String key = keyColumns(out, conflict).get(0);
      out.name(key).words(" = EXCLUDED.").name(key);
    } else {
      Set<String> given = new LinkedHashSet<>(updated);
      given.addAll(keyColumns(out, conflict));
      AssignmentWriter.onUpdate(out, given, onUpdate, ", ");
    }
  }

  private static Set<String> updated(
      SqlWriter out, OnConflict conflict, List<TableColumn> columns) {
    Set<String> updated = new LinkedHashSet<>();
    List<String> keys = keyColumns(out, conflict);
    for (TableColumn column : columns) {
      boolean wanted =
          conflict.updated().isEmpty()
              ? !keys.contains(column.name())
              : conflict.updated().contains(column.name());
      if (wanted) {
        updated.add(column.name());
      }
    }
    conflict.updated().forEach(out.table()::column);
    return updated;
  }

  private static List<String> keyColumns(SqlWriter out, OnConflict conflict) {
    String constraint = conflict.constraint();
    return constraint == null ? conflict.columns() : out.table().constraint(constraint).columns();
  }

  private static List<@Nullable Object> slice(List<@Nullable Object[]> rows, int position) {
    List<@Nullable Object> values = new ArrayList<>(rows.size());
    for (Object[] row : rows) {
      values.add(row[position]);
    }
    return values;
  }
}
