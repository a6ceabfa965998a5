package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;

/** A ping: {@code SELECT 1} with a password that has a {@code #} in it. */
final class Connecting {
  private static final String ROLE = "howdah_ping_" + ProcessHandle.current().pid();

  /** Raw in the URL: it ends at the last {@code @}, and {@code #} has no meaning of its own. */
  private static final String PASSWORD = "p@ss#1/&?";

  private Connecting() {}

  static void run(ExampleDatabase database) {
    try (Database admin = Database.connect(database.url()).join()) {
      admin.execute("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'").join();
      try {
        ping("URL", DatabaseOptions.of(byUrl(database)));
        ping("parts", byParts(database));
      } finally {
        admin.execute("DROP ROLE " + ROLE).join();
      }
    }
  }

  private static String byUrl(ExampleDatabase database) {
    return "postgresql://"
        + ROLE
        + ":"
        + PASSWORD
        + "@"
        + database.address()
        + "/"
        + database.name();
  }

  private static DatabaseOptions byParts(ExampleDatabase database) {
    return database.options().toBuilder().user(ROLE).password(PASSWORD).build();
  }

  private static void ping(String way, DatabaseOptions options) {
    try (Database db = Database.connect(options).join()) {
      System.out.println("Connected by " + way + " as " + options.user());
      System.out.println("SELECT 1: " + db.fetchOne(Integer.class, "SELECT 1").join());
    }
  }
}
