package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads columns from maps such as {@code {name: user_id, type: BigInteger, options: {…}}}. */
final class ColumnMaps {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("name", "type", "options"));
  private static final Set<String> OPTIONS =
      new TreeSet<>(
          Set.of(
              "primary_key",
              "autoincrement",
              "nullable",
              "unique",
              "index",
              "default",
              "server_default",
              "onupdate",
              "server_onupdate",
              "foreign_key",
              "ondelete",
              "check",
              "comment"));

  private ColumnMaps() {}

  static List<Column> columns(List<? extends Map<String, ?>> maps) {
    List<Column> columns = new ArrayList<>();
    for (Map<String, ?> map : maps) {
      columns.add(column(map));
    }
    if (columns.stream().filter(Column::isPrimaryKey).count() == 1) {
      for (int i = 0; i < columns.size(); i++) {
        if (countsByItself(columns.get(i), maps.get(i))) {
          columns.set(i, columns.get(i).identity());
        }
      }
    }
    return columns;
  }

  /** SQLAlchemy's autoincrement="auto". */
  private static boolean countsByItself(Column column, Map<String, ?> map) {
    Object autoincrement = options(map, column.name()).get("autoincrement");
    return column.isPrimaryKey()
        && column.type().isInteger()
        && column.identityKind() == null
        && column.defaultValue() == null
        && column.foreignKey() == null
        && (autoincrement == null || "auto".equals(autoincrement));
  }

  static Column column(Map<String, ?> map) {
    if (!(map.get("name") instanceof String name)) {
      throw new WrongArguments(
          "a column map needs the key 'name' with a text; it has the keys " + map.keySet());
    }
    refuseUnknown(map.keySet(), KEYS, "key", name);
    Column column = Column.of(name, type(map.get("type"), name));
    Map<?, ?> options = options(map, name);
    refuseUnknown(options.keySet(), OPTIONS, "option", name);
    for (Map.Entry<?, ?> option : options.entrySet()) {
      column = apply(column, (String) option.getKey(), option.getValue());
    }
    Object action = options.get("ondelete");
    return action == null
        ? column
        : column.onDelete(ReferentialAction.parse(text(action, "ondelete", name)));
  }

  private static Map<?, ?> options(Map<String, ?> map, String name) {
    Object options = map.get("options");
    if (options == null) {
      return Map.of();
    }
    if (options instanceof Map<?, ?> given) {
      return given;
    }
    throw new WrongArguments(
        "the options of column '" + name + "' must be a map, they are a " + classOf(options));
  }

  private static ColumnType type(@Nullable Object type, String column) {
    if (type instanceof ColumnType given) {
      return given;
    }
    try {
      if (type instanceof Class<?> javaType) {
        return ColumnType.of(javaType);
      }
      if (type instanceof String name) {
        return ColumnType.named(name);
      }
    } catch (WrongArguments unknown) {
      throw new WrongArguments("column '" + column + "': " + unknown.getMessage(), unknown);
    }
    throw new WrongArguments(
        "column '"
            + column
            + "' needs the key 'type' with a type's name, a Java class or a ColumnType; it has "
            + (type == null ? "none" : "a " + classOf(type)));
  }

  private static Column apply(Column column, String option, @Nullable Object value) {
    String name = column.name();
    if (option.equals("default")) {
      return column.defaultValue(value); // of these two null is a value
    }
    if (option.equals("onupdate")) {
      return column.onUpdate(value);
    }
    if (value == null) {
      return column;
    }
    return switch (option) {
      case "autoincrement" ->
          !value.equals("auto") && flag(value, option, name) ? column.identity() : column;
      case "primary_key" -> flag(value, option, name) ? column.primaryKey() : column;
      case "nullable" -> flag(value, option, name) ? column : column.notNull();
      case "unique" -> flag(value, option, name) ? column.unique() : column;
      case "index" -> flag(value, option, name) ? column.index() : column;
      case "server_default" -> column.defaultSql(text(value, option, name));
      case "server_onupdate" -> column.onUpdateSql(text(value, option, name));
      case "foreign_key" -> column.references(foreignKey(text(value, option, name), name));
      case "check" -> column.check(text(value, option, name));
      case "comment" -> column.comment(text(value, option, name));
      default -> column;
    };
  }

  private static ForeignKey foreignKey(String target, String column) {
    int dot = target.lastIndexOf('.');
    if (dot <= 0 || dot == target.length() - 1) {
      throw new WrongArguments(
          "the foreign_key of column '"
              + column
              + "' must be \"table.column\" or \"schema.table.column\", it is '"
              + target
              + "'");
    }
    return new ForeignKey(
        TableName.parse(target.substring(0, dot)), target.substring(dot + 1), null, null);
  }

  private static boolean flag(@Nullable Object value, String option, String column) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new WrongArguments(
        "option '" + option + "' of column '" + column + "' must be true or false");
  }

  private static String text(Object value, String option, String column) {
    if (value instanceof String text) {
      return text;
    }
    throw new WrongArguments(
        "option '"
            + option
            + "' of column '"
            + column
            + "' must be a text, it is a "
            + classOf(value));
  }

  private static void refuseUnknown(Set<?> given, Set<String> known, String what, String column) {
    for (Object key : given) {
      if (!(key instanceof String name) || !known.contains(name)) {
        throw new WrongArguments(
            "unknown "
                + what
                + " '"
                + key
                + "' for column '"
                + column
                + "'; known are "
                + String.join(", ", known));
      }
    }
  }

  private static String classOf(Object value) {
    return value.getClass().getName();
  }
}
