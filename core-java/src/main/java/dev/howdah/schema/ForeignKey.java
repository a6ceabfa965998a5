package dev.howdah.schema;

import org.jspecify.annotations.Nullable;

/**
 * That a column points at a row of another table.
 *
 * @param table the table pointed at
 * @param column its column, or null for its primary key
 * @param onDelete what a delete of the row pointed at does, or null for the server's default
 * @param onUpdate what a change of its key does, or null for the server's default
 */
public record ForeignKey(
    TableName table,
    @Nullable String column,
    @Nullable ReferentialAction onDelete,
    @Nullable ReferentialAction onUpdate) {

  /** Checks the column's name. */
  public ForeignKey {
    if (column != null) {
      Identifiers.check(column, "column name");
    }
  }

  /** The same key with another action on delete. */
  public ForeignKey onDelete(ReferentialAction action) {
    return new ForeignKey(table, column, action, onUpdate);
  }

  /** The same key with another action on update. */
  public ForeignKey onUpdate(ReferentialAction action) {
    return new ForeignKey(table, column, onDelete, action);
  }
}
