package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Blueprint.Part;
import dev.howdah.row.Conversion.Misfit;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Single values into a class that is made of parts: composites by the names of their attributes (by
 * their order where the names are not known) and json objects by the names of their members.
 */
final class Structures implements Conversion.Step {
  private final Type target;
  private final Class<?> raw;

  /** Made when it is first needed: a class may have parts of its own type. */
  private volatile @Nullable PartsMapper<?> mapper;

  Structures(Type target) {
    this.target = target;
    this.raw = TypeNames.raw(target);
  }

  /** Whether this is a class of users', which may have parts. */
  static boolean isMadeOfParts(Class<?> type) {
    return !MapperCache.isOfTheJdk(type) && !OwnTypes.contains(type) && type != Row.class;
  }

  @Override
  public @Nullable Object convert(Object value) {
    if (raw.isInstance(value)) {
      return Values.copy(value);
    }
    if (value instanceof Row composite) {
      // All of it or nothing: an attribute that nobody takes is an error.
      return map(parts().with(Strictness.STRICT), composite);
    }
    if (value instanceof Map<?, ?> members) {
      return ofMembers(members);
    }
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, target);
    }
    return switch (first(text)) {
      case '{', 'n' -> ofJson(text);
      case '(' -> ofFields(text);
      default ->
          throw Misfit.noWay(value, target)
              .but("it is neither a json object nor the text of a composite");
    };
  }

  private @Nullable Object ofJson(String text) {
    JsonLibrary library = JsonLibrary.wanting(raw);
    if (library != null) {
      return library.read(text, target);
    }
    Object document = Containers.json(text, target);
    if (document == null) {
      return null;
    }
    if (!(document instanceof Map<?, ?> members)) {
      throw new Misfit(TypeNames.of(target) + " is read from a json object, and this is none");
    }
    return ofMembers(members);
  }

  private @Nullable Object ofMembers(Map<?, ?> members) {
    JsonLibrary library = JsonLibrary.wanting(raw);
    if (library != null) {
      return library.convert(members, target);
    }
    Members named = new Members(members);
    PartsMapper<?> parts = parts();
    if (parts instanceof VariantMapper<?> variants) {
      String name = named.find(variants.column(), variants.column());
      int kind = name == null ? -1 : variants.kinds().indexOf(named.text(name));
      if (kind >= 0) {
        return new Structures(variants.kinds().classes().get(kind)).ofMembers(members);
      }
    }
    return parts instanceof ClassMapper<?> one
        ? make(one, named.completed(one.blueprint()))
        : map(parts, named.row());
  }

  /** A document without members is an object too: of a class that needs none. */
  private static @Nullable Object make(ClassMapper<?> mapper, Row row) {
    if (row.size() > 0) {
      return map(mapper, row);
    }
    List<Source> absent = new ArrayList<>();
    mapper.blueprint().parts().forEach(part -> absent.add(new Source.Fixed(Blueprint.ABSENT)));
    return new Assembly<>(mapper.blueprint(), absent).make(row);
  }

  private @Nullable Object ofFields(String text) {
    List<@Nullable String> fields;
    try {
      fields = CompositeText.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new Misfit("the String value is " + malformed.getMessage());
    }
    if (!(parts() instanceof ClassMapper<?> one)) {
      throw new Misfit(
          "there is no conversion from the text of a composite to " + TypeNames.of(target));
    }
    List<Part> parts = one.blueprint().parts();
    // "()" is one NULL, too.
    boolean singleNull = fields.isEmpty() && parts.size() == 1;
    if (parts.size() != fields.size() && !singleNull) {
      throw new Misfit(
          "the composite has "
              + counted(fields.size(), "attribute")
              + ", "
              + one.title()
              + " has "
              + counted(parts.size(), "part")
              + ": their names are not known, so the numbers must agree");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String field = singleNull ? null : fields.get(i);
      String column = part.column();
      values.put(
          column == null ? part.name() : column,
          field == null ? null : TextValues.ofServer(field, part.type()));
    }
    return map(one, Members.row(values));
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private PartsMapper<?> parts() {
    PartsMapper<?> known = mapper;
    if (known == null) {
      try {
        known = target instanceof Class<?> ? RowMappers.ofParts(raw) : RowMappers.ofParts(target);
      } catch (MappingFailure notOfParts) {
        throw new Misfit(String.valueOf(notOfParts.getMessage()), notOfParts.getCause());
      }
      mapper = known;
    }
    return known;
  }

  private static @Nullable Object map(PartsMapper<?> mapper, Row row) {
    try {
      return mapper.map(row);
    } catch (MappingFailure failure) {
      throw new Misfit(String.valueOf(failure.getMessage()), failure.getCause());
    }
  }

  private static char first(String text) {
    String stripped = text.stripLeading();
    return stripped.isEmpty() ? '\0' : stripped.charAt(0);
  }
}
