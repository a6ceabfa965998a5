package dev.howdah.query;

import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Row;
import dev.howdah.row.RowSet;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what is asked of a live table into queries. Pure; safe from any thread.
 *
 * <p>Every method refuses columns the table does not have ({@link
 * dev.howdah.error.ClientException.UnknownColumn}, listing those it has) and binds each value as
 * the type of its column.
 */
public final class TableQueries {
  /** In a row that is inserted: the column's default. */
  public static final Object DEFAULT =
      new Object() {
        @Override
        public String toString() {
          return "DEFAULT";
        }
      };

  private TableQueries() {}

  /** The rows that are meant, as far as the selection wants them. */
  public static Query<List<Row>> select(
      TableDefinition table, Condition condition, Selection selection) {
    SqlWriter out = new SqlWriter(table);
    SelectionWriter.head(out, selection);
    ConditionWriter.where(out, condition, SelectionWriter.after(out, selection));
    SelectionWriter.tail(out, selection);
    return query("select", Integer.MAX_VALUE, RowSet::rows, out);
  }

  /** How many rows are meant. */
  public static Query<Long> count(TableDefinition table, Condition condition) {
    SqlWriter out = new SqlWriter(table).words("SELECT count(*) FROM ").tableName();
    ConditionWriter.where(out, condition, null);
    return query("count", 1, answer -> only(answer, Long.class), out);
  }

  /** Whether at least one row is meant. */
  public static Query<Boolean> exists(TableDefinition table, Condition condition) {
    SqlWriter out = new SqlWriter(table).words("SELECT EXISTS (SELECT 1 FROM ").tableName();
    ConditionWriter.where(out, condition, null);
    return query("exists", 1, answer -> only(answer, Boolean.class), out.words(")"));
  }

  /**
   * Changes the rows that are meant.
   *
   * @param onUpdate columns that change with every update unless they are assigned
   * @param returning the columns of the changed rows to return; of none, all; null for no rows
   */
  public static Query<RowSet> update(
      TableDefinition table,
      Condition condition,
      Assignments assignments,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning) {
    if (assignments.values().isEmpty()) {
      throw new WrongArguments("update of table '" + table.name() + "' sets no column");
    }
    SqlWriter out = new SqlWriter(table).words("UPDATE ").tableName().words(" SET ");
    AssignmentWriter.assignments(out, assignments, onUpdate);
    ConditionWriter.where(out, condition, null);
    return changing("update", returning, out);
  }

  /**
   * Deletes the rows that are meant.
   *
   * @param returning the columns of the deleted rows to return; of none, all; null for no rows
   */
  public static Query<RowSet> delete(
      TableDefinition table, Condition condition, @Nullable List<String> returning) {
    SqlWriter out = new SqlWriter(table).words("DELETE FROM ").tableName();
    ConditionWriter.where(out, condition, null);
    return changing("delete", returning, out);
  }

  /**
   * Inserts rows, one list of values after the other.
   *
   * @param columns the columns that are given; of none, rows of defaults are inserted
   * @param rows the rows, with a cell for <em>each</em> column of the table in the table's order; a
   *     cell may be {@link #DEFAULT} or an {@link SqlFragment}; with a conflict that updates, no
   *     cell of {@code columns} may be {@link #DEFAULT}, since it would overwrite what is there
   * @param conflict what to do with rows that are there already, or null to fail
   * @param onUpdate columns that change with every update unless they are given
   * @param returning the columns of the inserted or updated rows to return, in the order of the
   *     rows; of none, all; null for no rows
   */
  public static Query<RowSet> insertValues(
      TableDefinition table,
      List<TableColumn> columns,
      List<@Nullable Object[]> rows,
      @Nullable OnConflict conflict,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning) {
    SqlWriter out = new SqlWriter(table);
    InsertWriter.values(out, columns, rows);
    return inserting(out, columns, conflict, onUpdate, returning);
  }

  /**
   * Inserts rows, one array for each column: the text does not depend on their number.
   *
   * @param columns the columns that are given; at least one, all of them {@linkplain
   *     #goesThroughUnnest fit} for it
   * @param rows the rows, with a cell for <em>each</em> column of the table in the table's order;
   *     those of {@code columns} plain values or null
   * @param conflict what to do with rows that are there already, or null to fail
   * @param onUpdate columns that change with every update unless they are given
   * @param returning the columns of the inserted or updated rows to return, in the order of the
   *     rows; of none, all; null for no rows
   */
  public static Query<RowSet> insertArrays(
      TableDefinition table,
      List<TableColumn> columns,
      List<@Nullable Object[]> rows,
      @Nullable OnConflict conflict,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning) {
    SqlWriter out = new SqlWriter(table);
    InsertWriter.unnest(out, columns, rows, returning != null);
    return inserting(out, columns, conflict, onUpdate, returning);
  }

  /** Whether values of the column can travel in an array: not arrays, not rows. */
  public static boolean goesThroughUnnest(TableColumn column) {
    return column.valueType().arrayOid() != 0
        && !column.valueType().isArray()
        && column.valueType().kind() != 'c';
  }

  /**
   * Refuses a condition that would reach the whole table.
   *
   * @param verb the verb that was called: {@code delete}
   * @param wholeTable the verb that means the whole table: {@code deleteAll}
   * @throws EmptyCondition if the condition says nothing or holds for every row
   */
  public static void refuseEverything(
      TableName table, Condition condition, String verb, String wholeTable) {
    if (condition.coversEverything()) {
      throw new EmptyCondition(
          verb
              + " on table '"
              + table
              + "' has a condition that is empty or holds for every row, nothing was sent; give a"
              + " condition, or use "
              + wholeTable
              + " if the whole table is meant");
    }
  }

  private static Query<RowSet> inserting(
      SqlWriter out,
      List<TableColumn> columns,
      @Nullable OnConflict conflict,
      Map<String, DefaultValue> onUpdate,
      @Nullable List<String> returning) {
    if (conflict != null) {
      InsertWriter.conflict(out, conflict, columns, onUpdate);
    }
    return changing(conflict == null ? "insert" : "upsert", returning, out);
  }

  private static Query<RowSet> changing(
      String verb, @Nullable List<String> returning, SqlWriter out) {
    if (returning == null) {
      return query(verb, 0, Function.identity(), out);
    }
    out.words(" RETURNING ");
    if (returning.isEmpty()) {
      out.words("*");
    } else {
      out.columns(returning);
    }
    return query(verb, Integer.MAX_VALUE, Function.identity(), out);
  }

  private static <T> T only(RowSet answer, Class<T> type) {
    T value = answer.rows().get(0).get(0, type);
    if (value == null) {
      throw new AssertionError("count and exists are never null");
    }
    return value;
  }

  private static <T> Query<T> query(
      String verb, int rowLimit, Function<RowSet, T> reader, SqlWriter out) {
    return Query.reading(verb, out.sql(), rowLimit, reader, out.arguments());
  }
}
