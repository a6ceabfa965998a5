package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.error.ServerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What docs/errors.md shows: catching by class, by code, and what a failure prints. */
final class Errors {
  private static final String INSERT = "INSERT INTO users VALUES ($1, $2)";

  private Errors() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.executeScript("CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL)").join();
      db.execute(INSERT, 1, "Anna").join();
      add(db, 1, "Anna");
      add(db, 2, null);
      System.out.println("added: " + addUnlessThere(db, 1, "Anna").join());
      try {
        db.fetch("SELECT *\nFROM users WHERE nmae = $1", "Anna").join();
      } catch (CompletionException failed) {
        if (failed.getCause() instanceof ServerException wrong) {
          System.out.println(wrong.getMessage());
        }
      }
    }
  }

  private static void add(Database db, int id, @Nullable String name) {
    // region catching
    try {
      db.execute("INSERT INTO users VALUES ($1, $2)", id, name).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof UniqueViolation taken) {
        System.out.println(taken.constraint() + ": " + taken.detail());
      } else if (failed.getCause() instanceof DatabaseException other && other.isOfClass("23")) {
        System.out.println("some other rule of the table: " + other.sqlState());
      } else {
        throw failed;
      }
    }
    // endregion
  }

  private static CompletableFuture<Boolean> addUnlessThere(Database db, int id, String name) {
    // region async
    CompletableFuture<Boolean> added =
        db.execute("INSERT INTO users VALUES ($1, $2)", id, name)
            .handle(
                (rows, failure) -> {
                  if (failure instanceof UniqueViolation) {
                    return false;
                  }
                  if (failure != null) {
                    throw new CompletionException(failure);
                  }
                  return true;
                });
    // endregion
    return added;
  }
}
