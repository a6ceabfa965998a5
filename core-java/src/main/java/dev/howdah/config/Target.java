package dev.howdah.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection goes and as whom, as far as somebody said so; null is a hole.
 *
 * @param service the section of the service file to take what is missing from
 * @param serviceFile that file, when it is not the usual one
 * @param passwordFile the password file, when it is not the usual one
 */
record Target(
    Servers servers,
    @Nullable String user,
    @Nullable Password password,
    @Nullable String database,
    @Nullable TargetSessionAttributes attributes,
    @Nullable String service,
    @Nullable Path serviceFile,
    @Nullable Path passwordFile) {

  static final Target UNKNOWN =
      new Target(Servers.UNKNOWN, null, null, null, null, null, null, null);

  Target withServers(Servers servers) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withUser(@Nullable String user) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withPassword(@Nullable Password password) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withDatabase(@Nullable String database) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withAttributes(TargetSessionAttributes attributes) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withService(@Nullable String service, @Nullable Path serviceFile) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }

  Target withPasswordFile(@Nullable Path passwordFile) {
    return new Target(
        servers, user, password, database, attributes, service, serviceFile, passwordFile);
  }
}
