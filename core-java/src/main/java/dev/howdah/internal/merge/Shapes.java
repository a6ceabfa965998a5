package dev.howdah.internal.merge;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.type.ParameterEncoder.Parameter;
import dev.howdah.query.ParsedSql;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The shapes of one database's reads. Safe to use from any thread. */
public final class Shapes {
  /** A program has tens of texts; one that writes values into its texts has no end of them. */
  private static final int MOST = 1_024;

  /** A member with more is no look-up, and would make the others wait. */
  private static final int MOST_BYTES = 65_536;

  private final Map<Key, Shape> known = new ConcurrentHashMap<>();

  private static final class Key {
    private final String sql;
    private final int[] types;
    private final int hash;

    Key(String sql, List<Parameter> parameters) {
      this.sql = sql;
      this.types = new int[parameters.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = parameters.get(i).oid();
      }
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

  /** The shape of a read, or null when it is none that could be merged. */
  public @Nullable Shape of(ParsedSql text, Command command) {
    if (!text.isMergeable() || isLarge(command.parameters())) {
      return null;
    }
    Key key = new Key(command.sql(), command.parameters());
    Shape shape = known.get(key);
    if (shape != null) {
      return shape;
    }
    if (known.size() >= MOST) {
      known.clear(); // what is still in use is learned again
    }
    return known.computeIfAbsent(key, k -> new Shape(text));
  }

  private static boolean isLarge(List<Parameter> parameters) {
    int bytes = 0;
    for (int i = 0; i < parameters.size(); i++) {
      byte[] one = parameters.get(i).bytes();
      bytes += one == null ? 0 : one.length;
    }
    return bytes > MOST_BYTES;
  }
}
