package dev.howdah.config;

import dev.howdah.error.ClientException;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One place that says something about a connection, in libpq's keywords: a URL, a section of a
 * service file, the environment, a map of parts.
 */
final class ParameterSource {
  private final Map<String, String> values;
  private final UnaryOperator<String> display;
  private final boolean ourOwn;

  private ParameterSource(
      Map<String, String> values, UnaryOperator<String> display, boolean ourOwn) {
    this.values = values;
    this.display = display;
    this.ourOwn = ourOwn;
  }

  static ParameterSource of(DatabaseUrl url) {
    Map<String, String> values = new LinkedHashMap<>(url.parameters());
    if (!url.hosts().isEmpty()) {
      values.put("host", String.join(",", url.hosts()));
    }
    if (!url.ports().isEmpty()) {
      values.put(
          "port", url.ports().stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    putIfPresent(values, "user", url.user());
    putIfPresent(values, "password", url.password());
    putIfPresent(values, "dbname", url.database());
    return new ParameterSource(
        values, name -> "The parameter " + name + " of the database URL", true);
  }

  /** A source whose names are shown as they are, followed by where they stand. */
  static ParameterSource of(Map<String, String> values, String where) {
    return new ParameterSource(values, name -> "The parameter " + name + " of " + where, false);
  }

  static ParameterSource of(Environment environment) {
    Map<String, String> values = new LinkedHashMap<>();
    Keywords.VARIABLES.forEach(
        (keyword, variable) -> putIfPresent(values, keyword, environment.get(variable)));
    return new ParameterSource(
        values,
        name -> "The environment variable " + Keywords.VARIABLES.getOrDefault(name, name),
        false);
  }

  private static void putIfPresent(Map<String, String> values, String name, @Nullable String text) {
    if (text != null) {
      values.put(name, text);
    }
  }

  /** Returns whether the program itself said this, so that every word of it has to be right. */
  boolean isOurOwn() {
    return ourOwn;
  }

  Map<String, String> values() {
    return values;
  }

  /** Returns the value, null if it is absent or empty. */
  @Nullable String get(String keyword) {
    String value = values.get(keyword);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns the constant of that label, null if the keyword is absent. */
  <E extends Enum<E> & Labelled> @Nullable E get(String keyword, Class<E> type) {
    String label = get(keyword);
    if (label == null) {
      return null;
    }
    E constant = Labelled.find(type, label);
    if (constant == null) {
      throw refuse(keyword, "is '" + label + "', but must be one of: " + Labelled.labels(type));
    }
    return constant;
  }

  /** Returns the error for a keyword, in the words of this place. */
  ClientException refuse(String keyword, String problem) {
    String message = display.apply(keyword) + " " + problem;
    return ourOwn ? new InvalidUrl(message) : new InvalidOption(message);
  }

  /** Returns how an error or a warning calls the keyword. */
  String nameOf(String keyword) {
    return display.apply(keyword);
  }
}
