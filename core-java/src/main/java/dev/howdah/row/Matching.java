package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Blueprint.Part;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns for the parts of a class.
 *
 * <p>A part {@code userId} takes the column of its {@link ColumnName}; without one {@code userId},
 * then {@code user_id}, then the only column that is the same ignoring case and underscores. A part
 * {@code address} that is itself made of parts takes {@code address.city}, then {@code
 * address_city}, and so on inwards; where these do not suffice, a column {@code address} will do if
 * its value is of that class already.
 */
final class Matching {

  private final PartsMapper<?> root;
  private final Columns columns;
  private final boolean lenient;
  private final List<String> plainNames;

  /** Why a part that has columns cannot be made from them; said only if it is missed. */
  private @Nullable String obstacle;

  private Matching(PartsMapper<?> root, Columns columns, boolean lenient) {
    this.root = root;
    this.columns = columns;
    this.lenient = lenient;
    this.plainNames = columns.names().stream().map(Names::plain).toList();
  }

  /**
   * Ties a class to columns.
   *
   * @throws MappingFailure if a part finds no column, and in the strict case the other way round
   */
  static <T> Wiring<T> wire(PartsMapper<T> mapper, Columns columns, Strictness strictness) {
    List<String> missing = new ArrayList<>();
    Matching matching = new Matching(mapper, columns, strictness == Strictness.LENIENT);
    Wiring<T> wiring = matching.wire(mapper, Prefix.none(mapper), missing);
    if (wiring == null || !missing.isEmpty()) {
      throw new MappingFailure(matching.lacks(mapper, missing));
    }
    if (wiring.columns().length == 0 && !mapper.isEmpty()) {
      throw new MappingFailure(
          mapper.title()
              + " takes none of the row's columns: it has "
              + mapper.contents()
              + ", the row has "
              + Names.list(columns.names()));
    }
    if (strictness == Strictness.STRICT) {
      matching.refuseLeftOver(wiring);
    }
    return wiring;
  }

  private String lacks(PartsMapper<?> mapper, List<String> missing) {
    return mapper.title()
        + " has no value for "
        + quoted(
            mapper.partNoun(),
            mapper.partNoun().equals("property") ? "properties" : "components",
            missing)
        + ": the row has "
        + Names.list(columns.names())
        + (obstacle == null ? "" : "; " + obstacle);
  }

  /**
   * Puts into {@code missing} what was not found; the wiring is of use only if that is nothing.
   *
   * @return null only if something is missing
   */
  private <T> @Nullable Wiring<T> wire(PartsMapper<T> mapper, Prefix prefix, List<String> missing) {
    return mapper instanceof ClassMapper<T> one
        ? assembly(one.blueprint(), prefix, missing)
        : choice((VariantMapper<T>) mapper, prefix, missing);
  }

  private <T> Wiring<T> assembly(Blueprint<T> blueprint, Prefix prefix, List<String> missing) {
    List<Source> sources = new ArrayList<>(blueprint.parts().size());
    for (Part part : blueprint.parts()) {
      List<String> missingInside = new ArrayList<>();
      Source source = nested(part, prefix, missingInside);
      if (source == null) {
        source = column(part, prefix);
      }
      if (source == null && lenient && !part.optional() && part.mayBeNull()) {
        source = new Source.Fixed(Conversions.to(part.type()).apply(null));
      }
      if (source == null && !part.optional()) {
        missing.addAll(
            missingInside.isEmpty() ? List.of(prefix.path + part.name()) : missingInside);
      }
      sources.add(source == null ? new Source.Fixed(Blueprint.ABSENT) : source);
    }
    return new Assembly<>(blueprint, sources);
  }

  private <T> @Nullable Wiring<T> choice(
      VariantMapper<T> variants, Prefix prefix, List<String> missing) {
    Part kind = new Part(variants.column(), String.class, null, false, true);
    int column = find(kind, prefix);
    if (column < 0) {
      missing.add(prefix.path + kind.name());
      return null;
    }
    List<Choice.Branch<? extends T>> branches = new ArrayList<>();
    for (Class<? extends T> one : variants.kinds().classes()) {
      branches.add(branch(one, prefix));
    }
    return new Choice<>(variants, column, branches);
  }

  private <T> Choice.Branch<T> branch(Class<T> type, Prefix prefix) {
    PartsMapper<T> mapper;
    try {
      mapper = RowMappers.ofParts(type);
    } catch (MappingFailure notFromParts) {
      return new Choice.Branch<>(null, notFromParts.getMessage());
    }
    List<String> missing = new ArrayList<>();
    Wiring<T> wiring = wire(mapper, prefix.of(mapper), missing);
    return missing.isEmpty()
        ? new Choice.Branch<>(wiring, "")
        : new Choice.Branch<>(null, lacks(mapper, missing));
  }

  private @Nullable Source column(Part part, Prefix prefix) {
    int column = find(part, prefix);
    return column < 0
        ? null
        : new Source.OneColumn(
            column, Conversions.to(part.type()), part.nullable(), place(part, prefix));
  }

  /** Puts into {@code missing} what an object that is there in part lacks. */
  private @Nullable Source nested(Part part, Prefix prefix, List<String> missing) {
    boolean wrapped = TypeNames.raw(part.type()) == Optional.class;
    Type content = wrapped ? TypeNames.argument(part.type(), 0) : TypeNames.bound(part.type());
    Prefix inside = prefix.inside(part);
    if (RowMappers.isSingleValue(TypeNames.raw(content)) || !startsAny(inside)) {
      return null;
    }
    PartsMapper<?> mapper;
    try {
      mapper = RowMappers.ofParts(content);
    } catch (MappingFailure notFromParts) {
      obstacle = notFromParts.getMessage();
      return null;
    }
    Wiring<?> inner = wire(mapper, inside, missing);
    if (inner == null || inner.columns().length == 0) {
      missing.clear();
      return null;
    }
    return missing.isEmpty()
        ? new Source.Nested(inner, wrapped, part.nullable(), place(part, prefix))
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
    BitSet left = new BitSet();
    left.set(0, columns.size());
    for (int column : wiring.columns()) {
      left.clear(column);
    }
    if (!left.isEmpty()) {
      List<String> names = left.stream().mapToObj(columns.names()::get).toList();
      throw new MappingFailure(
          root.title()
              + " has no "
              + root.partNoun()
              + " for "
              + quoted("column", "columns", names)
              + ", and strict mapping takes them all"
              + (Set.copyOf(columns.names()).size() < columns.size()
                  ? "; of columns with the same name only the first is taken: rename by AS"
                  : ""));
    }
  }

  private static String place(Part part, Prefix prefix) {
    PartsMapper<?> owner = prefix.owner;
    return owner.partNoun() + " '" + prefix.path + part.name() + "' of " + owner.title();
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
   * @param owner the class that has the first of them
   */
  private record Prefix(
      List<String> exact, @Nullable String plain, String path, PartsMapper<?> owner) {

    static Prefix none(PartsMapper<?> owner) {
      return new Prefix(List.of(""), "", "", owner);
    }

    /** For one of the classes of a sealed type: it has the parts, if nothing else does. */
    Prefix of(PartsMapper<?> variant) {
      return path.isEmpty() ? none(variant) : this;
    }

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
          path + part.name() + ".",
          owner);
    }
  }
}
