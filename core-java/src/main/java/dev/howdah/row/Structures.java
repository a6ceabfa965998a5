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
 * Single values into classes that are made of parts: composites by the names of their attributes
 * (by their order where the names are not known) and json objects by the names of their members.
 */
final class Structures {

  /** Reads all its columns or fails: an attribute nobody takes is an error. Made when needed. */
  private static final ClassValue<RowMapper<?>> STRICT =
      new ClassValue<>() {
        @Override
        protected RowMapper<?> computeValue(Class<?> type) {
          return RowMappers.blueprint(type) == null ? RowMappers.of(type) : RowMappers.strict(type);
        }
      };

  private Structures() {}

  /** Whether this is a class of users', which may have parts. */
  static boolean isMadeOfParts(Class<?> type) {
    return !MapperCache.isOfTheJdk(type) && !OwnTypes.contains(type) && type != Row.class;
  }

  static @Nullable Object of(Object value, Class<?> raw, Type target) {
    if (value instanceof Row composite) {
      return map(STRICT, composite, raw);
    }
    if (value instanceof Map<?, ?> members) {
      return ofMembers(members, raw, target);
    }
    if (!(value instanceof String text)) {
      throw Misfit.noWay(value, target);
    }
    return switch (first(text)) {
      case '{', 'n' -> ofJson(text, raw, target);
      case '(' -> ofFields(text, raw, target);
      default ->
          throw Misfit.noWay(value, target)
              .but("it is neither a json object nor the text of a composite");
    };
  }

  private static @Nullable Object ofJson(String text, Class<?> raw, Type target) {
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
    return ofMembers(members, raw, target);
  }

  /** Members that are left out are null, or what a class has in place of a part. */
  private static @Nullable Object ofMembers(Map<?, ?> members, Class<?> raw, Type target) {
    JsonLibrary library = JsonLibrary.wanting(raw);
    if (library != null) {
      return library.convert(members, target);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Map<String, String> plain = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          values.put(String.valueOf(name), value);
          plain.putIfAbsent(Names.plain(String.valueOf(name)), String.valueOf(name));
        });
    Blueprint<?> blueprint = RowMappers.blueprint(raw);
    for (Part part : blueprint == null ? List.<Part>of() : blueprint.parts()) {
      String column = part.column();
      String name =
          column != null
              ? column
              : values.containsKey(part.name()) ? part.name() : plain.get(Names.plain(part.name()));
      if (name != null && values.containsKey(name)) {
        values.put(name, TextValues.ofJson(values.get(name), part.type()));
      } else if (!part.optional()) {
        values.put(column == null ? part.name() : column, null);
      }
    }
    return map(row(values), raw);
  }

  private static @Nullable Object ofFields(String text, Class<?> raw, Type target) {
    List<@Nullable String> fields;
    try {
      fields = CompositeText.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw new Misfit("the String value is " + malformed.getMessage());
    }
    Blueprint<?> blueprint = RowMappers.blueprint(raw);
    if (blueprint == null) {
      throw new Misfit(
          "there is no conversion from the text of a composite to " + TypeNames.of(target));
    }
    List<Part> parts = blueprint.parts();
    if (parts.size() != fields.size()) {
      throw new Misfit(
          "the composite has "
              + counted(fields.size(), "attribute")
              + ", "
              + blueprint.title()
              + " has "
              + counted(parts.size(), "part")
              + ": their names are not known, so the numbers must agree");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      String field = fields.get(i);
      String column = part.column();
      values.put(
          column == null ? part.name() : column,
          field == null ? null : TextValues.ofServer(field, part.type()));
    }
    return map(row(values), raw);
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static Row row(Map<String, @Nullable Object> values) {
    return Row.owning(
        Columns.of(new ArrayList<>(values.keySet())), values.values().toArray(new Object[0]));
  }

  private static @Nullable Object map(Row row, Class<?> raw) {
    try {
      return RowMappers.of(raw).map(row);
    } catch (MappingFailure failure) {
      throw new Misfit(String.valueOf(failure.getMessage()), failure.getCause());
    }
  }

  private static @Nullable Object map(ClassValue<RowMapper<?>> mappers, Row row, Class<?> raw) {
    try {
      return mappers.get(raw).map(row);
    } catch (MappingFailure failure) {
      throw new Misfit(String.valueOf(failure.getMessage()), failure.getCause());
    }
  }

  private static char first(String text) {
    String stripped = text.stripLeading();
    return stripped.isEmpty() ? '\0' : stripped.charAt(0);
  }
}
