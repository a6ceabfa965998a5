package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server: a host name, an IP address or the directory of a Unix-domain socket, and a port.
 *
 * <p>An immutable value, safe for any thread.
 *
 * @param host a name, an IPv4 or IPv6 address without brackets, or a path that begins with {@code
 *     /}
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {

  /** The port PostgreSQL listens on unless told otherwise. */
  public static final int DEFAULT_PORT = 5432;

  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[\\w.~-]+)?");
  private static final Pattern NOT_IN_A_NAME = Pattern.compile("[\\s\\p{Cntrl},/?#@\\[\\]:]");

  /**
   * Checks both.
   *
   * @throws InvalidOption if the host cannot be one or the port is out of range
   */
  public HostPort {
    String problem = problemWith(host);
    if (problem != null) {
      throw new InvalidOption("The host " + shown(host) + problem);
    }
    if (!isPort(port)) {
      throw new InvalidOption(
          "The port " + port + " of host " + shown(host) + "is not between 1 and 65535");
    }
  }

  /** Returns a server on PostgreSQL's own port. */
  public static HostPort of(String host) {
    return new HostPort(host, DEFAULT_PORT);
  }

  /** Returns whether the host is the directory of a Unix-domain socket. */
  public boolean isSocket() {
    return host.startsWith("/");
  }

  /** Returns the socket's file, {@code /directory/.s.PGSQL.5432}; for a socket only. */
  public String socketPath() {
    return host + (host.endsWith("/") ? "" : "/") + ".s.PGSQL." + port;
  }

  static boolean isPort(int port) {
    return port >= 1 && port <= 65_535;
  }

  /** Returns the host for an error; not if it may be a URL with a password, put here by mistake. */
  static String shown(String host) {
    return host.indexOf('@') < 0 && host.indexOf('?') < 0 ? "'" + host + "' " : "";
  }

  /** Returns the rest of a sentence that begins "The host …", or null if all is well. */
  static @Nullable String problemWith(String host) {
    if (host.isBlank()) {
      return "is blank: leave it out for the default, localhost";
    }
    if (host.startsWith("/")) {
      return host.indexOf('\0') < 0 && host.indexOf(',') < 0
          ? null
          : "is a directory with a NUL character or a comma in its name";
    }
    if (host.indexOf(':') >= 0) {
      return IPV6.matcher(host).matches()
          ? null
          : "has a ':' but is no IPv6 address: give the port apart from it";
    }
    return NOT_IN_A_NAME.matcher(host).find()
        ? "contains a space or one of , / ? # @ [ ] : which no host name has"
        : null;
  }

  /** Returns {@code host:port}, with an IPv6 address in brackets, or the socket's file. */
  @Override
  public String toString() {
    if (isSocket()) {
      return socketPath();
    }
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
