package dev.howdah.internal.tables;

import dev.howdah.query.SqlFragment;
import dev.howdah.query.TableQueries;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts rows into statements: bounded in rows, parameters and size, all of one shape where that is
 * needed. One batch, one thread.
 *
 * <p>Rows that give the same columns travel as one array for each column. Rows that do not, and
 * rows with arrays, composites or SQL in them, travel as lists of values with DEFAULT in the gaps.
 */
final class Batches {
  /** Rows in one statement of arrays: enough to make its cost per row vanish. */
  static final int ARRAY_ROWS = 10_000;

  /** Rows and parameters in one list of values: below the protocol's 65,535, and quickly parsed. */
  static final int VALUE_ROWS = 1_000;

  static final int VALUE_PARAMETERS = 30_000;

  /** Characters and bytes in one statement, roughly: far below the server's limit of 1 GB. */
  static final long WEIGHT = 16L << 20;

  /** Shorter runs of one shape between others are not worth a statement of their own. */
  static final int WORTH_A_STATEMENT = 50;

  private final TableDefinition table;
  private final List<@Nullable Object[]> rows;
  private final List<BitSet> shapes;
  private final int @Nullable [] slots;
  private final List<Batch> done = new ArrayList<>();

  private final List<Integer> open = new ArrayList<>();
  private final Set<Integer> openSlots = new HashSet<>();
  private BitSet given = new BitSet();
  private boolean uniform = true;
  private boolean arrays;
  private int parameters;
  private long weight;

  private Batches(TableDefinition table, List<@Nullable Object[]> rows, int @Nullable [] slots) {
    this.table = table;
    this.rows = rows;
    this.slots = slots;
    this.shapes = shapes(rows);
  }

  /** Keeps the order of the rows; a statement may hold rows that give different columns. */
  static List<Batch> inOrder(TableDefinition table, List<@Nullable Object[]> rows) {
    Batches batches = new Batches(table, rows, null);
    List<List<Integer>> runs = batches.runs();
    for (List<Integer> run : runs) {
      boolean alone = runs.size() == 1 || run.size() >= WORTH_A_STATEMENT;
      if (alone) {
        batches.flush();
      }
      run.forEach(batches::take);
      if (alone) {
        batches.flush();
      }
    }
    batches.flush();
    return batches.done;
  }

  /**
   * Keeps the order of the rows; all rows of a statement give the same columns and have different
   * slots.
   */
  static List<Batch> byRun(TableDefinition table, List<@Nullable Object[]> rows, int[] slots) {
    Batches batches = new Batches(table, rows, slots);
    for (List<Integer> run : batches.runs()) {
      run.forEach(batches::take);
      batches.flush();
    }
    return batches.done;
  }

  /** Gathers the rows that give the same columns; few statements, whatever the order. */
  static List<Batch> byShape(TableDefinition table, List<@Nullable Object[]> rows) {
    Batches batches = new Batches(table, rows, null);
    Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      groups.computeIfAbsent(batches.shapes.get(i), shape -> new ArrayList<>()).add(i);
    }
    for (List<Integer> members : groups.values()) {
      members.forEach(batches::take);
      batches.flush();
    }
    return batches.done;
  }

  /** One statement for each row, in their order. */
  static List<Batch> singly(TableDefinition table, List<@Nullable Object[]> rows, int[] slots) {
    Batches batches = new Batches(table, rows, slots);
    for (int i = 0; i < rows.size(); i++) {
      batches.take(i);
      batches.flush();
    }
    return batches.done;
  }

  private List<List<Integer>> runs() {
    List<List<Integer>> runs = new ArrayList<>();
    BitSet previous = null;
    for (int i = 0; i < rows.size(); i++) {
      BitSet shape = shapes.get(i);
      if (!shape.equals(previous)) {
        runs.add(new ArrayList<>());
        previous = shape;
      }
      runs.get(runs.size() - 1).add(i);
    }
    return runs;
  }

  private static List<BitSet> shapes(List<@Nullable Object[]> rows) {
    List<BitSet> shapes = new ArrayList<>(rows.size());
    BitSet previous = new BitSet();
    for (Object[] row : rows) {
      previous = isShape(row, previous) ? previous : shape(row); // a long run shares one
      shapes.add(previous);
    }
    return shapes;
  }

  private static boolean isShape(@Nullable Object[] row, BitSet shape) {
    boolean sql = false;
    for (int i = 0; i < row.length; i++) {
      if ((row[i] != TableQueries.DEFAULT) != shape.get(i)) {
        return false;
      }
      sql |= row[i] instanceof SqlFragment;
    }
    return sql == shape.get(row.length);
  }

  /** The columns a row gives; one more bit where SQL is in it, which no array can hold. */
  private static BitSet shape(@Nullable Object[] row) {
    BitSet shape = new BitSet(row.length + 1);
    for (int i = 0; i < row.length; i++) {
      if (row[i] != TableQueries.DEFAULT) {
        shape.set(i);
      }
      if (row[i] instanceof SqlFragment) {
        shape.set(row.length);
      }
    }
    return shape;
  }

  private void take(int index) {
    @Nullable Object[] row = rows.get(index);
    BitSet shape = shapes.get(index);
    int size = shape.cardinality();
    long rowWeight = weight(row);
    boolean again = slots != null && openSlots.contains(slot(index));
    if (again || (!open.isEmpty() && isFull(shape, size, rowWeight))) {
      flush();
    }
    if (open.isEmpty()) {
      given.or(shape);
      arrays = fitArrays();
    } else if (!shape.equals(given)) {
      uniform = false;
      given.or(shape);
    }
    open.add(index);
    if (slots != null) {
      openSlots.add(slot(index)); // else each row has its own
    }
    parameters += size;
    weight += rowWeight;
  }

  private boolean isFull(BitSet shape, int size, long rowWeight) {
    if (weight + rowWeight > WEIGHT) {
      return true;
    }
    if (arrays && uniform && shape.equals(given)) {
      return open.size() >= ARRAY_ROWS;
    }
    return open.size() >= VALUE_ROWS || parameters + size > VALUE_PARAMETERS;
  }

  private void flush() {
    if (!open.isEmpty()) {
      List<@Nullable Object[]> members = new ArrayList<>(open.size());
      open.forEach(index -> members.add(rows.get(index)));
      done.add(
          new Batch(
              givenColumns(),
              members,
              open.stream().map(this::slot).toList(),
              arrays && uniform && open.size() > 1));
    }
    open.clear();
    openSlots.clear();
    given = new BitSet();
    uniform = true;
    parameters = 0;
    weight = 0;
  }

  private boolean fitArrays() {
    return !given.isEmpty()
        && !given.get(table.columns().size())
        && givenColumns().stream().allMatch(TableQueries::goesThroughUnnest);
  }

  private int slot(int index) {
    return slots == null ? index : slots[index];
  }

  private List<TableColumn> givenColumns() {
    List<TableColumn> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      if (given.get(i)) {
        columns.add(table.columns().get(i));
      }
    }
    return columns;
  }

  private static long weight(@Nullable Object[] row) {
    long weight = 0;
    for (Object cell : row) {
      weight +=
          cell instanceof CharSequence text
              ? text.length()
              : cell instanceof byte[] bytes ? 2L * bytes.length : 16;
    }
    return weight;
  }
}
