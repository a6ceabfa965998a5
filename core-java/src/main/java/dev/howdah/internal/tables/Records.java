package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Comparison;
import dev.howdah.query.Expression;
import dev.howdah.query.SqlFragment;
import dev.howdah.query.TableQueries;
import dev.howdah.row.Row;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of one call, read when they were given: whoever gave them may change them afterwards.
 * Immutable.
 */
final class Records {
  /**
   * What one record held.
   *
   * @param names the names of columns, or the properties of an object: all of one class share one
   *     list
   * @param values the values in their order
   * @param whole whether it holds what there was, a row or an object, and not what was chosen
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Content(List<?> names, @Nullable Object[] values, boolean whole) {}

  private final List<Content> contents;

  private Records(List<Content> contents) {
    this.contents = contents;
  }

  /**
   * Reads maps, rows, Java records and beans.
   *
   * @throws WrongArguments if they or one of them is null, or one cannot be a record, or holds what
   *     is no value
   */
  static Records of(Iterable<?> records) {
    if (records == null) {
      throw new WrongArguments("records must not be null; give a record or a list of records");
    }
    List<Content> contents = new ArrayList<>();
    for (Object item : records) {
      try {
        contents.add(content(item));
      } catch (WrongArguments wrong) {
        throw new WrongArguments(
            "record " + (contents.size() + 1) + ": " + wrong.getMessage(), wrong);
      }
    }
    return new Records(contents);
  }

  int size() {
    return contents.size();
  }

  /**
   * The records as rows of a table: one cell for each of its columns, {@link TableQueries#DEFAULT}
   * where nothing was given.
   *
   * @throws UnknownColumn if a record has a key that is no column
   * @throws WrongArguments if a map has a value for a column that the server computes
   */
  List<@Nullable Object[]> rows(TableDefinition table) {
    List<@Nullable Object[]> rows = new ArrayList<>(contents.size());
    Map<List<?>, int[]> places = new HashMap<>();
    for (Content content : contents) {
      try {
        rows.add(row(table, content, places));
      } catch (UnknownColumn unknown) {
        throw new UnknownColumn(place(rows.size()) + unknown.getMessage(), true);
      } catch (WrongArguments wrong) {
        throw new WrongArguments(place(rows.size()) + wrong.getMessage(), wrong);
      }
    }
    return rows;
  }

  private String place(int index) {
    return contents.size() == 1 ? "" : "record " + (index + 1) + ": ";
  }

  private static Content content(@Nullable Object item) {
    if (item == null) {
      throw new WrongArguments("null is no record; give a Map of column names to values");
    }
    if (item instanceof Map<?, ?> map) {
      return ofMap(map, false);
    }
    if (item instanceof Row row) {
      return ofMap(row.asMap(), true);
    }
    List<Property> properties = Properties.of(item.getClass());
    @Nullable Object[] values = new @Nullable Object[properties.size()];
    for (int i = 0; i < values.length; i++) {
      Property property = properties.get(i);
      Object value = property.read(item);
      values[i] =
          checked(
              property.name(),
              value instanceof Optional<?> optional ? optional.orElse(null) : value);
    }
    return new Content(properties, values, true);
  }

  private static Content ofMap(Map<?, ?> map, boolean whole) {
    List<Object> names = new ArrayList<>(map.size());
    List<@Nullable Object> values = new ArrayList<>(map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String column)) {
        throw new WrongArguments(
            "the keys of a record are column names, one is "
                + (entry.getKey() == null ? "null" : "a " + entry.getKey().getClass().getName()));
      }
      names.add(column);
      values.add(checked(column, entry.getValue()));
    }
    return new Content(names, values.toArray(), whole);
  }

  private static @Nullable Object checked(String column, @Nullable Object value) {
    if (value instanceof Comparison || value instanceof Expression) {
      throw new WrongArguments(
          "column '"
              + column
              + "' cannot be inserted as '"
              + value
              + "'; give a value or sql(\"…\")");
    }
    return value;
  }

  private static @Nullable Object[] row(
      TableDefinition table, Content content, Map<List<?>, int[]> places) {
    @Nullable Object[] cells = new @Nullable Object[table.columns().size()];
    Arrays.fill(cells, TableQueries.DEFAULT);
    int[] positions = places.get(content.names());
    if (positions == null) {
      positions = positions(table, content.names());
      places.put(content.names(), positions);
    }
    boolean object = !content.names().isEmpty() && content.names().get(0) instanceof Property;
    for (int i = 0; i < positions.length; i++) {
      Object value = content.values()[i];
      TableColumn column = table.columns().get(positions[i]);
      if (column.generated() && !isDefault(value)) {
        if (content.whole()) {
          continue; // it came with the row it was read from, the server computes it anew
        }
        throw new WrongArguments(
            "column '"
                + column.name()
                + "' of table '"
                + table.name()
                + "' is computed by the server (GENERATED ALWAYS); leave it out");
      }
      if (value != null || !object || takesNull(column)) {
        cells[positions[i]] = value;
      }
    }
    return cells;
  }

  /** The one thing that may be said of a generated column. */
  private static boolean isDefault(@Nullable Object value) {
    return value instanceof SqlFragment sql && sql.text().strip().equalsIgnoreCase("DEFAULT");
  }

  /**
   * Null in a column that is NOT NULL and has a default means the default: an object cannot leave a
   * component out, and NULL could not be stored. A map says what it means.
   */
  private static boolean takesNull(TableColumn column) {
    return column.nullable() || !column.hasDefault();
  }

  private static int[] positions(TableDefinition table, List<?> names) {
    int[] positions = new int[names.size()];
    @Nullable Object[] taken = new @Nullable Object[table.columns().size()];
    for (int i = 0; i < positions.length; i++) {
      Object name = names.get(i);
      String column =
          name instanceof Property property ? property.column(table) : String.valueOf(name);
      positions[i] = table.position(column);
      Object other = taken[positions[i]];
      if (other != null) {
        throw new WrongArguments(
            "'" + other + "' and '" + name + "' both stand for column '" + column + "'");
      }
      taken[positions[i]] = name;
    }
    return positions;
  }
}
