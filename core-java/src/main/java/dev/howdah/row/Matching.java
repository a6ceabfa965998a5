package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Blueprint.Part;
import dev.howdah.row.Wiring.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns for the parts of a blueprint.
 *
 * <p>A part {@code userId} takes the column of its {@link ColumnName}; without one {@code userId},
 * then {@code user_id}, then the only column that is the same ignoring case and underscores. A part
 * {@code address} that is itself made of parts takes {@code address.city}, then {@code
 * address_city}, and so on inwards; where these do not suffice, a column {@code address} will do if
 * its value is of that class already.
 */
final class Matching {

  private final Blueprint<?> root;
  private final Columns columns;
  private final List<String> plainNames;

  private Matching(Blueprint<?> root, Columns columns) {
    this.root = root;
    this.columns = columns;
    this.plainNames = columns.names().stream().map(Names::plain).toList();
  }

  /**
   * Ties a blueprint to columns.
   *
   * @param strict whether a column that matches no part is an error
   * @throws MappingFailure if a part finds no column, and in the strict case the other way round
   */
  static <T> Wiring<T> wire(Blueprint<T> blueprint, Columns columns, boolean strict) {
    List<String> missing = new ArrayList<>();
    Matching matching = new Matching(blueprint, columns);
    Wiring<T> wiring = matching.wire(blueprint, Prefix.NONE, missing);
    if (!missing.isEmpty()) {
      throw new MappingFailure(
          blueprint.title()
              + " has no value for "
              + quoted(blueprint.partNoun(), "components", missing)
              + ": the row has "
              + Names.list(columns.names()));
    }
    if (wiring.columns().length == 0 && !blueprint.parts().isEmpty()) {
      throw new MappingFailure(
          blueprint.title()
              + " takes none of the row's columns: it has "
              + blueprint.parts().stream().map(Part::name).collect(Collectors.joining(", "))
              + ", the row has "
              + Names.list(columns.names()));
    }
    if (strict) {
      matching.refuseLeftOver(wiring);
    }
    return wiring;
  }

  /** Puts into {@code missing} what was not found; the wiring is of use only if that is nothing. */
  private <T> Wiring<T> wire(Blueprint<T> blueprint, Prefix prefix, List<String> missing) {
    List<Source> sources = new ArrayList<>(blueprint.parts().size());
    for (Part part : blueprint.parts()) {
      List<String> missingInside = new ArrayList<>();
      Source source = nested(part, prefix, missingInside);
      if (source == null) {
        source = column(part, prefix);
      }
      if (source == null && !part.optional()) {
        missing.addAll(
            missingInside.isEmpty() ? List.of(prefix.path + part.name()) : missingInside);
      }
      sources.add(source == null ? new Wiring.Absent() : source);
    }
    return new Wiring<>(blueprint, sources.toArray(Source[]::new));
  }

  private @Nullable Source column(Part part, Prefix prefix) {
    int column = find(part, prefix);
    return column < 0
        ? null
        : new Wiring.OneColumn(
            column, Conversions.to(part.type()), part.nullable(), place(part, prefix));
  }

  /** Puts into {@code missing} what an object that is there in part lacks. */
  private @Nullable Source nested(Part part, Prefix prefix, List<String> missing) {
    Class<?> type = TypeNames.raw(part.type());
    boolean wrapped = type == Optional.class;
    Class<?> content = wrapped ? TypeNames.raw(TypeNames.argument(part.type(), 0)) : type;
    Prefix inside = prefix.inside(part);
    if (RowMappers.isSingleValue(content) || !startsAny(inside)) {
      return null;
    }
    Blueprint<?> blueprint = RowMappers.blueprint(content);
    if (blueprint == null) {
      return null;
    }
    Wiring<?> inner = wire(blueprint, inside, missing);
    if (inner.columns().length == 0) {
      missing.clear();
    }
    return missing.isEmpty() && inner.columns().length > 0
        ? new Wiring.Nested(inner, wrapped, part.nullable(), place(part, prefix))
        : null;
  }

  private boolean startsAny(Prefix inside) {
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.names().get(i);
      if (inside.exact.stream().anyMatch(name::startsWith)
          || (inside.plain != null && plainNames.get(i).startsWith(inside.plain))) {
        return true;
      }
    }
    return false;
  }

  private int find(Part part, Prefix prefix) {
    for (String before : prefix.exact) {
      for (String name : names(part)) {
        int found = columns.find(before + name);
        if (found >= 0) {
          return found;
        }
      }
    }
    return part.column() != null || prefix.plain == null
        ? -1
        : findPlain(part, prefix, prefix.plain + Names.plain(part.name()));
  }

  private int findPlain(Part part, Prefix prefix, String wanted) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (!plainNames.get(i).equals(wanted)) {
        continue;
      }
      String name = columns.names().get(i);
      if (found >= 0 && !columns.names().get(found).equals(name)) {
        throw new MappingFailure(
            place(part, prefix)
                + " may mean column '"
                + columns.names().get(found)
                + "' or '"
                + name
                + "': say which by @ColumnName");
      }
      found = found < 0 ? i : found;
    }
    return found;
  }

  private void refuseLeftOver(Wiring<?> wiring) {
    Set<String> taken = new HashSet<>();
    for (int column : wiring.columns()) {
      taken.add(columns.names().get(column));
    }
    List<String> left = columns.names().stream().filter(name -> !taken.contains(name)).toList();
    if (!left.isEmpty()) {
      throw new MappingFailure(
          root.title()
              + " has no "
              + root.partNoun()
              + " for "
              + quoted("column", "columns", left)
              + ", and strict mapping takes them all");
    }
  }

  private String place(Part part, Prefix prefix) {
    return root.partNoun() + " '" + prefix.path + part.name() + "' of " + root.title();
  }

  private static List<String> names(Part part) {
    String column = part.column();
    return column != null ? List.of(column) : List.of(part.name(), Names.snakeCase(part.name()));
  }

  private static String quoted(String one, String many, List<String> names) {
    return (names.size() == 1 ? one : many) + " '" + String.join("', '", names) + "'";
  }

  /**
   * What the names of columns start with at one depth.
   *
   * @param exact the spellings, in the order they are tried
   * @param plain the start ignoring case and underscores; null once a {@link ColumnName} was given,
   *     which is exact
   * @param path the parts on the way, for messages
   */
  private record Prefix(List<String> exact, @Nullable String plain, String path) {
    static final Prefix NONE = new Prefix(List.of(""), "", "");

    Prefix inside(Part part) {
      List<String> spellings = new ArrayList<>();
      for (String separator : List.of(".", "_")) {
        for (String before : exact) {
          for (String name : names(part)) {
            spellings.add(before + name + separator);
          }
        }
      }
      return new Prefix(
          spellings.stream().distinct().toList(),
          plain == null || part.column() != null ? null : plain + Names.plain(part.name()),
          path + part.name() + ".");
    }
  }
}
