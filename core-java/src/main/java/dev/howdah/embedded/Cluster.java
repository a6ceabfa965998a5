package dev.howdah.embedded;

import dev.howdah.error.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the data of an embedded server is made and which settings it gets. */
final class Cluster {
  static final String SUPERUSER = "postgres";

  private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");

  private Cluster() {}

  /** Asks the programs for their version; also shows that they can be run at all. */
  static String version(Path bin, Privileges privileges) throws IOException {
    List<String> command =
        privileges.command(List.of(bin.resolve("postgres").toString(), "--version"));
    String answer;
    try {
      answer = Command.run(VERSION_TIMEOUT, command).output();
    } catch (IOException e) {
      throw cannotRun(bin, privileges, String.valueOf(e.getMessage()));
    }
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      throw cannotRun(bin, privileges, answer);
    }
    return version.group(1);
  }

  /** Makes the data folder: UTF-8, password wanted, nothing synchronised to disk. */
  static void create(
      ServerProcess process, Privileges privileges, String version, EmbeddedOptions options)
      throws IOException {
    RunFolder folder = process.folder;
    Files.createDirectory(folder.data());
    Tree.permit(folder.data(), "rwx------");
    privileges.own(folder.data());
    Path passwordFile = Files.createFile(folder.passwordFile());
    Tree.permit(passwordFile, "rw-------");
    Files.writeString(passwordFile, options.password() + "\n");
    privileges.own(passwordFile);
    String failure = process.initialise(arguments(version), options.startTimeout());
    Files.delete(passwordFile);
    if (!failure.isEmpty()) {
      throw new ClientException.ConnectFailure(
          "initdb of PostgreSQL " + version + " failed. It said:\n" + failure, null);
    }
    Files.writeString(
        folder.data().resolve("postgresql.conf"),
        configuration(options.settings()),
        StandardOpenOption.APPEND);
  }

  private static List<String> arguments(String version) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
    if (major(version) >= 17) {
      // Sorts as C does, but knows the letters of all languages (lower, ILIKE), on every system.
      arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    return arguments;
  }

  private static String configuration(Map<String, String> wanted) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", ""); // their paths may be too long in odd places
    settings.put("max_connections", "100");
    settings.put("shared_buffers", "32MB");
    settings.put("fsync", "off");
    settings.put("synchronous_commit", "off");
    settings.put("full_page_writes", "off");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    settings.put("lc_messages", "C");
    settings.put("logging_collector", "off");
    settings.putAll(wanted);
    StringBuilder text = new StringBuilder("\n# Howdah's embedded server\n");
    settings.forEach(
        (name, value) -> text.append(name).append(" = ").append(quote(value)).append('\n'));
    return text.toString();
  }

  private static String quote(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static int major(String version) {
    Matcher digits = Pattern.compile("^\\d+").matcher(version);
    return digits.find() ? Integer.parseInt(digits.group()) : 0;
  }

  private static IOException cannotRun(Path bin, Privileges privileges, String reason) {
    String user = privileges.user();
    return new IOException(
        "the programs in "
            + bin
            + " cannot be run"
            + (user == null ? "" : " as the user " + user + ", who needs the right to reach them")
            + " (is the file system mounted noexec?). Choose another folder with"
            + " EmbeddedOptions.withDirectory or -Djava.io.tmpdir. The system said: "
            + reason);
  }
}
