package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.row.Row;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Two queries at once on one connection: they run one after the other, in the order of the calls.
 */
final class OneConnection {
  private static final String QUERY =
      "SELECT user_id, first_name, last_name, pg_backend_pid() AS server_process FROM users";

  private OneConnection() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      Users.fill(db);
      db.connection(
              connection -> {
                CompletableFuture<List<Row>> first = connection.fetch(QUERY);
                CompletableFuture<List<Row>> second = connection.fetch(QUERY);
                return first.thenAcceptBoth(second, OneConnection::print);
              })
          .join();
    }
  }

  private static void print(List<Row> first, List<Row> second) {
    first.forEach(Users::print);
    second.forEach(Users::print);
    boolean same =
        Objects.equals(first.get(0).get("server_process"), second.get(0).get("server_process"));
    System.out.println(
        "Both were answered"
            + (same ? " by one connection" : "")
            + ", one after the other: calls on a connection queue up, they never mix or fail.");
  }
}
