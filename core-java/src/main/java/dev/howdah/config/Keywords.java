package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names a connection string may use: libpq's, ours, and what is left for the server.
 *
 * <p>A name in none of these sets is a server setting.
 */
final class Keywords {
  /** What becomes a part of the options. */
  static final Set<String> OPTIONS =
      Set.of(
          "host",
          "port",
          "user",
          "password",
          "dbname",
          "database",
          "service",
          "servicefile",
          "passfile",
          "ssl",
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslpassword",
          "sslnegotiation",
          "channel_binding",
          "connect_timeout",
          "target_session_attrs",
          "fallback_application_name",
          "options");

  /** The environment variables that are read, by keyword. PGSERVICE and files are apart. */
  static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("host", "PGHOST"),
          Map.entry("port", "PGPORT"),
          Map.entry("user", "PGUSER"),
          Map.entry("password", "PGPASSWORD"),
          Map.entry("dbname", "PGDATABASE"),
          Map.entry("passfile", "PGPASSFILE"),
          Map.entry("sslmode", "PGSSLMODE"),
          Map.entry("sslrootcert", "PGSSLROOTCERT"),
          Map.entry("sslcert", "PGSSLCERT"),
          Map.entry("sslkey", "PGSSLKEY"),
          Map.entry("sslnegotiation", "PGSSLNEGOTIATION"),
          Map.entry("channel_binding", "PGCHANNELBINDING"),
          Map.entry("connect_timeout", "PGCONNECT_TIMEOUT"),
          Map.entry("target_session_attrs", "PGTARGETSESSIONATTRS"),
          Map.entry("options", "PGOPTIONS"),
          Map.entry("application_name", "PGAPPNAME"),
          Map.entry("TimeZone", "PGTZ"),
          Map.entry("geqo", "PGGEQO"));

  /**
   * libpq's names for what the driver below cannot do, each with the values that ask for nothing
   * more than we do anyway. Any other value is refused: dropping it silently might drop a
   * safeguard.
   */
  private static final Map<String, Set<String>> UNSUPPORTED =
      Map.ofEntries(
          Map.entry("hostaddr", Set.of()),
          Map.entry("replication", Set.of("false", "off", "no", "0")),
          Map.entry("client_encoding", Set.of("utf8", "utf-8", "unicode", "auto")),
          Map.entry("gssencmode", Set.of("disable", "prefer")),
          Map.entry("require_auth", Set.of()),
          Map.entry("requirepeer", Set.of()),
          Map.entry("requiressl", Set.of("0")),
          Map.entry("sslcompression", Set.of("0")),
          Map.entry("sslcertmode", Set.of("allow")),
          Map.entry("sslcrl", Set.of()),
          Map.entry("sslcrldir", Set.of()),
          Map.entry("sslsni", Set.of("1")),
          Map.entry("ssl_min_protocol_version", Set.of("tlsv1", "tlsv1.1", "tlsv1.2")),
          Map.entry("ssl_max_protocol_version", Set.of("tlsv1.3")),
          Map.entry("min_protocol_version", Set.of("3.0")),
          Map.entry("max_protocol_version", Set.of("3.0", "3.2", "latest")),
          Map.entry("load_balance_hosts", Set.of("disable")));

  /** libpq's names that only tune; they are left out with a warning. */
  private static final Set<String> IGNORED =
      Set.of(
          "gssdelegation",
          "gsslib",
          "keepalives",
          "keepalives_count",
          "keepalives_idle",
          "keepalives_interval",
          "krbsrvname",
          "tcp_user_timeout");

  /** Settings whose values are free text and may well hold an {@code @}. */
  private static final Set<String> TEXT_SETTINGS =
      Set.of(
          "application_name",
          "default_tablespace",
          "role",
          "search_path",
          "session_authorization",
          "temp_tablespaces",
          "timezone");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w$]*(\\.[A-Za-z_][\\w$]*)*");
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passwd|passphrase|secret|token|credential).*");

  private Keywords() {}

  /** Returns whether a setting can have this name. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns whether libpq or the server is known to have it; own settings have a dot. */
  static boolean isKnown(String name) {
    return OPTIONS.contains(name)
        || UNSUPPORTED.containsKey(name)
        || IGNORED.contains(name)
        || TEXT_SETTINGS.contains(name.toLowerCase(Locale.ROOT))
        || name.indexOf('.') > 0;
  }

  /** Returns whether the value of such a parameter is better not shown. */
  static boolean isSecret(String name) {
    return SECRET.matcher(name).matches();
  }

  /** Returns whether it only tunes what we cannot tune. */
  static boolean isIgnored(String name) {
    return IGNORED.contains(name);
  }

  /** Returns whether the driver below has nothing for it. */
  static boolean isUnsupported(String name) {
    return UNSUPPORTED.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** Returns the rest of a sentence that begins with the parameter, or null if it is harmless. */
  static @Nullable String refusal(String name, String value) {
    Set<String> harmless = UNSUPPORTED.getOrDefault(name.toLowerCase(Locale.ROOT), Set.of());
    if (value.isEmpty() || harmless.contains(value.toLowerCase(Locale.ROOT))) {
      return null;
    }
    if (name.equals("hostaddr")) {
      return "is not supported: give the address as the host";
    }
    return "is not supported by Howdah with this value: remove it"
        + (harmless.isEmpty() ? "" : " (harmless: " + String.join(", ", harmless) + ")");
  }

  /**
   * Refuses what is no server setting, for settings given one by one.
   *
   * @throws InvalidOption naming the setting, never its value
   */
  static void checkSetting(String name, String value) {
    if (!isName(name)) {
      throw new InvalidOption("'" + name + "' is no name a server setting can have");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean isOption = OPTIONS.contains(lower) && !lower.equals("options");
    if (isOption || isIgnored(lower)) {
      throw new InvalidOption(
          name
              + " is an option of the connection, not a setting of the server: use the option's own"
              + " method, or put it into the URL");
    }
    String refusal = isUnsupported(lower) ? refusal(lower, value) : null;
    if (refusal != null) {
      throw new InvalidOption(name + " " + refusal);
    }
    if (value.indexOf('\0') >= 0) {
      throw new InvalidOption("The value of setting " + name + " contains a NUL character");
    }
  }
}
