package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseUrl;
import dev.howdah.embedded.EmbeddedPostgres;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL the examples run on: one that was given, or an embedded one of our own.
 *
 * <p>Each example gets a database to itself, made for it and dropped after it, so nothing that
 * somebody keeps on a given server can be hit.
 */
final class Server implements AutoCloseable {
  private final String url;
  private final @Nullable EmbeddedPostgres embedded;
  private int databases;

  private Server(String url, @Nullable EmbeddedPostgres embedded) {
    this.url = url;
    this.embedded = embedded;
  }

  /** Connects, starting a server if no URL is given, and says how long it took. */
  static Server open(@Nullable String url) {
    long start = System.nanoTime();
    if (url != null) {
      String version = version(url);
      said(version + " at " + DatabaseUrl.parse(url), start);
      return new Server(url, null);
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.start();
    try {
      said(version(embedded.url()) + " (embedded)", start);
      return new Server(embedded.url(), embedded);
    } catch (RuntimeException failure) {
      embedded.close();
      throw failure;
    }
  }

  private static String version(String url) {
    try (Database db = Database.connect(url).join()) {
      String version = db.fetchOne(String.class, "SHOW server_version").join();
      return "PostgreSQL " + version.split(" ", 2)[0];
    }
  }

  private static void said(String server, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "Connected to %s in %.1f s%n", server, seconds);
  }

  /** Runs one example in a database of its own. */
  void run(Example example) throws Exception {
    String name = "howdah_examples_" + ProcessHandle.current().pid() + "_" + ++databases;
    try (Database admin = Database.connect(url).join()) {
      admin.execute("CREATE DATABASE " + name + " TEMPLATE template0").join();
      try {
        String own = DatabaseUrl.parse(url).withDatabase(name).toUriWithPassword();
        example.program().run(new ExampleDatabase(own));
      } finally {
        admin.execute("DROP DATABASE " + name + " WITH (FORCE)").join();
      }
    }
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
