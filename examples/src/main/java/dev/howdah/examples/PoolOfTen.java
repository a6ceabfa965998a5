package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.List;

/** A pool of ten connections, and two look-ups at once on it. */
final class PoolOfTen {
  private PoolOfTen() {}

  static void run(ExampleDatabase database) {
    DatabaseOptions options =
        DatabaseOptions.builder().url(database.url()).pool(pool -> pool.withSize(10)).build();
    try (Database db = Database.connect(options).join()) {
      Users.fill(db);
      String sql = "SELECT user_id, first_name, last_name FROM users WHERE user_id = $1";
      List<Row> found = db.gather(List.of(Query.one(sql, 1), Query.one(sql, 2))).join();
      found.forEach(Users::print);
      System.out.println("Pool: " + db.status());
    }
  }
}
