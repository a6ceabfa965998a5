package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The main job: values, rows, records of one's own, many at once, all or nothing. */
final class QueryVerbs {
  private QueryVerbs() {}

  // region record
  record User(long userId, String name, int age) {}

  // endregion

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.executeScript(
              """
              CREATE TABLE users (user_id bigint PRIMARY KEY, name text NOT NULL, age int NOT NULL);
              INSERT INTO users VALUES (1, 'Anna', 17), (2, 'Boris', 30), (3, 'Clara', 46)""")
          .join();
      mainJob(db);
    }
  }

  private static void mainJob(Database db) {
    // region main-job
    // one value, one row, many rows as your own type, a change
    long count = db.fetchValue(Long.class, "SELECT count(*) FROM users").join().orElseThrow();
    String byId = "SELECT * FROM users WHERE user_id = $1";
    Optional<User> anna = db.fetchRow(User.class, byId, 1).join();
    String grown = "SELECT * FROM users WHERE age >= :age";
    List<User> adults = db.fetch(User.class, grown, Map.of("age", 18)).join();
    long changed = db.execute("UPDATE users SET age = age + 1 WHERE user_id = $1", 1).join();

    // many at once: values first, then one wait
    List<Query<User>> lookUps =
        Stream.of(1, 2, 3).map(id -> Query.one(User.class, byId, id)).toList();
    List<User> everybody = db.gather(lookUps).join();

    // all or nothing: the result arrives after COMMIT
    User renamed =
        db.transaction(
                tx ->
                    tx.execute("UPDATE users SET name = $1 WHERE user_id = $2", "Bob", 2)
                        .thenCompose(n -> tx.fetchOne(User.class, byId, 2)))
            .join();

    // row by row, as many as there are, in constant memory
    String inOrder = "SELECT * FROM users ORDER BY user_id";
    db.stream(User.class, inOrder).forEach(user -> System.out.println(user.name())).join();
    // endregion
    System.out.println("count: " + count);
    System.out.println("row: " + anna.orElseThrow());
    System.out.println("adults: " + adults);
    System.out.println("changed: " + changed);
    System.out.println("gather: " + everybody);
    System.out.println("transaction: " + renamed);
  }
}
