package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table that is to be created. Immutable; nothing happens until it is run.
 *
 * @param name the table
 * @param columns its columns in order, at least one
 */
public record CreateTable(TableName name, List<Column> columns) {

  /** Refuses no columns and two columns of one name. */
  public CreateTable {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new WrongArguments("table '" + name + "' needs at least one column");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new WrongArguments(
            "table '" + name + "' has two columns named '" + column.name() + "'");
      }
    }
  }

  /** A table with these columns. */
  public static CreateTable of(TableName name, Column... columns) {
    return new CreateTable(name, Arrays.asList(columns));
  }

  /**
   * A table from column maps, see {@link Column#fromMap}.
   *
   * <p>As in SQLAlchemy, a table's only primary key column counts by itself when it is a whole
   * number without default and foreign key, unless {@code "autoincrement": false} says otherwise.
   *
   * @throws WrongArguments if a key, an option or a type is not known; the message lists those that
   *     are
   */
  public static CreateTable fromMaps(TableName name, List<? extends Map<String, ?>> columns) {
    return new CreateTable(name, ColumnMaps.columns(columns));
  }

  /** The columns' names in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The SQL: {@code CREATE TABLE}, then the indexes, then the comments. To be run as one
   * transaction. Constraints and indexes get the names PostgreSQL gives them: {@code users_pkey},
   * {@code users_email_key}, {@code users_team_id_fkey}, {@code users_age_check}, {@code
   * users_city_idx}.
   *
   * @return the statements in order, without semicolons
   */
  public List<String> statements() {
    return DdlWriter.createTable(this);
  }
}
