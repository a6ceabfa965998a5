package dev.howdah.query;

import dev.howdah.schema.Identifiers;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only place where SQL for tables by name is put together: fixed words, quoted names and {@code
 * $n}. A value never becomes text. One writer, one statement, one thread.
 */
final class SqlWriter {
  private final TableDefinition table;
  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> arguments = new ArrayList<>();

  SqlWriter(TableDefinition table) {
    this.table = table;
  }

  TableDefinition table() {
    return table;
  }

  /** Words of SQL that stand in our source. */
  SqlWriter words(String constant) {
    sql.append(constant);
    return this;
  }

  /** The table's name. */
  SqlWriter tableName() {
    sql.append(table.name().sql());
    return this;
  }

  /** Any name, quoted. */
  SqlWriter name(String name) {
    sql.append(Identifiers.quote(name));
    return this;
  }

  /** Columns of the table, quoted, with commas between; refuses an unknown one. */
  SqlWriter columns(Collection<String> names) {
    String separator = "";
    for (String name : names) {
      sql.append(separator);
      name(table.column(name).name());
      separator = ", ";
    }
    return this;
  }

  /** The type's text as the catalog has it, for a cast. */
  SqlWriter type(String name) {
    sql.append(name);
    return this;
  }

  /** A value to compare or compute with, bound as the column's type; a fragment in brackets. */
  SqlWriter value(TableColumn column, @Nullable Object value) {
    return value(column, column.valueType().oid(), value);
  }

  /** A value that has to do with a column, bound as the given type; a fragment in brackets. */
  SqlWriter value(TableColumn column, int oid, @Nullable Object value) {
    if (value instanceof SqlFragment fragment) {
      return words("(").fragment(fragment).words(")");
    }
    return argument(new Typed(oid, value, what(column)));
  }

  /** A value to be stored, bound as the column's type; a fragment as it is, even DEFAULT. */
  SqlWriter stored(TableColumn column, @Nullable Object value) {
    return value instanceof SqlFragment fragment ? fragment(fragment) : value(column, value);
  }

  /** Values of a column, bound as one array. */
  SqlWriter array(TableColumn column, int arrayOid, List<@Nullable Object> values) {
    return argument(new Typed(arrayOid, values, what(column)));
  }

  /** A value bound as it stands. */
  SqlWriter argument(@Nullable Object value) {
    arguments.add(value);
    sql.append('$').append(arguments.size());
    return this;
  }

  /** A user's fragment, its parameters counting on from ours. */
  SqlWriter fragment(SqlFragment fragment) {
    sql.append(fragment.shifted(arguments.size()));
    arguments.addAll(fragment.arguments());
    if (fragment.text().contains("--")) {
      sql.append('\n'); // what follows must not become part of a comment
    }
    return this;
  }

  private String what(TableColumn column) {
    return "column '" + column.name() + "' of table '" + table.name() + "'";
  }

  String sql() {
    return sql.toString();
  }

  @Nullable Object[] arguments() {
    return arguments.toArray();
  }
}
