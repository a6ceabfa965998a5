package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads asyncpg-lite's {@code auth_params}, the map with five keys. */
final class AuthParams {
  private static final List<String> KEYS = List.of("host", "port", "user", "password", "database");

  private AuthParams() {}

  static DatabaseOptions read(Map<String, ?> authParams) {
    DatabaseOptionsBuilder builder = DatabaseOptions.builder();
    Objects.requireNonNull(authParams, "authParams")
        .forEach(
            (key, value) -> {
              if (!KEYS.contains(key)) {
                throw new InvalidOption(
                    "'"
                        + key
                        + "' is no key of auth_params, which are: "
                        + String.join(", ", KEYS));
              }
              if (value != null) {
                put(builder, key, value);
              }
            });
    return builder.build();
  }

  private static void put(DatabaseOptionsBuilder builder, String key, Object value) {
    switch (key) {
      case "host" -> builder.host(text(key, value));
      case "port" -> builder.port(port(value));
      case "user" -> builder.user(text(key, value));
      case "database" -> builder.database(text(key, value));
      default -> {
        if (value instanceof Password password) {
          builder.password(password);
        } else {
          builder.password(text(key, value));
        }
      }
    }
  }

  private static String text(String key, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    throw new InvalidOption(
        "The value of '" + key + "' must be a text, but is a " + value.getClass().getSimpleName());
  }

  private static int port(Object value) {
    boolean whole = value instanceof Integer || value instanceof Long || value instanceof Short;
    String text = whole || value instanceof CharSequence ? value.toString().strip() : "";
    if (!text.matches("[0-9]{1,9}")) {
      throw new InvalidOption(
          "The value of 'port' must be a number from 1 to 65535, but is "
              + (text.isEmpty() ? "a " + value.getClass().getSimpleName() : "'" + text + "'"));
    }
    return Integer.parseInt(text);
  }
}
