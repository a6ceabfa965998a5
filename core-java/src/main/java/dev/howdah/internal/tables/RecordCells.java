package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.engine.RowChunks;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of any kind as cells for the columns of one COPY, in their order. What has to be looked
 * up by name is looked up once for each class and each header, not for each record. One copy, one
 * thread at a time.
 */
final class RecordCells implements RowChunks.Cells {
  private final TableDefinition table;
  private final boolean chosen;
  private final List<TableColumn> columns;
  private final @Nullable Object[] cells;

  private @Nullable ObjectShape shape;
  private @Nullable Columns header;
  private int[] places = {};

  /**
   * Cells for the chosen columns; of none, for those the first record gives and all that have no
   * default.
   *
   * @throws UnknownColumn if there is no such column
   * @throws WrongArguments if the first is no record, or gives no column that can be given
   */
  RecordCells(TableDefinition table, List<String> chosen, @Nullable Object first) {
    this.table = table;
    this.chosen = !chosen.isEmpty();
    this.columns = this.chosen ? named(chosen) : ofFirst(first);
    if (columns.isEmpty()) {
      throw new WrongArguments("table '" + table.name() + "' has no column that could be given");
    }
    this.cells = new @Nullable Object[columns.size()];
  }

  List<TableColumn> columns() {
    return columns;
  }

  private List<TableColumn> named(List<String> names) {
    List<TableColumn> named = new ArrayList<>();
    for (String name : names) {
      TableColumn column = table.column(name);
      if (column.generated()) {
        throw computed(column);
      }
      named.add(column);
    }
    return named;
  }

  private List<TableColumn> ofFirst(@Nullable Object first) {
    try {
      return given(first);
    } catch (UnknownColumn unknown) {
      throw RowChunks.named(0, unknown);
    } catch (WrongArguments wrong) {
      throw RowChunks.named(0, wrong);
    }
  }

  private List<TableColumn> given(@Nullable Object first) {
    BitSet given = new BitSet();
    boolean all = first instanceof Object[] || first instanceof List<?>;
    if (first == null) {
      throw nothing();
    } else if (first instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> given.set(table.position(name(key))));
    } else if (first instanceof Row row) {
      row.columns().names().forEach(name -> given.set(table.position(name)));
    } else if (!all) {
      ObjectShape.given(table, first, given);
    }
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      TableColumn column = table.columns().get(i);
      if (!column.generated() && (all || given.get(i) || !column.hasDefault())) {
        columns.add(column);
      }
    }
    return columns;
  }

  @Override
  public @Nullable Object[] of(@Nullable Object record) {
    if (record instanceof Object[] values) {
      checkCount(values.length);
      return values;
    }
    if (record instanceof List<?> values) {
      checkCount(values.size());
      return values.toArray(cells);
    }
    if (record instanceof Map<?, ?> map) {
      return ofMap(map);
    }
    if (record instanceof Row row) {
      return ofRow(row);
    }
    if (record == null) {
      throw nothing();
    }
    return ofObject(record);
  }

  private void checkCount(int count) {
    if (count != columns.size()) {
      throw new WrongArguments(
          "it has " + count + " values, the columns are " + columns.size() + ": " + names());
    }
  }

  private List<String> names() {
    return columns.stream().map(TableColumn::name).toList();
  }

  private @Nullable Object[] ofMap(Map<?, ?> map) {
    int found = 0;
    for (int i = 0; i < cells.length; i++) {
      TableColumn column = columns.get(i);
      Object value = map.get(column.name());
      if (value != null || map.containsKey(column.name())) {
        found++;
      } else {
        checkAbsence(column);
      }
      cells[i] = value;
    }
    if (found < map.size() && !chosen) {
      throw surplus(map);
    }
    return cells;
  }

  private @Nullable Object[] ofRow(Row row) {
    if (!row.columns().equals(header)) {
      places = places(row.columns());
      header = row.columns();
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i] = places[i] < 0 ? null : row.get(places[i]);
    }
    return cells;
  }

  /** Where in a row each column is, -1 where it is not. */
  private int[] places(Columns given) {
    int[] found = new int[columns.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = given.names().indexOf(columns.get(i).name());
      if (found[i] < 0) {
        checkAbsence(columns.get(i));
      } else if (given.names().lastIndexOf(columns.get(i).name()) > found[i]) {
        throw new WrongArguments("the row has two columns '" + columns.get(i).name() + "'");
      }
    }
    for (String name : given.names()) {
      if (!chosen && !table.column(name).generated()) {
        checkGiven(name);
      }
    }
    return found;
  }

  private @Nullable Object[] ofObject(Object record) {
    ObjectShape now = shape;
    if (now == null || !now.fits(record)) {
      now = new ObjectShape(table, columns, chosen, record.getClass());
      now.absent().forEach(this::checkAbsence);
      shape = now;
    }
    return now.read(record, cells);
  }

  /**
   * A column that a record does not give has its default, which COPY knows for all records only.
   */
  private void checkAbsence(TableColumn column) {
    if (chosen) {
      throw new WrongArguments("it gives nothing for column '" + column.name() + "'");
    }
    if (column.hasDefault()) {
      throw new WrongArguments(
          "it gives nothing for column '"
              + column.name()
              + "', which has a default: COPY can leave that to all records or to none; give a"
              + " value, or name the columns with columns(…)");
    }
  }

  private WrongArguments surplus(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      checkGiven(name(key));
    }
    throw new AssertionError("a key that is given twice");
  }

  private void checkGiven(String name) {
    TableColumn column = table.column(name);
    if (column.generated()) {
      throw computed(column);
    }
    if (!columns.contains(column)) {
      throw ObjectShape.leftOut(column);
    }
  }

  private static String name(@Nullable Object key) {
    if (key instanceof String name) {
      return name;
    }
    throw new WrongArguments(
        "the keys of a record are column names, one is "
            + (key == null ? "null" : "a " + key.getClass().getName()));
  }

  private WrongArguments computed(TableColumn column) {
    return new WrongArguments(
        "column '"
            + column.name()
            + "' of table '"
            + table.name()
            + "' is computed by the server (GENERATED ALWAYS); leave it out");
  }

  private static WrongArguments nothing() {
    return new WrongArguments(
        "null is no record; give a list of values, a Map of column names to values, or an object");
  }
}
