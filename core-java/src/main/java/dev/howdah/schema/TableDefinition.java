package dev.howdah.schema;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A live table as the server's catalog describes it at one moment. Immutable.
 *
 * <p>Two definitions are equal when everything in them is: that is how a change made by others is
 * recognised.
 */
public final class TableDefinition {
  private final TableName name;
  private final Kind kind;
  private final List<TableColumn> columns;
  private final List<UniqueKey> uniqueKeys;
  private final Map<String, Integer> positions;

  /** What a relation is. */
  public enum Kind {
    /** An ordinary table. */
    TABLE,
    /** A partitioned table. */
    PARTITIONED,
    /** A view, whose keys are those of the tables behind it and not known here. */
    VIEW,
    /** A materialized view. */
    MATERIALIZED_VIEW,
    /** A table that lives on another server. */
    FOREIGN;

    /** Whether the list of unique keys is all there is to know. */
    boolean keysAreKnown() {
      return this == TABLE || this == PARTITIONED || this == MATERIALIZED_VIEW;
    }
  }

  /**
   * A definition; made by the reader of the catalog and by tests.
   *
   * @param name the name the user gave; statements are written with it
   * @param kind what the relation is
   * @param columns its columns in order
   * @param uniqueKeys the keys that can be a conflict target, the primary key first
   */
  public TableDefinition(
      TableName name, Kind kind, List<TableColumn> columns, List<UniqueKey> uniqueKeys) {
    this.name = name;
    this.kind = kind;
    this.columns = List.copyOf(columns);
    this.uniqueKeys = List.copyOf(uniqueKeys);
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      byName.put(columns.get(i).name(), i);
    }
    this.positions = Map.copyOf(byName);
  }

  /** The name the user gave. */
  public TableName name() {
    return name;
  }

  /** What the relation is. */
  public Kind kind() {
    return kind;
  }

  /** The columns in order. */
  public List<TableColumn> columns() {
    return columns;
  }

  /** The columns' names in order. */
  public List<String> columnNames() {
    return columns.stream().map(TableColumn::name).toList();
  }

  /** The unique keys, the primary key first. */
  public List<UniqueKey> uniqueKeys() {
    return uniqueKeys;
  }

  /** The primary key, or null when there is none. */
  public @Nullable UniqueKey primaryKey() {
    return uniqueKeys.stream().filter(UniqueKey::primary).findFirst().orElse(null);
  }

  /** Whether there is a column of exactly this name. */
  public boolean has(String column) {
    return positions.containsKey(column);
  }

  /**
   * A column by its name; case matters.
   *
   * @throws UnknownColumn if there is none; the message lists those there are
   */
  public TableColumn column(String column) {
    return columns.get(position(column));
  }

  /**
   * The place of a column in {@link #columns()}.
   *
   * @throws UnknownColumn if there is none of that name; the message lists those there are
   */
  public int position(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new UnknownColumn(
          "no column '"
              + column
              + "' in table '"
              + name
              + "'; it has: "
              + String.join(", ", columnNames()),
          true);
    }
    return position;
  }

  /** The key made of exactly these columns, in whatever order, or null when they are not unique. */
  public @Nullable UniqueKey uniqueKey(Set<String> names) {
    return uniqueKeys.stream().filter(key -> key.covers(names)).findFirst().orElse(null);
  }

  /**
   * The unique key that is a constraint of this name.
   *
   * @throws WrongArguments if there is none; the message lists those there are
   */
  public UniqueKey constraint(String constraint) {
    List<UniqueKey> known = uniqueKeys.stream().filter(UniqueKey::constraint).toList();
    return known.stream()
        .filter(key -> key.name().equals(constraint))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongArguments(
                    "table '"
                        + name
                        + "' has no unique constraint '"
                        + constraint
                        + "'; it has: "
                        + (known.isEmpty() ? "none" : UniqueKey.list(known))));
  }

  /**
   * Whether columns that are not among {@link #uniqueKeys()} are surely not unique; for views and
   * foreign tables only the server knows.
   */
  public boolean keysAreKnown() {
    return kind.keysAreKnown();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableDefinition that
        && name.equals(that.name)
        && kind == that.kind
        && columns.equals(that.columns)
        && uniqueKeys.equals(that.uniqueKeys);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + columns.hashCode();
  }

  /** For messages and debugging: the name and the columns. */
  @Override
  public String toString() {
    return name + columnNames().toString();
  }
}
