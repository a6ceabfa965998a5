package dev.howdah.row;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects from rows by a blueprint.
 *
 * <p>How parts and columns meet is worked out once for each list of column names and remembered;
 * mapping a row is then one conversion per part and one call of the maker.
 */
final class ClassMapper<T> implements RowMapper<T> {

  /** Enough for the queries that name one class; more only means working it out again. */
  private static final int REMEMBERED = 16;

  private final Blueprint<T> blueprint;
  private final boolean strict;

  /** The wiring used last, found by identity: all rows of one answer share their columns. */
  private volatile @Nullable Known<T> last;

  /** By names, since every answer brings columns of its own; replaced as a whole, never changed. */
  private volatile Map<Columns, Wiring<T>> known = Map.of();

  private record Known<T>(Columns columns, Wiring<T> wiring) {}

  ClassMapper(Blueprint<T> blueprint, boolean strict) {
    this.blueprint = blueprint;
    this.strict = strict;
  }

  Blueprint<T> blueprint() {
    return blueprint;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // equal columns are looked up once, not for every row
  public T map(Row row) {
    Columns columns = row.columns();
    Known<T> recent = last;
    if (recent == null || recent.columns != columns) {
      recent = new Known<>(columns, wiring(columns));
      last = recent;
    }
    return recent.wiring.make(row);
  }

  private Wiring<T> wiring(Columns columns) {
    Map<Columns, Wiring<T>> before = known;
    Wiring<T> wiring = before.get(columns);
    if (wiring == null) {
      wiring = Matching.wire(blueprint, columns, strict);
      Map<Columns, Wiring<T>> after =
          before.size() < REMEMBERED ? new HashMap<>(before) : new HashMap<>();
      after.put(columns, wiring);
      known = Map.copyOf(after);
    }
    return wiring;
  }
}
