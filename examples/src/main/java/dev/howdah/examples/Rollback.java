package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import java.util.concurrent.CompletionException;

/** A transaction that meets a duplicate key: everything it did is undone. */
final class Rollback {
  private Rollback() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      Users.fill(db);
      try {
        db.transaction(
                tx ->
                    tx.execute("DELETE FROM users WHERE user_id = $1", 2)
                        .thenCompose(
                            deleted ->
                                tx.execute(
                                    "INSERT INTO users VALUES ($1, $2, $3)",
                                    1,
                                    "tomas",
                                    "svojanovsky")))
            .join();
      } catch (CompletionException failure) {
        if (!(failure.getCause() instanceof UniqueViolation duplicate)) {
          throw failure;
        }
        System.out.println(duplicate.getMessage());
      }
      System.out.println("Rolled back, and nothing has changed:");
      db.fetch("SELECT * FROM users ORDER BY user_id").join().forEach(Users::print);
    }
  }
}
