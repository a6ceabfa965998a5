package dev.howdah.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, the first that fits
 * counts.
 *
 * <p>{@code *} fits everything, a backslash takes the next character as it is, {@code #} begins a
 * comment line. A socket in one of the usual directories is also known as {@code localhost}.
 */
final class PasswordFile {
  private static final System.Logger LOG = System.getLogger("dev.howdah");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<String> USUAL_SOCKET_DIRECTORIES =
      Set.of("/tmp", "/var/run/postgresql", "/run/postgresql");

  private PasswordFile() {}

  /**
   * Returns the password for the first of the servers that has one.
   *
   * @return null if there is none, or if the file is missing, unreadable, or open to others: the
   *     last two are logged
   */
  static @Nullable String find(Path file, List<HostPort> servers, String database, String user) {
    if (!isUsable(file)) {
      return null;
    }
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      warn(file, "it cannot be read");
      return null;
    }
    List<List<String>> lines = new ArrayList<>();
    for (String line : text.split("\\r?\\n", -1)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        lines.add(fields(line));
      }
    }
    return passwordOfFirst(file, lines, servers, database, user);
  }

  private static @Nullable String passwordOfFirst(
      Path file, List<List<String>> lines, List<HostPort> servers, String database, String user) {
    String first = null;
    for (HostPort server : servers) {
      String found = password(lines, server, database, user);
      if (first == null) {
        first = found;
      } else if (found != null && !found.equals(first)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The password file {0} has different passwords for the hosts of one database: the first"
                + " is used for all",
            file);
        break;
      }
    }
    return first;
  }

  private static @Nullable String password(
      List<List<String>> lines, HostPort server, String database, String user) {
    for (List<String> line : lines) {
      if (line.size() == 5
          && fitsHost(line.get(0), server)
          && fits(line.get(1), String.valueOf(server.port()))
          && fits(line.get(2), database)
          && fits(line.get(3), user)) {
        String password = unescaped(line.get(4));
        return password.isEmpty() ? null : password;
      }
    }
    return null;
  }

  private static boolean isUsable(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    if (!Files.isRegularFile(file)) {
      warn(file, "it is not a plain file");
      return false;
    }
    try {
      Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
      permissions.addAll(Files.getPosixFilePermissions(file));
      permissions.retainAll(OTHERS);
      if (!permissions.isEmpty()) {
        warn(file, "its group or others have access to it; run: chmod 600 " + file);
        return false;
      }
    } catch (UnsupportedOperationException windows) {
      // libpq checks nothing there either: the folder is the user's own.
      return true;
    } catch (IOException failure) {
      warn(file, "its permissions cannot be read");
      return false;
    }
    return true;
  }

  private static void warn(Path file, String reason) {
    LOG.log(System.Logger.Level.WARNING, "The password file {0} is ignored: {1}", file, reason);
  }

  /** Splits at the colons that no backslash protects; all after the fourth is the password. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < line.length() && fields.size() < 4; i++) {
      if (line.charAt(i) == '\\') {
        i++;
      } else if (line.charAt(i) == ':') {
        fields.add(line.substring(start, i));
        start = i + 1;
      }
    }
    fields.add(line.substring(start));
    return fields;
  }

  private static boolean fitsHost(String field, HostPort server) {
    return fits(field, server.host())
        || (USUAL_SOCKET_DIRECTORIES.contains(server.host()) && fits(field, "localhost"));
  }

  private static boolean fits(String field, String value) {
    return field.equals("*") || unescaped(field).equals(value);
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      boolean escape = field.charAt(i) == '\\' && i + 1 < field.length();
      text.append(field.charAt(escape ? ++i : i));
    }
    return text.toString();
  }
}
