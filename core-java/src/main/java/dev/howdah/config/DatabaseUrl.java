package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.InvalidUrl;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database URL taken apart: {@code postgresql://user:password@host:port/database?name=value}.
 *
 * <p>What the URL does not say is absent here; {@link DatabaseOptions#resolve()} fills it in. An
 * immutable value, safe for any thread. {@link #toString()} hides the password, {@link
 * #toUriWithPassword()} does not; {@code parse(url.toUriWithPassword()).equals(url)} always holds.
 *
 * <p>The rules are libpq's, and more patient with unescaped passwords:
 *
 * <ul>
 *   <li>The user-info ends at the <em>last</em> {@code @}, except that an {@code @} in the value of
 *       a well-known parameter ({@code ?application_name=a@b}: libpq's names, a few textual server
 *       settings such as {@code role}, and settings with a dot in their name) belongs to that
 *       value.
 *   <li>The user ends at the first {@code :} and holds no raw {@code /} or {@code ?}; the password
 *       may hold any character raw, {@code @ : # / ? % & =} and space included.
 *   <li>Each valid {@code %XX} is decoded once, a stray {@code %} stays, {@code +} is a plus.
 *       Decoded bytes that are not UTF-8 are refused.
 *   <li>{@code #} has no meaning of its own. Space around the whole URL is dropped.
 *   <li>Several hosts are separated by commas, with one port for all or one for each. An IPv6
 *       address stands in brackets. The directory of a Unix-domain socket is written with {@code
 *       %2F}, or as parameter {@code host=/directory}.
 *   <li>{@code host port user password dbname} may be given as parameters and beat the part they
 *       stand for; of two parameters of one name the last counts; an empty part is an absent one.
 * </ul>
 */
public final class DatabaseUrl {
  private final List<String> hosts;
  private final List<Integer> ports;
  private final @Nullable String user;
  private final @Nullable String password;
  private final @Nullable String database;
  private final Map<String, String> parameters;

  DatabaseUrl(
      List<String> hosts,
      List<Integer> ports,
      @Nullable String user,
      @Nullable String password,
      @Nullable String database,
      Map<String, String> parameters) {
    this.hosts = List.copyOf(hosts);
    this.ports = List.copyOf(ports);
    this.user = user;
    this.password = password;
    this.database = database;
    this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a URL.
   *
   * @throws InvalidUrl if it is none, or has another scheme, impossible hosts or ports; the message
   *     never shows the password nor the URL
   */
  public static DatabaseUrl parse(String url) {
    if (url == null) {
      throw new WrongArguments(
          "a database needs a URL such as postgresql://user@host/name, it was given null");
    }
    return UrlReader.read(url);
  }

  /** Returns the hosts in their order, without brackets; empty if the URL names none. */
  public List<String> hosts() {
    return hosts;
  }

  /** Returns one port for each host; empty if the URL names none. */
  public List<Integer> ports() {
    return ports;
  }

  /** Returns the user, decoded. */
  public @Nullable String user() {
    return user;
  }

  /** Returns the password, decoded. */
  public @Nullable String password() {
    return password;
  }

  /** Returns the database, decoded. */
  public @Nullable String database() {
    return database;
  }

  /** Returns all other parameters, decoded, in their order; unmodifiable. */
  public Map<String, String> parameters() {
    return parameters;
  }

  /** Returns this URL with another user; null or empty for none. */
  public DatabaseUrl withUser(@Nullable String user) {
    return new DatabaseUrl(hosts, ports, part("user", user), password, database, parameters);
  }

  /** Returns this URL with another password, taken as it is; null or empty for none. */
  public DatabaseUrl withPassword(@Nullable String password) {
    return new DatabaseUrl(hosts, ports, user, part("password", password), database, parameters);
  }

  /** Returns this URL with another database; null or empty for none. */
  public DatabaseUrl withDatabase(@Nullable String database) {
    return new DatabaseUrl(hosts, ports, user, password, part("database", database), parameters);
  }

  /**
   * Returns this URL with the password in full and everything percent-encoded that needs it.
   *
   * <p>For handing on to another program; not for logs.
   */
  public String toUriWithPassword() {
    return print(false);
  }

  /** Returns this URL with {@code ***} for the password and other secrets. */
  @Override
  public String toString() {
    return print(true);
  }

  private String print(boolean masked) {
    StringBuilder url = new StringBuilder("postgresql://");
    if (user != null) {
      url.append(PercentCode.encode(user));
    }
    if (password != null) {
      url.append(':').append(masked ? "***" : PercentCode.encode(password));
    }
    if (user != null || password != null) {
      url.append('@');
    }
    boolean portsApart = hosts.isEmpty() && ports.size() > 1;
    url.append(printedHosts(portsApart));
    if (database != null) {
      url.append('/').append(PercentCode.encode(database));
    }
    List<String> pairs = new ArrayList<>();
    if (portsApart) {
      pairs.add("port=" + ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    parameters.forEach(
        (name, value) -> {
          boolean hidden = masked && Keywords.isSecret(name);
          pairs.add(PercentCode.encode(name) + "=" + (hidden ? "***" : PercentCode.encode(value)));
        });
    if (!pairs.isEmpty()) {
      url.append('?').append(String.join("&", pairs));
    }
    return url.toString();
  }

  private String printedHosts(boolean portsApart) {
    if (hosts.isEmpty()) {
      return ports.isEmpty() || portsApart ? "" : ":" + ports.get(0);
    }
    List<String> printed = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      String host = hosts.get(i);
      boolean ipv6 = !host.startsWith("/") && host.indexOf(':') >= 0;
      // The colons of an IPv6 address stay, only a zone's '%' needs its code.
      String coded = ipv6 ? "[" + host.replace("%", "%25") + "]" : PercentCode.encode(host);
      printed.add(ports.isEmpty() ? coded : coded + ":" + ports.get(i));
    }
    return String.join(",", printed);
  }

  private static @Nullable String part(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidOption(
          "The " + name + " contains a NUL character, which PostgreSQL refuses");
    }
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatabaseUrl that
        && hosts.equals(that.hosts)
        && ports.equals(that.ports)
        && Objects.equals(user, that.user)
        && Objects.equals(password, that.password)
        && Objects.equals(database, that.database)
        && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hosts, ports, user, password, database, parameters);
  }
}
