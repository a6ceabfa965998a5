package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Row;
import dev.howdah.row.RowMappers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a record, a data class or a row, as values for named parameters. */
final class NamedParts {
  /** How many parts an error lists. */
  private static final int SHOWN = 40;

  private final Object owner;
  private final Map<String, @Nullable Object> parts;

  private NamedParts(Object owner, Map<String, @Nullable Object> parts) {
    this.owner = owner;
    this.parts = parts;
  }

  /** The parts of a value, or null if it is a single one. */
  static @Nullable NamedParts of(Object value) {
    Map<String, @Nullable Object> parts =
        value instanceof Row row ? row.asMap() : RowMappers.partsOf(value);
    return parts == null ? null : new NamedParts(value, parts);
  }

  /**
   * The part for a name: the very same, else ignoring case and underscores; null if there is none.
   *
   * @throws WrongArguments if several are alike
   */
  @Nullable String find(String name) {
    if (parts.containsKey(name)) {
      return name;
    }
    String found = null;
    for (String part : parts.keySet()) {
      if (isAlike(part, name)) {
        if (found != null) {
          throw new WrongArguments(
              ":" + name + " could be " + found + " or " + part + " of " + title());
        }
        found = part;
      }
    }
    return found;
  }

  @Nullable Object value(String part) {
    return parts.get(part);
  }

  /** Compares without making texts: it is asked for each element of a batch. */
  private static boolean isAlike(String one, String other) {
    int i = 0;
    int j = 0;
    while (true) {
      i = skipped(one, i);
      j = skipped(other, j);
      if (i == one.length() || j == other.length()) {
        return i == one.length() && j == other.length();
      }
      if (Character.toLowerCase(one.charAt(i++)) != Character.toLowerCase(other.charAt(j++))) {
        return false;
      }
    }
  }

  private static int skipped(String name, int from) {
    int at = from;
    while (at < name.length() && name.charAt(at) == '_') {
      at++;
    }
    return at;
  }

  private String title() {
    return owner instanceof Row ? "the row" : owner.getClass().getSimpleName();
  }

  /** What there is, for an error; never a value. */
  @Override
  public String toString() {
    List<String> names = List.copyOf(parts.keySet());
    return title()
        + " has "
        + (names.isEmpty()
            ? "nothing"
            : String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))))
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }
}
