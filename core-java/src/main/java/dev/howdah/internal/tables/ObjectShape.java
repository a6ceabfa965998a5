package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which property of a class goes to which column of a COPY: found once for each class. */
final class ObjectShape {
  private final Class<?> type;
  private final PropertyReader reader;
  private final @Nullable Object[] values;

  /** For each column which property it is, -1 for none. */
  private final int[] properties;

  private final List<TableColumn> absent = new ArrayList<>();

  /** Properties that stand for a column which the first record left to its default. */
  private final Map<Integer, TableColumn> leftOut = new LinkedHashMap<>();

  /**
   * The shape of a class's objects.
   *
   * @param chosen whether what stands for no column of these may be left out
   * @throws UnknownColumn if a property stands for no column of the table
   * @throws WrongArguments if the class has no properties, or two that stand for one column
   */
  ObjectShape(TableDefinition table, List<TableColumn> columns, boolean chosen, Class<?> type) {
    this.type = type;
    this.properties = new int[columns.size()];
    Arrays.fill(properties, -1);
    List<Property> all = Properties.of(type);
    this.reader = PropertyReader.of(type);
    this.values = new @Nullable Object[all.size()];
    for (int i = 0; i < all.size(); i++) {
      TableColumn column = column(table, all.get(i), chosen);
      int place = column == null ? -1 : columns.indexOf(column);
      if (place >= 0) {
        put(all, i, place, columns);
      } else if (column != null && !chosen && !column.generated()) {
        leftOut.put(i, column);
      }
    }
    for (int i = 0; i < properties.length; i++) {
      if (properties[i] < 0) {
        absent.add(columns.get(i));
      }
    }
  }

  private static @Nullable TableColumn column(
      TableDefinition table, Property property, boolean chosen) {
    try {
      return table.column(property.column(table));
    } catch (UnknownColumn unknown) {
      if (chosen) {
        return null;
      }
      throw unknown;
    }
  }

  private void put(List<Property> all, int property, int place, List<TableColumn> columns) {
    if (properties[place] >= 0) {
      throw new WrongArguments(
          "'"
              + all.get(properties[place])
              + "' and '"
              + all.get(property)
              + "' both stand for column '"
              + columns.get(place).name()
              + "'");
    }
    properties[place] = property;
  }

  /**
   * The columns that an object gives, by their places in the table. Null in a column that is NOT
   * NULL and has a default means the default, as it does in an insert: an object cannot leave a
   * property out.
   */
  static void given(TableDefinition table, Object object, BitSet places) {
    for (Property property : Properties.of(object.getClass())) {
      TableColumn column = table.column(property.column(table));
      if (column.nullable() || !column.hasDefault() || property.read(object) != null) {
        places.set(table.position(column.name()));
      }
    }
  }

  boolean fits(Object object) {
    return object.getClass() == type;
  }

  /** The columns for which the class has nothing. */
  List<TableColumn> absent() {
    return absent;
  }

  /** Reads an object into cells. */
  @Nullable Object[] read(Object object, @Nullable Object[] cells) {
    reader.read(object, values);
    for (int i = 0; i < properties.length; i++) {
      cells[i] = properties[i] < 0 ? null : values[properties[i]];
    }
    if (!leftOut.isEmpty()) {
      leftOut.forEach(
          (property, column) -> {
            if (values[property] != null) {
              throw leftOut(column);
            }
          });
    }
    return cells;
  }

  static WrongArguments leftOut(TableColumn column) {
    return new WrongArguments(
        "it gives column '"
            + column.name()
            + "', which the first record left to its default: COPY can do that for all records or"
            + " for none; name the columns with columns(…)");
  }
}
