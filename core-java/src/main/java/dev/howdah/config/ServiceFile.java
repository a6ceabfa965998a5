package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * libpq's connection service file: sections in brackets, {@code name=value} below them.
 *
 * <p>The user's own file first, then {@code $PGSYSCONFDIR/pg_service.conf}. More patient than libpq
 * in one thing: space around the name and the value is dropped.
 */
final class ServiceFile {
  private ServiceFile() {}

  /**
   * Returns what a service says.
   *
   * @param named the file somebody named, null for the usual one
   * @throws InvalidOption if a named file is not there, or no file has the service
   */
  static ParameterSource read(String service, @Nullable Path named, Environment environment) {
    String variable = environment.get("PGSERVICEFILE");
    Path users =
        named == null && variable == null
            ? environment.file(".pg_service.conf", ".pg_service.conf")
            : named == null ? Path.of(Objects.requireNonNull(variable)) : named;
    if ((named != null || variable != null) && !Files.exists(users)) {
      throw new InvalidOption("The service file " + users + " does not exist");
    }
    ParameterSource found = readIfThere(service, users);
    String systemFolder = environment.get("PGSYSCONFDIR");
    if (found == null && systemFolder != null) {
      found = readIfThere(service, Path.of(systemFolder, "pg_service.conf"));
    }
    if (found == null) {
      throw new InvalidOption(
          "The service '"
              + service
              + "' is not defined: add a section ["
              + service
              + "] to "
              + users
              + ", or correct the name in PGSERVICE or the URL");
    }
    return found;
  }

  private static @Nullable ParameterSource readIfThere(String service, Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new InvalidOption(
          "The service file " + file + " cannot be read: " + failure.getMessage());
    }
    Map<String, String> values = section(service, file, text);
    return values == null
        ? null
        : ParameterSource.of(values, "service '" + service + "' in " + file);
  }

  private static @Nullable Map<String, String> section(String service, Path file, String text) {
    Map<String, String> values = null;
    int number = 0;
    for (String raw : text.split("\\R", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("[")) {
        if (values != null) {
          return values;
        }
        values = line.equals("[" + service + "]") ? new LinkedHashMap<>() : null;
      } else if (values != null) {
        put(values, line, file, number);
      }
    }
    return values;
  }

  /** The first of two values counts, as in libpq. */
  private static void put(Map<String, String> values, String line, Path file, int number) {
    int equal = line.indexOf('=');
    String name = equal < 0 ? "" : line.substring(0, equal).strip();
    if (name.isEmpty()) {
      // The line is not shown: it might hold a password.
      throw new InvalidOption(
          "Line " + number + " of the service file " + file + " is not name=value");
    }
    if (name.equals("service") || name.equals("servicefile")) {
      throw new InvalidOption(
          "Line "
              + number
              + " of the service file "
              + file
              + " names another service, which is not possible");
    }
    values.putIfAbsent(name, line.substring(equal + 1).strip());
  }
}
