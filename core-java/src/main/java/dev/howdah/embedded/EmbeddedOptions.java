package dev.howdah.embedded;

import dev.howdah.error.ClientException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded server is to run; immutable, every {@code with…} gives a changed copy.
 *
 * @param port the TCP port on 127.0.0.1; 0 chooses a free one
 * @param password the password of the superuser {@code postgres}; it is really asked for (SCRAM)
 * @param settings server settings by name, over those the embedded server sets for speed
 * @param directory where unpacked servers and data folders go; null means a folder of this user
 *     below {@code java.io.tmpdir}
 * @param startTimeout how long {@code initdb} and each start may take
 */
public record EmbeddedOptions(
    int port,
    String password,
    Map<String, String> settings,
    @Nullable Path directory,
    Duration startTimeout) {

  private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$.]*");

  /** What the embedded server decides itself, with the way to ask for it. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "port", "use withPort",
          "data_directory", "it is made anew for each server",
          "listen_addresses", "it listens on 127.0.0.1 only");

  private static final Set<Character> LINE_ENDS = Set.of('\n', '\r', '\0');

  /**
   * Checks and copies.
   *
   * @throws ClientException.InvalidOption if a value cannot be used, naming it
   */
  public EmbeddedOptions {
    if (port < 0 || port > 65_535) {
      throw new ClientException.InvalidOption(
          "port is " + port + "; it must be 1 to 65535, or 0 for any free one");
    }
    if (password.isEmpty() || hasLineEnd(password)) {
      throw new ClientException.InvalidOption(
          "password must not be empty and must be one line (no line feed, no NUL)");
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new ClientException.InvalidOption(
          "startTimeout is " + startTimeout + "; it must be longer than zero");
    }
    settings.forEach(EmbeddedOptions::check);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Any free port, password {@code postgres}, no further settings, 60 seconds to start. */
  public static EmbeddedOptions defaults() {
    return new EmbeddedOptions(0, "postgres", Map.of(), null, Duration.ofSeconds(60));
  }

  /** Uses this port; 0 means any free one. */
  public EmbeddedOptions withPort(int port) {
    return new EmbeddedOptions(port, password, settings, directory, startTimeout);
  }

  /** Uses this password for the superuser {@code postgres}. */
  public EmbeddedOptions withPassword(String password) {
    return new EmbeddedOptions(port, password, settings, directory, startTimeout);
  }

  /** Adds one server setting, for example {@code max_connections} and {@code 300}. */
  public EmbeddedOptions withSetting(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new EmbeddedOptions(port, password, more, directory, startTimeout);
  }

  /**
   * Keeps unpacked servers and data folders here. The file system must allow programs to run; if
   * this JVM runs as root, other users must be able to reach the folder.
   */
  public EmbeddedOptions withDirectory(Path directory) {
    return new EmbeddedOptions(port, password, settings, directory, startTimeout);
  }

  /** Allows this much time for {@code initdb} and for each start. */
  public EmbeddedOptions withStartTimeout(Duration startTimeout) {
    return new EmbeddedOptions(port, password, settings, directory, startTimeout);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "EmbeddedOptions[port="
        + port
        + ", password=***, settings="
        + settings
        + ", directory="
        + directory
        + ", startTimeout="
        + startTimeout
        + "]";
  }

  private static void check(String name, String value) {
    if (!SETTING_NAME.matcher(name).matches()) {
      throw new ClientException.InvalidOption("'" + name + "' is not the name of a server setting");
    }
    String reason = DECIDED.get(name.toLowerCase(Locale.ROOT));
    if (reason != null) {
      throw new ClientException.InvalidOption(
          "the setting " + name + " belongs to the embedded server: " + reason);
    }
    if (hasLineEnd(value)) {
      throw new ClientException.InvalidOption("the value of " + name + " must be one line");
    }
  }

  private static boolean hasLineEnd(String text) {
    return text.chars().anyMatch(c -> LINE_ENDS.contains((char) c));
  }
}
