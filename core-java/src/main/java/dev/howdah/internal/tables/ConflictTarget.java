package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Clauses;
import dev.howdah.query.OnConflict;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.UniqueKey;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What a conflict means for a live table.
 *
 * @param conflict the conflict, with a target unless anything conflicts
 * @param keyColumns the columns of the key; empty when anything conflicts
 */
record ConflictTarget(OnConflict conflict, List<String> keyColumns) {

  /** The primary key, updating what is there: what an upsert means that names no target. */
  static ConflictTarget primaryKey(TableDefinition table) {
    UniqueKey key = table.primaryKey();
    if (key == null) {
      throw new WrongArguments(
          "table '"
              + table.name()
              + "' has no primary key, so an upsert must say what conflicts:"
              + " onConflict(\"column\")");
    }
    List<String> columns = key.columns();
    String[] more = columns.subList(1, columns.size()).toArray(String[]::new);
    return new ConflictTarget(Clauses.onConflict(columns.get(0), more), columns);
  }

  /**
   * Checks a target before anything is sent.
   *
   * @throws WrongArguments if its columns are not unique, or the constraint is not there
   */
  static ConflictTarget of(TableDefinition table, OnConflict conflict) {
    conflict.updated().forEach(table::column);
    String constraint = conflict.constraint();
    if (constraint != null) {
      return new ConflictTarget(conflict, table.constraint(constraint).columns());
    }
    List<String> columns = conflict.columns();
    columns.forEach(table::column);
    UniqueKey key = columns.isEmpty() ? null : table.uniqueKey(new LinkedHashSet<>(columns));
    if (!columns.isEmpty() && key == null && table.keysAreKnown()) {
      throw notUnique(table, columns, table.uniqueKeys());
    }
    return new ConflictTarget(conflict, columns);
  }

  boolean updates() {
    return conflict.action() == OnConflict.Action.UPDATE;
  }

  /** Whether an update of the row that is there touches this column. */
  boolean touches(String column) {
    return conflict.updated().isEmpty()
        ? !keyColumns.contains(column)
        : conflict.updated().contains(column);
  }

  private static WrongArguments notUnique(
      TableDefinition table, List<String> columns, List<UniqueKey> keys) {
    boolean one = columns.size() == 1;
    return new WrongArguments(
        (one ? "column '" : "columns '")
            + String.join("', '", columns)
            + "' of table '"
            + table.name()
            + (one ? "' is not unique" : "' are not unique together")
            + ", so rows cannot conflict on "
            + (one ? "it" : "them")
            + "; unique in this table: "
            + (keys.isEmpty() ? "nothing" : UniqueKey.list(keys))
            + ". Use one of these, or create a unique constraint");
  }
}
