package dev.howdah.row;

import dev.howdah.error.ClientException.UnknownColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a result, shared by all its rows.
 *
 * <p>Immutable, and safe to use from any thread. Two are equal when their names are, in order;
 * types are left out, since the values show them.
 */
public final class Columns {

  /** Up to here looking through the names is quicker than building an index that lives briefly. */
  private static final int SCANNED = 8;

  private static final int[] NO_TYPES = {};

  private final List<String> names;
  private final int[] typeOids;
  private final int hash;

  /** Built when first needed; two threads may both build it, to the same content. */
  private volatile @Nullable Map<String, Integer> index;

  private Columns(List<String> names, int[] typeOids) {
    this.names = names;
    this.typeOids = typeOids;
    this.hash = names.hashCode();
  }

  /** Columns of unknown types, in order; a name may occur more than once. */
  public static Columns of(List<String> names) {
    return new Columns(List.copyOf(names), NO_TYPES);
  }

  /**
   * Columns with the OIDs of their types; both arguments are copied.
   *
   * @throws IllegalArgumentException if the counts differ
   */
  public static Columns of(List<String> names, int[] typeOids) {
    if (names.size() != typeOids.length) {
      throw new IllegalArgumentException(
          names.size() + " names, but " + typeOids.length + " types: give one type for each name");
    }
    return new Columns(List.copyOf(names), typeOids.clone());
  }

  /** The names in order, immutable; a name may occur more than once. */
  public List<String> names() {
    return names;
  }

  /** How many columns there are. */
  public int size() {
    return names.size();
  }

  /** Says whether a column has exactly this name. */
  public boolean contains(String column) {
    return find(column) >= 0;
  }

  /**
   * The index, from 0, of the first column with exactly this name.
   *
   * @throws UnknownColumn if there is none; the message lists the known names
   */
  public int indexOf(String column) {
    int found = find(column);
    if (found < 0) {
      String meant = Names.closest(column, names);
      throw new UnknownColumn(
          "no column '"
              + column
              + "'; the row has: "
              + Names.list(names)
              + (meant == null ? "" : "; did you mean '" + meant + "'?"));
    }
    return found;
  }

  /**
   * The OID of a column's type, or 0 when it is not known.
   *
   * @throws UnknownColumn if the index is outside
   */
  public int typeOid(int column) {
    checkIndex(column);
    return typeOids.length == 0 ? 0 : typeOids[column];
  }

  /** The index of the first column with exactly this name, or -1. */
  int find(String column) {
    if (names.size() <= SCANNED) {
      return names.indexOf(column);
    }
    Map<String, Integer> known = index;
    if (known == null) {
      known = new HashMap<>(names.size() * 2);
      for (int i = 0; i < names.size(); i++) {
        known.putIfAbsent(names.get(i), i);
      }
      index = known;
    }
    return known.getOrDefault(column, -1);
  }

  void checkIndex(int column) {
    if (column < 0 || column >= names.size()) {
      throw new UnknownColumn(
          names.isEmpty()
              ? "index " + column + " is outside: the row has no columns"
              : "index "
                  + column
                  + " is outside 0.."
                  + (names.size() - 1)
                  + "; the row has: "
                  + Names.list(names));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Columns that && hash == that.hash && names.equals(that.names));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Prints the names in order. */
  @Override
  public String toString() {
    return names.toString();
  }
}
