package dev.howdah.internal.driver;

import dev.howdah.config.ChannelBinding;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.HostPort;
import dev.howdah.config.Password;
import dev.howdah.config.SslNegotiation;
import dev.howdah.config.TargetSessionAttributes;
import dev.howdah.config.TlsOptions;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.internal.type.Codecs;
import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.postgresql.client.SSLNegotiation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * Our options → the driver's builder, each of the driver's own defaults replaced on purpose.
 *
 * <p>Never its URL: its decoder turns {@code +} into a space and cuts a password at a {@code #}.
 */
final class R2dbcOptions {
  private R2dbcOptions() {}

  static PostgresqlConnectionConfiguration of(DatabaseOptions options, LoopResources loops) {
    ValueCodec values = new ValueCodec(Codecs.of(options.codecs()));
    PostgresqlConnectionConfiguration.Builder builder =
        PostgresqlConnectionConfiguration.builder()
            .applicationName("howdah")
            .username(Objects.requireNonNull(options.user()))
            .database(options.database())
            .connectTimeout(options.timeouts().connect())
            .preparedStatementCacheQueries(options.poolerMode() ? 0 : options.statementCacheSize())
            .autodetectExtensions(false)
            .codecRegistrar(
                (connection, allocator, registry) ->
                    Mono.fromRunnable(() -> registry.addFirst(values)))
            .tcpKeepAlive(true)
            .tcpNoDelay(true)
            .loopResources(loops);
    hosts(builder, options);
    settings(builder, options);
    tls(builder, options.tls());
    Password password = options.password();
    if (password != null) {
      builder.password(Mono.fromCompletionStage(password::ask).cast(CharSequence.class));
    }
    return builder.build();
  }

  private static void hosts(
      PostgresqlConnectionConfiguration.Builder builder, DatabaseOptions options) {
    List<HostPort> hosts = options.hosts();
    boolean anyServer = options.targetSessionAttributes() == TargetSessionAttributes.ANY;
    if (hosts.size() == 1 && anyServer) {
      HostPort only = hosts.get(0);
      if (only.isSocket()) {
        builder.socket(only.socketPath());
      } else {
        builder.host(only.host()).port(only.port());
      }
      return;
    }
    for (HostPort host : hosts) {
      builder.addHost(host.host(), host.port());
    }
    builder.targetServerType(targetServer(options.targetSessionAttributes()));
  }

  /** The driver tells servers apart by {@code transaction_read_only} alone. */
  private static TargetServerType targetServer(TargetSessionAttributes wanted) {
    return switch (wanted) {
      case ANY -> TargetServerType.ANY;
      case READ_WRITE, PRIMARY -> TargetServerType.PRIMARY;
      case READ_ONLY, STANDBY -> TargetServerType.SECONDARY;
      case PREFER_STANDBY -> TargetServerType.PREFER_SECONDARY;
    };
  }

  private static void settings(
      PostgresqlConnectionConfiguration.Builder builder, DatabaseOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (!options.poolerMode()) {
      // Poolers refuse settings they do not track; intervals are read in either style.
      settings.put("IntervalStyle", "iso_8601");
    }
    for (Map.Entry<String, String> setting : options.settings().entrySet()) {
      switch (setting.getKey()) {
        case "application_name" -> builder.applicationName(setting.getValue());
        // The driver always sends one; twice would leave the choice to the server.
        case "TimeZone", "timezone" -> builder.timeZone(setting.getValue());
        default -> settings.put(setting.getKey(), setting.getValue());
      }
    }
    builder.options(settings);
  }

  private static void tls(PostgresqlConnectionConfiguration.Builder builder, TlsOptions tls) {
    if (tls.channelBinding() == ChannelBinding.REQUIRE) {
      // It is used where the server offers it, but its absence goes unnoticed.
      throw new InvalidOption(
          "channel_binding=require cannot be enforced by the driver; use prefer, and"
              + " sslmode=verify-full to be sure of the server");
    }
    builder.sslMode(SSLMode.fromValue(tls.effectiveMode().label()));
    if (tls.negotiation() == SslNegotiation.DIRECT) {
      builder.sslNegotiation(SSLNegotiation.DIRECT);
    }
    if (!tls.usesSystemRoots()) {
      file(tls.rootCertificate(), builder::sslRootCert);
    }
    file(tls.certificate(), builder::sslCert);
    file(tls.key(), builder::sslKey);
    String keyPassword = tls.keyPassword();
    if (keyPassword != null) {
      builder.sslPassword(keyPassword);
    }
  }

  private static void file(@Nullable Path path, Consumer<String> option) {
    if (path != null) {
      option.accept(path.toString());
    }
  }
}
