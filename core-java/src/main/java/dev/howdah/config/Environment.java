package dev.howdah.config;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the surroundings of a program say about connecting; tests bring their own.
 *
 * @param variables the environment variables, null for one that is not set
 * @param home the user's home directory
 * @param userName the operating system's name of the user; empty if it has none
 * @param roaming the folder for application data on Windows, null elsewhere
 */
record Environment(
    Function<String, @Nullable String> variables,
    Path home,
    String userName,
    @Nullable Path roaming) {

  /** Returns the real one. */
  static Environment system() {
    Function<String, @Nullable String> variables = System::getenv;
    // Like libpq: $HOME first, and what the system knows of the user only without it.
    String home = variables.apply("HOME");
    String known = System.getProperty("user.home", "");
    String name = System.getProperty("user.name", "");
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    String appData = windows ? variables.apply("APPDATA") : null;
    return new Environment(
        variables,
        Path.of(windows || home == null || home.isEmpty() ? known : home),
        // A user id without an entry in the password file, as in many containers.
        name.equals("?") ? "" : name,
        appData == null ? null : Path.of(appData));
  }

  /** Returns the variable, null if it is not set or empty. */
  @Nullable String get(String variable) {
    String value = variables.apply(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns where a file is that libpq looks for in the home directory or below. */
  Path file(String unixName, String windowsName) {
    return roaming == null
        ? home.resolve(unixName)
        : Objects.requireNonNull(roaming).resolve("postgresql").resolve(windowsName);
  }
}
