package dev.howdah.row;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects from the columns of rows, part by part.
 *
 * <p>How parts and columns meet is worked out once for each list of column names and remembered;
 * mapping a row is then one conversion per part and one call of a constructor.
 */
abstract sealed class PartsMapper<T> implements RowMapper<T> permits ClassMapper, VariantMapper {

  /** Enough for the queries that name one class; more only means working it out again. */
  private static final int REMEMBERED = 16;

  private final Strictness strictness;

  /** The wiring used last, found by identity: all rows of one answer share their columns. */
  private volatile @Nullable Known<T> last;

  /** By names, since every answer brings columns of its own; replaced as a whole, never changed. */
  private volatile Map<Columns, Wiring<T>> known = Map.of();

  private record Known<T>(Columns columns, Wiring<T> wiring) {}

  PartsMapper(Strictness strictness) {
    this.strictness = strictness;
  }

  /** The class that is made. */
  abstract Class<T> type();

  /** The class as messages name it: {@code record User}. */
  abstract String title();

  /** What messages call a part. */
  abstract String partNoun();

  /** What rows become, for a message that compares it with the columns. */
  abstract String contents();

  /** Whether an object of this class is made from nothing. */
  abstract boolean isEmpty();

  /** The same mapper with another strictness; the same object each time. */
  abstract PartsMapper<T> with(Strictness strictness);

  @Override
  @SuppressWarnings("ReferenceEquality") // equal columns are looked up once, not for every row
  public T map(Row row) {
    Columns columns = row.columns();
    if (row.size() == 1) {
      Object only = row.raw(0);
      // A codec has made it already.
      if (type().isInstance(only) && Structures.isMadeOfParts(type())) {
        return Objects.requireNonNull(type().cast(only));
      }
    }
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
      wiring = Matching.wire(this, columns, strictness);
      Map<Columns, Wiring<T>> after =
          before.size() < REMEMBERED ? new HashMap<>(before) : new HashMap<>();
      after.put(columns, wiring);
      known = Map.copyOf(after);
    }
    return wiring;
  }
}
