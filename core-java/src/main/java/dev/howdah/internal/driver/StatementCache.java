package dev.howdah.internal.driver;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.row.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that one connection has prepared under names of ours: a bounded number, those used
 * last. Only for the connection's event loop.
 */
final class StatementCache {
  private final int limit;
  private final Map<Key, Prepared> kept = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);
  private final List<String> unwanted = new ArrayList<>();
  private long lastNumber;

  /**
   * A statement that the server knows.
   *
   * @param name empty for the one that lasts until the next
   * @param columns of its answer; none when it answers no rows
   */
  record Prepared(String name, Columns columns) {}

  /**
   * @param limit 0 to prepare each statement anew, as a pooler in between needs it
   */
  StatementCache(int limit) {
    this.limit = limit;
  }

  private static final class Key {
    private final String sql;
    private final int[] types;
    private final int hash;

    Key(Command command) {
      this.sql = command.sql();
      this.types = types(command);
      this.hash = 31 * sql.hashCode() + Arrays.hashCode(types);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && sql.equals(that.sql) && Arrays.equals(types, that.types);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  /** The types a command's arguments are announced with. */
  static int[] types(Command command) {
    List<Parameter> parameters = command.parameters();
    int[] types = new int[parameters.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = parameters.get(i).oid();
    }
    return types;
  }

  /** The statement of a command, or null when it has to be prepared. */
  @Nullable Prepared find(Command command) {
    return limit == 0 ? null : kept.get(new Key(command));
  }

  /** The name to prepare a statement under; makes room for it. */
  String nextName() {
    if (limit == 0) {
      return "";
    }
    if (kept.size() >= limit) {
      Iterator<Prepared> eldest = kept.values().iterator();
      unwanted.add(eldest.next().name());
      eldest.remove();
    }
    return "howdah_" + ++lastNumber;
  }

  /** The server has prepared it. */
  void add(Command command, Prepared statement) {
    if (limit > 0) {
      kept.put(new Key(command), statement);
    }
  }

  /** Its plan does not hold any more, or the server has lost it. */
  void forget(Command command) {
    Prepared stale = kept.remove(new Key(command));
    if (stale != null) {
      unwanted.add(stale.name());
    }
  }

  /** Names to be closed on the server with the next message; each is told once. */
  List<String> takeUnwanted() {
    if (unwanted.isEmpty()) {
      return List.of();
    }
    List<String> names = List.copyOf(unwanted);
    unwanted.clear();
    return names;
  }
}
