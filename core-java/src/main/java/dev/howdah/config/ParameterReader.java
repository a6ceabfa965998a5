package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns one place's keywords into typed parts and puts them where the options have holes. */
final class ParameterReader {
  private static final System.Logger LOG = System.getLogger("dev.howdah");

  private final ParameterSource source;

  private ParameterReader(ParameterSource source) {
    this.source = source;
  }

  /** Returns the options with every hole filled that the place has something for. */
  static DatabaseOptions fill(DatabaseOptions options, ParameterSource source) {
    ParameterReader reader = new ParameterReader(source);
    return new DatabaseOptions(
        reader.target(options.target()),
        reader.settings(options.settingsGroup()),
        reader.tls(options.tls()),
        options.pool(),
        reader.timeouts(options.timeouts()),
        options.behaviour());
  }

  private Target target(Target given) {
    return new Target(
        given.servers().orElse(servers(given.servers())),
        hole(given.user(), () -> source.get("user")),
        hole(given.password(), this::password),
        hole(given.database(), this::database),
        hole(
            given.attributes(),
            () -> source.get("target_session_attrs", TargetSessionAttributes.class)),
        hole(given.service(), () -> source.get("service")),
        hole(given.serviceFile(), () -> path("servicefile")),
        hole(given.passwordFile(), () -> path("passfile")));
  }

  /**
   * Returns what is given, else what this place says. A value nobody needs may be wrong in the
   * environment, which others share, but not in the program's own URL.
   */
  private <T> @Nullable T hole(@Nullable T given, Supplier<? extends @Nullable T> said) {
    if (given != null && !source.isOurOwn()) {
      return given;
    }
    T value = said.get();
    return given == null ? value : given;
  }

  private @Nullable Password password() {
    String text = source.get("password");
    return text == null ? null : Password.of(text);
  }

  private @Nullable String database() {
    String name = source.get("dbname");
    return name == null ? source.get("database") : name;
  }

  private Servers servers(Servers given) {
    boolean hostsNeeded = given.hosts().isEmpty();
    boolean portsNeeded = !given.arePortsNamed();
    return new Servers(
        hostsNeeded || source.isOurOwn() ? hosts() : List.of(),
        portsNeeded || source.isOurOwn() ? ports() : List.of());
  }

  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    for (String entry : split("host")) {
      boolean bracketed = entry.startsWith("[") && entry.endsWith("]");
      String host = bracketed ? entry.substring(1, entry.length() - 1) : entry;
      String problem = HostPort.problemWith(host);
      if (problem != null) {
        throw source.refuse("host", HostPort.shown(host) + problem);
      }
      hosts.add(host);
    }
    return hosts;
  }

  private List<Integer> ports() {
    List<Integer> ports = new ArrayList<>();
    for (String text : split("port")) {
      int port = number(text);
      if (!HostPort.isPort(port)) {
        throw source.refuse("port", "is '" + text + "', but must be a number from 1 to 65535");
      }
      ports.add(port);
    }
    return ports;
  }

  private List<String> split(String keyword) {
    String text = source.get(keyword);
    return text == null ? List.of() : List.of(text.split(",", -1));
  }

  private TlsOptions tls(TlsOptions given) {
    SslMode mode = hole(given.givenMode(), this::sslMode);
    Path root = hole(given.rootCertificate(), () -> path("sslrootcert"));
    Path certificate = hole(given.certificate(), () -> path("sslcert"));
    Path key = hole(given.key(), () -> path("sslkey"));
    String keyPassword = hole(given.keyPassword(), () -> source.get("sslpassword"));
    SslNegotiation negotiation =
        hole(given.givenNegotiation(), () -> source.get("sslnegotiation", SslNegotiation.class));
    ChannelBinding binding =
        hole(
            given.givenChannelBinding(), () -> source.get("channel_binding", ChannelBinding.class));
    try {
      return new TlsOptions(mode, root, certificate, key, keyPassword, negotiation, binding);
    } catch (InvalidOption conflict) {
      // Our own words already; only the place is missing.
      throw source.refuse("sslmode", "leads to a conflict: " + conflict.getMessage());
    }
  }

  private @Nullable SslMode sslMode() {
    SslMode mode = source.get("sslmode", SslMode.class);
    String ssl = source.get("ssl");
    if (ssl != null && !ssl.equals("true")) {
      throw source.refuse("ssl", "can only be true, which means sslmode=require: use sslmode");
    }
    return mode == null && ssl != null ? SslMode.REQUIRE : mode;
  }

  private TimeoutOptions timeouts(TimeoutOptions given) {
    Duration connect = hole(given.givenConnect(), this::connectTimeout);
    return connect == null ? given : given.withConnect(connect);
  }

  private @Nullable Duration connectTimeout() {
    String text = source.get("connect_timeout");
    if (text == null) {
      return null;
    }
    int seconds = number(text);
    if (seconds < 1) {
      throw source.refuse(
          "connect_timeout",
          "is '"
              + text
              + "', but must be a number of seconds from 1 on: waiting for ever is not offered");
    }
    return Duration.ofSeconds(seconds);
  }

  /** Returns the number, or 0 if it is none that anything here could be. */
  private static int number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
  }

  private Settings settings(Settings given) {
    Settings filled = given.orElseFallbackName(source.get("fallback_application_name"));
    for (var entry : source.values().entrySet()) {
      String name = entry.getKey();
      if (Keywords.isIgnored(name)) {
        LOG.log(
            System.Logger.Level.WARNING, "{0} is not supported and left out", source.nameOf(name));
      } else if (Keywords.isUnsupported(name)) {
        String refusal = Keywords.refusal(name, entry.getValue());
        if (refusal != null) {
          throw source.refuse(name, refusal);
        }
      } else if (!Keywords.isName(name)) {
        throw source.refuse(name, "is no name of a parameter or setting");
      } else if (!Keywords.OPTIONS.contains(name)) {
        filled = filled.orElse(name, entry.getValue());
      }
    }
    String options = source.get("options");
    return options == null ? filled : filled.orElseOptions(options);
  }

  private @Nullable Path path(String keyword) {
    String text = source.get(keyword);
    try {
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException notOne) {
      throw source.refuse(keyword, "is no path of a file on this system");
    }
  }
}
