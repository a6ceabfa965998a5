package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.DatabaseManager;
import dev.howdah.config.ManagerOptions;
import dev.howdah.embedded.EmbeddedPostgres;
import dev.howdah.query.Query;
import dev.howdah.schema.Column;
import java.util.List;

/** README's first program: a server, a table, two records, two look-ups at once. */
public final class First {
  private First() {}

  // region first
  record User(long id, String name) {}

  public static void main(String[] args) {
    try (var server = EmbeddedPostgres.start();
        var db = Database.connect(server.url()).join()) {
      var tables = DatabaseManager.of(db, ManagerOptions.of("deletion password"));
      tables.createTable("users", Column.bigint("id").primaryKey(), Column.text("name")).join();
      tables.insert("users", List.of(new User(1, "Anna"), new User(2, "Boris"))).join();
      var sql = "SELECT * FROM users WHERE id = $1";
      var both = List.of(Query.one(User.class, sql, 1), Query.one(User.class, sql, 2));
      db.gather(both).join().forEach(user -> System.out.println(user.name()));
      System.out.println(db.fetchOne(Long.class, "SELECT count(*) FROM users").join() + " users");
    }
  }
  // endregion
}
