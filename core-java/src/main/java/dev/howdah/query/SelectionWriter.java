package dev.howdah.query;

import dev.howdah.query.Selection.Nulls;
import dev.howdah.query.Selection.Sort;
import dev.howdah.schema.TableColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a {@link Selection} as SQL. */
final class SelectionWriter {
  private static final int INT8 = 20;

  private SelectionWriter() {}

  /** {@code "SELECT … FROM table"}. */
  static void head(SqlWriter out, Selection selection) {
    out.words(selection.isDistinct() ? "SELECT DISTINCT " : "SELECT ");
    if (selection.columnNames().isEmpty()) {
      out.words("*");
    } else {
      out.columns(selection.columnNames());
    }
    out.words(" FROM ").tableName();
  }

  /** {@code " ORDER BY … LIMIT … OFFSET …"}, as far as asked for. */
  static void tail(SqlWriter out, Selection selection) {
    String separator = " ORDER BY ";
    for (Sort sort : selection.order()) {
      out.words(separator).name(out.table().column(sort.column()).name());
      out.words(sort.descending() ? " DESC" : "");
      if (sort.nulls() != Nulls.DEFAULT) {
        out.words(sort.nulls() == Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
      }
      separator = ", ";
    }
    Long limit = selection.limit();
    if (limit != null) {
      out.words(" LIMIT ").argument(new Typed(INT8, limit, "limit"));
    }
    Long offset = selection.offset();
    if (offset != null) {
      out.words(" OFFSET ").argument(new Typed(INT8, offset, "offset"));
    }
  }

  /** The condition of {@link Selection#after}, or null when it was not called. */
  static @Nullable Runnable after(SqlWriter out, Selection selection) {
    List<@Nullable Object> last = selection.after();
    if (last == null) {
      return null;
    }
    List<TableColumn> columns =
        selection.order().stream().map(sort -> out.table().column(sort.column())).toList();
    return isOneComparison(selection.order(), columns, last)
        ? () -> rowAfter(out, selection.order().get(0).descending(), columns, last)
        : () -> stepwiseAfter(out, selection.order(), columns, last);
  }

  /** A row comparison can use an index; it needs one direction and no NULL. */
  private static boolean isOneComparison(
      List<Sort> order, List<TableColumn> columns, List<@Nullable Object> last) {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).descending() != order.get(0).descending()
          || columns.get(i).nullable()
          || last.get(i) == null) {
        return false;
      }
    }
    return true;
  }

  private static void rowAfter(
      SqlWriter out, boolean descending, List<TableColumn> columns, List<@Nullable Object> last) {
    out.words("(").columns(columns.stream().map(TableColumn::name).toList());
    out.words(descending ? ") < (" : ") > (");
    for (int i = 0; i < columns.size(); i++) {
      out.words(i == 0 ? "" : ", ").value(columns.get(i), last.get(i));
    }
    out.words(")");
  }

  /** The first columns are equal and the next one comes after, for each column in turn. */
  private static void stepwiseAfter(
      SqlWriter out, List<Sort> order, List<TableColumn> columns, List<@Nullable Object> last) {
    String separator = "(";
    for (int i = 0; i < order.size(); i++) {
      out.words(separator).words("(");
      for (int equal = 0; equal < i; equal++) {
        same(out, columns.get(equal), last.get(equal));
        out.words(" AND ");
      }
      later(out, order.get(i), columns.get(i), last.get(i));
      out.words(")");
      separator = " OR ";
    }
    out.words(")");
  }

  private static void same(SqlWriter out, TableColumn column, @Nullable Object value) {
    out.name(column.name());
    if (value == null) {
      out.words(" IS NULL");
    } else {
      out.words(" = ").value(column, value);
    }
  }

  private static void later(SqlWriter out, Sort sort, TableColumn column, @Nullable Object value) {
    if (value == null) {
      if (sort.nullsLast()) {
        out.words("FALSE");
      } else {
        out.name(column.name()).words(" IS NOT NULL");
      }
      return;
    }
    boolean nullsFollow = sort.nullsLast() && column.nullable();
    out.words(nullsFollow ? "(" : "").name(column.name());
    out.words(sort.descending() ? " < " : " > ").value(column, value);
    if (nullsFollow) {
      out.words(" OR ").name(column.name()).words(" IS NULL)");
    }
  }
}
