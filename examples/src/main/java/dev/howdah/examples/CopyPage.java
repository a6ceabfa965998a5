package dev.howdah.examples;

import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.where;

import dev.howdah.Database;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;

/** What docs/copy.md shows: compiled, not run. */
final class CopyPage {
  private CopyPage() {}

  /** A row of the page. */
  record User(long userId, String name, int age) {}

  static long records(Database db, Iterable<User> users) {
    // region records
    long rows = db.copyIn("users", users).join(); // record User(long userId, String name, int age)
    // endregion
    return rows;
  }

  static void columns(Database db, Iterable<List<Object>> lists) {
    // region columns
    CopyRecords copy =
        CopyRecords.into("users")
            .columns("user_id", "name")
            .where(where("user_id", atLeast(1000)))
            .timeout(Duration.ofMinutes(5))
            .onProgress(progress -> System.out.println(progress.rows() + " rows"));
    db.copyIn(copy, lists).join();
    // endregion
  }

  static void bytes(Database db) {
    // region bytes
    db.copyIn(CopyIn.csv("users").header().delimiter(';'), Path.of("users.csv")).join();
    // endregion
  }

  static void out(Database db) {
    // region out
    Query<?> adults = Query.rows("SELECT * FROM users WHERE age >= $1", 18);
    db.copyOut(CopyOut.csv(adults).header(), Path.of("adults.csv")).join();
    // endregion
  }

  static Flow.Publisher<ByteBuffer> stream(Database db) {
    // region stream
    Flow.Publisher<ByteBuffer> bytes = db.copyOut(CopyOut.binary("users"));
    // endregion
    return bytes;
  }
}
