package dev.howdah.internal.tables;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.TableQueries;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a batch that have the same conflict key, since one statement may touch a row
 * only once.
 *
 * <p>Each row gets a slot: its number among the different keys, in the order of their first
 * records. Rows of one slot are one row of the table. Immutable once made.
 */
final class Duplicates {
  private final TableDefinition table;
  private final ConflictTarget target;
  private final List<@Nullable Object[]> rows;
  private final int[] slots;
  private final int count;
  private final boolean certain;

  private Duplicates(
      TableDefinition table,
      ConflictTarget target,
      List<@Nullable Object[]> rows,
      int[] slots,
      int count,
      boolean certain) {
    this.table = table;
    this.target = target;
    this.rows = rows;
    this.slots = slots;
    this.count = count;
    this.certain = certain;
  }

  /**
   * Looks through a batch.
   *
   * @throws WrongArguments if there are duplicates and the caller asked for that to be refused
   */
  static Duplicates of(
      TableDefinition table, ConflictTarget target, List<@Nullable Object[]> rows) {
    List<TableColumn> columns = target.keyColumns().stream().map(table::column).toList();
    int[] positions = target.keyColumns().stream().mapToInt(table::position).toArray();
    KeyValues keys = new KeyValues(columns, positions);
    Map<Object, Integer> seen = new HashMap<>(2 * rows.size());
    int[] slots = new int[rows.size()];
    int count = 0;
    for (int i = 0; i < slots.length; i++) {
      Object key = positions.length == 0 ? null : keys.of(rows.get(i));
      Integer slot = key == null ? null : seen.putIfAbsent(key, count);
      if (slot != null && target.conflict().refusesDuplicates()) {
        throw sameKey("records " + (indexOf(slots, slot) + 1) + " and " + (i + 1), target);
      }
      slots[i] = slot == null ? count++ : slot;
    }
    return new Duplicates(table, target, rows, slots, count, keys.certain());
  }

  /** How many slots there are. */
  int count() {
    return count;
  }

  /** The slot of each row. */
  int[] slots() {
    return slots;
  }

  /** Whether all duplicates were surely found; else the server may find more. */
  boolean certain() {
    return certain;
  }

  /**
   * One row for each slot, with the outcome of one upsert after the other: what the first record
   * inserts, and over it what the upsert of each later one would update, nothing else.
   *
   * <p>Not to be used unless {@link #certain()}: a record in between that only the server knows to
   * have the same key would come too late.
   */
  List<@Nullable Object[]> merged() {
    if (count == rows.size()) {
      return rows;
    }
    List<@Nullable Object[]> merged = new ArrayList<>(count);
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == merged.size()) {
        merged.add(rows.get(i));
      } else {
        merged.set(slots[i], over(merged.get(slots[i]), rows.get(i)));
      }
    }
    return merged;
  }

  static WrongArguments sameKey(String who, ConflictTarget target) {
    return new WrongArguments(
        who
            + " of the batch have the same conflict key ("
            + String.join(", ", target.keyColumns())
            + ") and duplicatesFail() was asked for; nothing was changed");
  }

  private @Nullable Object[] over(@Nullable Object[] row, @Nullable Object[] later) {
    @Nullable Object[] result = row.clone();
    for (int i = 0; i < later.length; i++) {
      if (later[i] != TableQueries.DEFAULT && target.touches(table.columns().get(i).name())) {
        result[i] = later[i];
      }
    }
    return result;
  }

  private static int indexOf(int[] slots, int slot) {
    int index = 0;
    while (slots[index] != slot) {
      index++;
    }
    return index;
  }
}
