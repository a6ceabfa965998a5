package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Fills the holes of options from the surroundings, in libpq's order: what the program said (its
 * options, then its URL) is there already; below it come the service file, the environment, the
 * defaults; and the password file for a password nobody gave.
 */
final class Resolution {
  private Resolution() {}

  static DatabaseOptions resolve(DatabaseOptions options, Environment environment) {
    DatabaseOptions filled = options;
    Target said = filled.target();
    String service = said.service() == null ? environment.get("PGSERVICE") : said.service();
    if (service != null) {
      filled =
          ParameterReader.fill(filled, ServiceFile.read(service, said.serviceFile(), environment));
    }
    filled = ParameterReader.fill(filled, ParameterSource.of(environment));
    Target target = withPassword(withNames(filled.target(), environment), environment);
    return new DatabaseOptions(
        target,
        filled.settingsGroup().named("howdah"),
        TlsFiles.found(settled(filled.tls()), environment),
        filled.pool(),
        filled.timeouts().withConnect(filled.timeouts().connect()),
        filled.behaviour());
  }

  private static TlsOptions settled(TlsOptions tls) {
    return tls.withMode(tls.mode())
        .withNegotiation(tls.negotiation())
        .withChannelBinding(tls.channelBinding());
  }

  private static Target withNames(Target target, Environment environment) {
    String user = target.user() == null ? environment.userName() : target.user();
    if (user.isEmpty()) {
      throw new InvalidOption(
          "No user is given, and the operating system has no name for the one who runs this: set"
              + " user, name it in the URL, or set PGUSER");
    }
    return target
        .withUser(user)
        .withDatabase(target.database() == null ? user : target.database())
        .withAttributes(
            target.attributes() == null ? TargetSessionAttributes.ANY : target.attributes())
        .withServers(Servers.of(target.servers().list()));
  }

  private static Target withPassword(Target target, Environment environment) {
    if (target.password() != null) {
      return target;
    }
    Path file =
        target.passwordFile() == null
            ? environment.file(".pgpass", "pgpass.conf")
            : target.passwordFile();
    String found =
        PasswordFile.find(
            file,
            target.servers().list(),
            Objects.requireNonNull(target.database()),
            Objects.requireNonNull(target.user()));
    return found == null ? target : target.withPassword(Password.of(found));
  }
}
