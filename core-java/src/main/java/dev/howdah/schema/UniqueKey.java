package dev.howdah.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns whose values together are unique in a live table, so that they can be a conflict target.
 *
 * @param name the constraint's name, or the index's where there is no constraint
 * @param columns the columns, in the order of the index
 * @param primary whether it is the primary key
 * @param constraint whether {@code name} is a constraint, not only an index
 */
public record UniqueKey(String name, List<String> columns, boolean primary, boolean constraint) {

  /** Keeps an unmodifiable copy of the columns. */
  public UniqueKey {
    columns = List.copyOf(columns);
  }

  /** Whether the key has exactly these columns, in whatever order. */
  public boolean covers(Set<String> names) {
    return columns.size() == names.size() && new LinkedHashSet<>(columns).equals(names);
  }

  /** Several keys for a message. */
  public static String list(List<UniqueKey> keys) {
    return String.join(", ", keys.stream().map(UniqueKey::toString).toList());
  }

  /** For messages: {@code users_pkey (user_id)}. */
  @Override
  public String toString() {
    return name + " (" + String.join(", ", columns) + ")";
  }
}
