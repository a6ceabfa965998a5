package dev.howdah.schema;

import dev.howdah.error.ClientException.WrongArguments;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * The one place where a name becomes SQL. Pure; safe from any thread.
 *
 * <p>Every name is quoted, always: it then means exactly itself, with its upper case, its spaces,
 * its quotes and its dots, and can never be read as anything but a name.
 */
public final class Identifiers {
  /** What PostgreSQL keeps of a name (NAMEDATALEN - 1); it would cut the rest off silently. */
  public static final int MAX_BYTES = 63;

  private Identifiers() {}

  /**
   * Writes a name as an SQL identifier.
   *
   * @param name one identifier, not qualified: a dot in it is part of the name
   * @return the name in double quotes, with double quotes inside doubled
   * @throws WrongArguments if the name is empty, holds a NUL character or half a surrogate pair, or
   *     is longer than {@value #MAX_BYTES} bytes in UTF-8
   */
  public static String quote(String name) {
    check(name, "identifier");
    return quoted(name);
  }

  /**
   * Writes several names as a list.
   *
   * @param names identifiers, each as {@link #quote} wants it
   * @return the quoted names with {@code ", "} between them
   */
  public static String quoteAll(Collection<String> names) {
    return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
  }

  /**
   * Refuses what cannot be a name in PostgreSQL.
   *
   * @param name the name as the user gave it
   * @param role what it names, for the message: {@code "table name"}
   * @return the same name
   * @throws WrongArguments as {@link #quote} says
   */
  public static String check(String name, String role) {
    if (name.isEmpty()) {
      throw new WrongArguments("an empty text cannot be a " + role);
    }
    if (name.indexOf('\0') >= 0) {
      throw new WrongArguments("the " + role + " " + show(name) + " holds a NUL character");
    }
    if (hasLoneSurrogate(name)) {
      throw new WrongArguments(
          "the " + role + " " + show(name) + " holds half a surrogate pair, which is no character");
    }
    if (name.length() > MAX_BYTES / 3) {
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        throw new WrongArguments(
            "the "
                + role
                + " "
                + show(name)
                + " is "
                + bytes
                + " bytes long in UTF-8, PostgreSQL keeps "
                + MAX_BYTES
                + " and would silently cut off the rest; choose a shorter name");
      }
    }
    return name;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name for a message: NUL made visible, bounded. */
  private static String show(String name) {
    String visible = name.replace("\0", "\\0");
    return "'" + (visible.length() > 120 ? visible.substring(0, 120) + "…" : visible) + "'";
  }

  private static boolean hasLoneSurrogate(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}
