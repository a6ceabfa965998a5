package dev.howdah.examples;

import dev.howdah.Database;

/** A transaction that commits: both changes or none, and the answer comes after COMMIT. */
final class Commit {
  private Commit() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      Users.fill(db);
      long changed =
          db.transaction(
                  tx ->
                      tx.execute("INSERT INTO users VALUES (DEFAULT, $1, $2)", "Jane", "Roe")
                          .thenCompose(
                              inserted ->
                                  tx.execute(
                                          "UPDATE users SET last_name = $1 WHERE user_id = $2",
                                          "Novak",
                                          2)
                                      .thenApply(updated -> inserted + updated)))
              .join();
      System.out.println("Committed: " + changed + " rows changed");
      db.fetch("SELECT * FROM users ORDER BY user_id").join().forEach(Users::print);
    }
  }
}
