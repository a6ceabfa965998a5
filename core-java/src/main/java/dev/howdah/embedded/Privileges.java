package dev.howdah.embedded;

import dev.howdah.error.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root must hand it to another user.
 *
 * @param prefix the command that drops root's rights, to be put before another; empty if not root
 * @param user the other user's name, who must own the data; null if files may stay ours
 */
record Privileges(List<String> prefix, @Nullable String user) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> USERS = List.of("postgres", "nobody");

  /** Runs the server as this JVM's own user. */
  static final Privileges OWN = new Privileges(List.of(), null);

  /**
   * Finds a way from root to another user that works here, by trying each.
   *
   * @throws ClientException.Unsupported if there is none
   */
  static Privileges dropRoot() {
    for (String user : USERS) {
      String uid = answer("id", "-u", user);
      String gid = answer("id", "-g", user);
      if (!isNumber(uid) || !isNumber(gid) || uid.equals("0")) {
        continue;
      }
      for (List<String> prefix : ways(user, uid, gid).values()) {
        if (uid.equals(answer(prefix, "id", "-u"))) {
          return new Privileges(prefix, user);
        }
      }
    }
    // A namespace without a mapping: root's files stay its own, but nobody in it is root.
    List<String> namespace = List.of("unshare", "--user", "--");
    String inside = answer(namespace, "id", "-u");
    if (isNumber(inside) && !inside.equals("0")) {
      return new Privileges(namespace, null);
    }
    throw new ClientException.Unsupported(
        "PostgreSQL refuses to run as root, and this JVM runs as root without a way to run it as"
            + " another user: "
            + String.join(", ", ways("", "", "").keySet())
            + " and unshare were tried with the users "
            + String.join(" and ", USERS)
            + ". Run the JVM as an ordinary user, or install util-linux (setpriv) and make sure"
            + " that one of these users exists.");
  }

  /** The command with the rights dropped. */
  List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /** Gives a file or folder to the user the server runs as. */
  void own(Path path) throws IOException {
    if (user != null) {
      Files.setOwner(
          path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
    }
  }

  private static Map<String, List<String>> ways(String user, String uid, String gid) {
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put(
        "setpriv", List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"));
    ways.put("runuser", List.of("runuser", "-u", user, "--"));
    // The words after the user go to the shell, which becomes the program.
    ways.put(
        "su", List.of("su", "-s", "/bin/sh", "-c", "exec \"$@\"", "--", user, "howdah-embedded"));
    ways.put("sudo", List.of("sudo", "-n", "-u", user, "--"));
    return ways;
  }

  private static String answer(String... command) {
    return answer(List.of(), command);
  }

  private static String answer(List<String> prefix, String... command) {
    try {
      Command.Outcome outcome =
          Command.run(TIMEOUT, new Privileges(prefix, null).command(List.of(command)));
      return outcome.succeeded() ? outcome.output() : "";
    } catch (IOException e) {
      return ""; // there is no such program here
    }
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }
}
