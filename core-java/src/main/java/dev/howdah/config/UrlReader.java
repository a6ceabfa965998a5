package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one URL; {@link DatabaseUrl} has the rules.
 *
 * <p>No error shows a piece of text that might belong to a password. Without user-info that is
 * nearly everything: in {@code postgresql://app:secret}, where the host was forgotten, the password
 * stands where the port should be.
 */
final class UrlReader {
  private static final Pattern SCHEME =
      Pattern.compile("(?:jdbc:|r2dbc:)?[A-Za-z][A-Za-z0-9+.-]{0,30}");

  private final List<String> hosts = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private @Nullable String user;
  private @Nullable String password;
  private @Nullable String database;
  private boolean hasUserInfo;
  private boolean mayShowPorts;

  static DatabaseUrl read(String url) {
    return new UrlReader().readUrl(url.strip());
  }

  private DatabaseUrl readUrl(String url) {
    String text = url.substring(endOfScheme(url));
    int at = endOfUserInfo(text);
    hasUserInfo = at >= 0;
    mayShowPorts = hasUserInfo && text.indexOf('@', at + 1) < 0;
    if (hasUserInfo) {
      readUserInfo(text.substring(0, at));
    }
    String rest = text.substring(at + 1);
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    int slash = place.indexOf('/');
    readHosts(slash < 0 ? place : place.substring(0, slash));
    if (slash >= 0 && slash + 1 < place.length()) {
      database = decoded("The database name", place.substring(slash + 1));
    }
    if (question >= 0) {
      readQuery(rest.substring(question + 1));
    }
    return assembled();
  }

  private static int endOfScheme(String url) {
    int end = url.indexOf("://");
    String scheme = end < 0 ? "" : url.substring(0, end);
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (lower.equals("postgresql") || lower.equals("postgres")) {
      return end + 3;
    }
    String start = "must start with postgresql:// or postgres://";
    if (!SCHEME.matcher(scheme).matches()) {
      throw new InvalidUrl(
          "The database URL "
              + start
              + ", as in postgresql://user:password@host:5432/database"
              + " (its text is not shown, it may hold a password)");
    }
    boolean foreign = !lower.contains("postgres");
    throw new InvalidUrl(
        "The scheme '"
            + scheme
            + "' is not supported: the database URL "
            + start
            + (foreign ? "" : "; replace '" + scheme + "' by postgresql"));
  }

  /** Returns the place of the {@code @} that ends the user-info, or -1 if there is none. */
  private static int endOfUserInfo(String text) {
    int at = text.lastIndexOf('@');
    while (at >= 0 && isInsideKnownParameter(text, at)) {
      at = text.lastIndexOf('@', at - 1);
    }
    return at;
  }

  /** Returns whether it stands in the value of a well-known parameter: {@code ?role=a@b}. */
  private static boolean isInsideKnownParameter(String text, int at) {
    for (int q = text.indexOf('?'); q >= 0 && q < at; q = text.indexOf('?', q + 1)) {
      int start = q + 1;
      while (start <= at) {
        int ampersand = text.indexOf('&', start);
        int end = ampersand < 0 ? text.length() : ampersand;
        int equal = text.indexOf('=', start);
        if (equal < 0 || equal > end || !Keywords.isName(text.substring(start, equal))) {
          break;
        }
        if (at > equal && at < end && Keywords.isKnown(text.substring(start, equal))) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }

  private void readUserInfo(String userInfo) {
    int colon = userInfo.indexOf(':');
    String name = colon < 0 ? userInfo : userInfo.substring(0, colon);
    if (name.indexOf('/') >= 0 || name.indexOf('?') >= 0) {
      throw new InvalidUrl(
          "The database URL has a '/' or '?' before an '@': write the '@' as %40 if it belongs to"
              + " the database or a parameter, or the others as %2F and %3F if they belong to the"
              + " user");
    }
    user = absentIfEmpty(decoded("The user", name));
    if (colon >= 0) {
      password = absentIfEmpty(decoded("The password", userInfo.substring(colon + 1)));
    }
  }

  private void readHosts(String authority) {
    if (authority.isEmpty()) {
      return;
    }
    String[] entries = authority.split(",", -1);
    for (int i = 0; i < entries.length; i++) {
      String label = entries.length == 1 ? "the host" : "host " + (i + 1) + " of " + entries.length;
      // Where a password may have been split by mistake, only what stood first is surely none of
      // it.
      boolean mayShow = hasUserInfo ? mayShowPorts : i == 0;
      readHost(label, entries[i], entries.length == 1, mayShow);
    }
  }

  private void readHost(String label, String entry, boolean mayBeEmpty, boolean mayShow) {
    int bracket = entry.startsWith("[") ? entry.indexOf(']') : -1;
    if (entry.startsWith("[") && bracket < 0) {
      throw new InvalidUrl("In the database URL, " + label + " has a '[' but no ']'");
    }
    int colon = entry.indexOf(':', bracket + 1);
    int end = colon < 0 ? entry.length() : colon;
    if (bracket >= 0 && end != bracket + 1) {
      throw new InvalidUrl(
          "In the database URL, " + label + " has text after its ']': only a :port may follow");
    }
    if (colon >= 0 && entry.indexOf(':', colon + 1) >= 0) {
      throw new InvalidUrl(
          "In the database URL, "
              + label
              + " has more than one ':': write an IPv6 address in brackets, [::1]:5432, and a ':'"
              + " in a user name as %3A");
    }
    String host = decoded("The host", entry.substring(0, end));
    boolean badIpv6 = false;
    if (bracket >= 0) {
      host = host.substring(1, host.length() - 1);
      badIpv6 = host.indexOf(':') < 0;
    }
    if (host.isEmpty() && (!mayBeEmpty || bracket >= 0)) {
      throw new InvalidUrl("In the database URL, " + label + " is empty");
    }
    if (!host.isEmpty()) {
      addHost(label, host, badIpv6);
    }
    if (colon >= 0 && colon + 1 < entry.length()) {
      String owner = host.isEmpty() || !mayShow ? label : "'" + host + "'";
      ports.add(port(" of " + owner, entry.substring(colon + 1)));
    }
  }

  private void addHost(String label, String host, boolean badIpv6) {
    String problem = badIpv6 ? "is in brackets but no IPv6 address" : HostPort.problemWith(host);
    if (problem != null) {
      throw new InvalidUrl(
          "In the database URL, "
              + label
              + " "
              + problem
              + (hasUserInfo ? "" : " (was the '@' before it forgotten?)"));
    }
    hosts.add(host);
  }

  private int port(String ofWhat, String text) {
    int port = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    if (HostPort.isPort(port)) {
      return port;
    }
    boolean shown = mayShowPorts && text.matches("[0-9]+");
    throw new InvalidUrl(
        "In the database URL, the port"
            + (shown ? " " + text : "")
            + ofWhat
            + " is not a number from 1 to 65535"
            + (hasUserInfo
                ? ""
                : " (if this is a user with a password, '@' and the host are missing after it, or"
                    + " a '?' in the password has to be written %3F)"));
  }

  private void readQuery(String query) {
    if (query.isEmpty()) {
      return;
    }
    String[] pairs = query.split("&", -1);
    for (int i = 0; i < pairs.length; i++) {
      int equal = pairs[i].indexOf('=');
      String label = "parameter " + (i + 1) + " after the '?'";
      if (equal < 0) {
        throw new InvalidUrl("In the database URL, " + label + " has no '=': write name=value");
      }
      String name = decoded("The name of " + label, pairs[i].substring(0, equal));
      if (!Keywords.isName(name)) {
        throw new InvalidUrl(
            "In the database URL, the name of " + label + " is no name of a parameter or setting");
      }
      readParameter(name, decoded("The value of " + label, pairs[i].substring(equal + 1)));
    }
  }

  /** A parameter beats the part it stands for, and the last of two the first, as in libpq. */
  private void readParameter(String name, String value) {
    switch (name) {
      case "host" -> {
        hosts.clear();
        if (!value.isEmpty()) {
          for (String host : value.split(",", -1)) {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            addHost(
                "a host in the parameter host",
                bracketed ? host.substring(1, host.length() - 1) : host,
                false);
          }
        }
      }
      case "port" -> {
        ports.clear();
        if (!value.isEmpty()) {
          for (String port : value.split(",", -1)) {
            ports.add(port(" in the parameter port", port));
          }
        }
      }
      case "user" -> user = absentIfEmpty(value);
      case "password" -> password = absentIfEmpty(value);
      case "dbname", "database" -> database = absentIfEmpty(value);
      default -> parameters.put(name, value);
    }
  }

  private DatabaseUrl assembled() {
    String mismatch = Servers.mismatch(hosts.size(), ports.size());
    if (mismatch != null) {
      throw new InvalidUrl("The database URL has " + mismatch);
    }
    List<Integer> portPerHost = ports;
    if (ports.size() == 1 && hosts.size() > 1) {
      portPerHost = hosts.stream().map(host -> ports.get(0)).toList();
    }
    return new DatabaseUrl(hosts, portPerHost, user, password, database, parameters);
  }

  private static @Nullable String absentIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String decoded(String what, String coded) {
    String text = PercentCode.decode(coded);
    if (text == null) {
      throw new InvalidUrl(
          what
              + " in the database URL has %XX that are not UTF-8, or a NUL: write a '%' that is"
              + " meant as such as %25");
    }
    return text;
  }
}
