package dev.howdah.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An environment of a test: variables, a home directory with files, a user's name. */
final class Surroundings {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();

  Surroundings(Path home) {
    this.home = home;
  }

  Surroundings with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** Writes a file that only its owner may read. */
  Surroundings file(String name, String... lines) {
    write(name, lines);
    return permit(name, "rw-------");
  }

  Surroundings permit(String name, String permissions) {
    try {
      if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
      }
      return this;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Path path(String name) {
    return home.resolve(name);
  }

  Environment environment() {
    return environment("osuser");
  }

  Environment environment(String userName) {
    return new Environment(variables::get, home, userName, null);
  }

  DatabaseOptions resolve(String url) {
    return DatabaseOptions.of(url).resolve(environment());
  }

  private void write(String name, String... lines) {
    try {
      Files.createDirectories(path(name).getParent());
      Files.write(path(name), List.of(lines));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
