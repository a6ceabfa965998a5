package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.row.Row;

/** A table, two inserts, the rows. */
final class Users {
  private Users() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      fill(db);
      for (Row row : db.fetch("SELECT user_id, first_name, last_name FROM users").join()) {
        print(row);
      }
    }
  }

  /** The table that the examples after this one look into. */
  static void fill(Database db) {
    db.executeScript(
            """
            CREATE TABLE users (
                user_id SERIAL PRIMARY KEY,
                first_name TEXT NOT NULL,
                last_name TEXT NOT NULL
            )""")
        .join();
    db.execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "Tomas", "Svojanovsky").join();
    db.execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "John", "Doe").join();
  }

  static void print(Row row) {
    System.out.println(
        row.get("user_id") + " " + row.get("first_name") + " " + row.get("last_name"));
  }
}
