package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.Identifiers;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an insert does with a row that is there already; made by {@link Clauses#onConflict} and its
 * siblings. Immutable.
 *
 * <p>The default is to {@linkplain #update update} the row with everything its record holds, and to
 * let the last of several records with the same key win.
 */
public final class OnConflict {
  /** What happens to the row that is there. */
  public enum Action {
    /** It gets the record's values. */
    UPDATE,
    /** It stays as it is, and the record is not counted. */
    IGNORE
  }

  private final List<String> columns;
  private final @Nullable String constraint;
  private final Action action;
  private final List<String> updated;
  private final boolean duplicatesFail;

  private OnConflict(
      List<String> columns,
      @Nullable String constraint,
      Action action,
      List<String> updated,
      boolean duplicatesFail) {
    this.columns = columns;
    this.constraint = constraint;
    this.action = action;
    this.updated = updated;
    this.duplicatesFail = duplicatesFail;
  }

  static OnConflict columns(List<String> columns) {
    checkNames(columns, "conflict column");
    return new OnConflict(columns, null, Action.UPDATE, List.of(), false);
  }

  static OnConflict constraint(String name) {
    Identifiers.check(name, "constraint name");
    return new OnConflict(List.of(), name, Action.UPDATE, List.of(), false);
  }

  static OnConflict ignoringAny() {
    return new OnConflict(List.of(), null, Action.IGNORE, List.of(), false);
  }

  /** Leaves the row that is there as it is; the record is dropped and not counted. */
  public OnConflict ignore() {
    return new OnConflict(columns, constraint, Action.IGNORE, List.of(), duplicatesFail);
  }

  /**
   * Updates the row that is there.
   *
   * <p>Only columns the record holds are touched: what is absent from a record keeps its value.
   *
   * @param columns the columns to update; none means all the record holds
   */
  public OnConflict update(String... columns) {
    if (this.columns.isEmpty() && constraint == null) {
      throw new WrongArguments(
          "an update needs to know what conflicts; use onConflict(\"column\").update(…)");
    }
    List<String> chosen = List.of(columns);
    checkNames(chosen, "updated column");
    return new OnConflict(this.columns, constraint, Action.UPDATE, chosen, duplicatesFail);
  }

  /** Refuses a batch in which two records have the same key, instead of letting the last win. */
  public OnConflict duplicatesFail() {
    return new OnConflict(columns, constraint, action, updated, true);
  }

  /** The columns whose values conflict; empty when a constraint is named, or anything conflicts. */
  public List<String> columns() {
    return columns;
  }

  /** The constraint whose columns conflict, or null. */
  public @Nullable String constraint() {
    return constraint;
  }

  /** What happens to the row that is there. */
  public Action action() {
    return action;
  }

  /** The columns an update touches; empty means all that the record holds. */
  public List<String> updated() {
    return updated;
  }

  /** Whether two records with one key are refused. */
  public boolean refusesDuplicates() {
    return duplicatesFail;
  }

  @Override
  public String toString() {
    String target = constraint == null ? columns.toString() : "constraint " + constraint;
    return "on conflict " + target + " " + action + (updated.isEmpty() ? "" : " " + updated);
  }

  private static void checkNames(List<String> names, String what) {
    if (new HashSet<>(names).size() != names.size()) {
      throw new WrongArguments("a " + what + " is named twice: " + String.join(", ", names));
    }
    names.forEach(name -> Identifiers.check(name, "column name"));
  }
}
