package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a caller's arguments into the order of {@code $1, $2 …}; never shows a value. */
final class ArgumentBinder {
  private static final @Nullable Object[] NONE = {};

  /** How many names an error lists. */
  private static final int SHOWN = 20;

  private final ParsedSql sql;

  ArgumentBinder(ParsedSql sql) {
    this.sql = sql;
  }

  @Nullable Object[] bind(@Nullable Object[] arguments) {
    @Nullable Object[] bound = sql.names().isEmpty() ? positional(arguments) : named(arguments);
    BitSet listed = sql.inLists();
    for (int i = listed.nextSetBit(1); i > 0; i = listed.nextSetBit(i + 1)) {
      Object value = bound[i - 1];
      if (value != null && Values.isSeveral(value)) {
        throw listInOnePlace(sql.names().isEmpty() ? "$" + i : ":" + sql.names().get(i - 1));
      }
    }
    return bound;
  }

  /** The server would say that types do not fit, or compare with the list's text and find none. */
  private WrongArguments listInOnePlace(String place) {
    return wrong(
        place
            + " is a list or an array, and IN ("
            + place
            + ") has room for one value: write = ANY("
            + place
            + ") in place of IN, <> ALL("
            + place
            + ") in place of NOT IN; to compare with the array itself, = "
            + place);
  }

  private @Nullable Object[] positional(@Nullable Object[] arguments) {
    int expected = sql.parameterCount();
    if (arguments.length != expected) {
      throw wrong(
          "the server expects "
              + counted(expected)
              + ", "
              + wasPassed(arguments.length)
              + hint(arguments));
    }
    return expected == 0 ? NONE : arguments.clone();
  }

  /** What the caller may have meant. */
  private String hint(@Nullable Object[] arguments) {
    if (arguments.length == 1 && arguments[0] instanceof Map<?, ?>) {
      return "; a Map gives values to :names, and the text has none";
    }
    // As JDBC has it. In PostgreSQL's own SQL it is an operator, so the text may be right.
    return sql.parameterCount() == 0 && sql.text().contains("?")
        ? "; write $1, $2 … or :name where an argument belongs, ? stands for none"
        : "";
  }

  private @Nullable Object[] named(@Nullable Object[] arguments) {
    List<String> names = sql.names();
    Object only = arguments.length == 1 ? arguments[0] : null;
    if (!(only instanceof Map<?, ?> values)) {
      NamedParts parts = only == null ? null : NamedParts.of(only);
      if (parts == null) {
        throw notNamed(arguments);
      }
      return ofParts(parts);
    }
    @Nullable Object[] bound = new @Nullable Object[names.size()];
    boolean complete = true;
    for (int i = 0; i < bound.length; i++) {
      bound[i] = values.get(names.get(i));
      complete &= bound[i] != null || values.containsKey(names.get(i));
    }
    if (!complete || values.size() != bound.length) {
      throw misnamed(names, values);
    }
    return bound;
  }

  private @Nullable Object[] ofParts(NamedParts parts) {
    List<String> names = sql.names();
    @Nullable Object[] bound = new @Nullable Object[names.size()];
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < bound.length; i++) {
      String part = parts.find(names.get(i));
      if (part == null) {
        missing.add(names.get(i));
      } else {
        bound[i] = parts.value(part);
      }
    }
    if (!missing.isEmpty()) {
      throw wrong("no value for " + listed(missing) + "; " + parts);
    }
    return bound;
  }

  private WrongArguments notNamed(@Nullable Object[] arguments) {
    String passed = wasPassed(arguments.length);
    if (arguments.length == 1) {
      Object only = arguments[0];
      passed = "it was given " + (only == null ? "null" : "a " + only.getClass().getTypeName());
    }
    return wrong(
        "the text has named parameters ("
            + listed(sql.names())
            + "): pass one Map, record or data class with their values; "
            + passed);
  }

  private WrongArguments misnamed(List<String> names, Map<?, ?> values) {
    List<String> missing = names.stream().filter(name -> !values.containsKey(name)).toList();
    List<String> unknown = new ArrayList<>();
    for (Object key : values.keySet()) {
      if (!(key instanceof String) || !names.contains(key)) {
        unknown.add(Objects.toString(key));
      }
    }
    List<String> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add("no value for " + listed(missing));
    }
    if (!unknown.isEmpty()) {
      problems.add("no such parameter as " + listed(unknown));
    }
    return wrong(String.join(", and ", problems) + "; the text has " + listed(names));
  }

  private static String listed(List<String> names) {
    StringBuilder list = new StringBuilder();
    for (String name : names.subList(0, Math.min(SHOWN, names.size()))) {
      list.append(list.isEmpty() ? ":" : ", :").append(name);
    }
    return names.size() <= SHOWN
        ? list.toString()
        : list + " and " + (names.size() - SHOWN) + " more";
  }

  private static String counted(int arguments) {
    return arguments + (arguments == 1 ? " argument" : " arguments");
  }

  private static String wasPassed(int arguments) {
    return arguments + (arguments == 1 ? " was passed" : " were passed");
  }

  private WrongArguments wrong(String message) {
    return new WrongArguments(message, null, sql.text());
  }
}
