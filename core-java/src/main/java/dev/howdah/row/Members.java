package dev.howdah.row;

import dev.howdah.row.Blueprint.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The members of a json object, as the columns of a row. */
final class Members {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** The names as they are, by the names without case and underscores. */
  private final Map<String, String> plain = new HashMap<>();

  Members(Map<?, ?> members) {
    members.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          values.put(name, value);
          plain.putIfAbsent(Names.plain(name), name);
        });
  }

  /** The member for a part of a class, or null: the exact name, else ignoring case. */
  @Nullable String find(@Nullable String column, String part) {
    if (column != null && values.containsKey(column)) {
      return column;
    }
    return values.containsKey(part) ? part : plain.get(Names.plain(part));
  }

  /** The text of a member; empty if it is none. */
  String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  /**
   * The members read by the types of a class's parts; one that is left out is null, where the class
   * does not know better.
   */
  Row completed(Blueprint<?> blueprint) {
    for (Part part : blueprint.parts()) {
      String column = part.column();
      String name =
          column == null ? find(null, part.name()) : values.containsKey(column) ? column : null;
      if (name != null) {
        values.put(name, TextValues.ofJson(values.get(name), part.type()));
      } else if (!part.optional()) {
        values.put(column == null ? part.name() : column, null);
      }
    }
    return row();
  }

  Row row() {
    return row(values);
  }

  static Row row(Map<String, @Nullable Object> values) {
    return Row.owning(
        Columns.of(new ArrayList<>(values.keySet())), values.values().toArray(new Object[0]));
  }
}
