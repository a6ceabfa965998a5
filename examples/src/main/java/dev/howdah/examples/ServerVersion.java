package dev.howdah.examples;

import dev.howdah.Database;

/** Connects and asks the server who it is. */
final class ServerVersion {
  private ServerVersion() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      String version = db.fetchOne(String.class, "SHOW server_version").join();
      System.out.println("Connected! Postgres version is " + version);
    }
  }
}
