package dev.howdah.examples;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.DatabaseUrl;
import dev.howdah.config.HostPort;
import dev.howdah.config.Password;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The empty database an example plays in.
 *
 * @param url how to reach it, with the password in full
 */
public record ExampleDatabase(String url) {

  /** The options its URL gives. */
  public DatabaseOptions options() {
    return DatabaseOptions.of(url);
  }

  /** The same place by its parts: {@code host, port, user, password, database}. */
  public Map<String, Object> authParams() {
    DatabaseOptions resolved = options().resolve();
    HostPort server = resolved.hosts().get(0);
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("host", server.host());
    parts.put("port", server.port());
    parts.put("user", String.valueOf(resolved.user()));
    Password password = resolved.password();
    if (password != null) {
      parts.put("password", password.ask().toCompletableFuture().join());
    }
    parts.put("database", String.valueOf(resolved.database()));
    return parts;
  }

  /** Host and port, for a URL of one's own: {@code localhost:5432}. */
  public String address() {
    return options().resolve().hosts().get(0).toString();
  }

  /** The database's name. */
  public String name() {
    return String.valueOf(DatabaseUrl.parse(url).database());
  }

  /** The address; never the password. */
  @Override
  public String toString() {
    return DatabaseUrl.parse(url).toString();
  }
}
