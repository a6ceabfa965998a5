package dev.howdah.examples;

import dev.howdah.Connection;
import dev.howdah.Database;
import dev.howdah.Listening;
import dev.howdah.config.ExplainOptions;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** What docs/listen.md shows: notifications, notices, what the server says of itself. */
final class Listen {
  private Listen() {}

  static void run(ExampleDatabase database) throws InterruptedException {
    try (Database db = Database.connect(database.url()).join()) {
      db.execute("CREATE TABLE orders (id bigint PRIMARY KEY, state text)").join();
      listen(db);
      gaps(db);
      notices(db);
      server(db);
    }
  }

  private static void listen(Database db) throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(2);
    // region listen
    Listening listening =
        db.listen(
                "orders",
                notification -> {
                  System.out.println("heard: " + notification.payload());
                  heard.countDown();
                })
            .join(); // whatever is sent from now on arrives

    db.notify("orders", "one").join();
    db.transaction(
            tx ->
                tx.execute("INSERT INTO orders VALUES (2, 'new')")
                    .thenCompose(n -> tx.notify("orders", "two"))) // goes out with the COMMIT
        .join();
    // endregion
    heard.await();
    // region close
    listening.close();
    // endregion
  }

  private static void gaps(Database db) {
    Map<Long, String> states = new ConcurrentHashMap<>();
    // region gap
    Listening listening =
        db.listen("orders")
            .bufferSize(10_000)
            .onGap(gap -> load(db, states)) // something may be missing: read it anew
            .start(notification -> load(db, states, notification.payload()))
            .join();
    load(db, states); // once it listens, so that nothing falls in between
    // endregion
    System.out.println("states: " + states);
    listening.close();
  }

  private static void load(Database db, Map<Long, String> states) {
    db.fetch("SELECT id, state FROM orders")
        .join()
        .forEach(row -> states.put(row.get("id", Long.class), row.get("state", String.class)));
  }

  private static void load(Database db, Map<Long, String> states, String id) {
    db.fetchValue(String.class, "SELECT state FROM orders WHERE id = $1::bigint", id)
        .join()
        .ifPresent(state -> states.put(Long.valueOf(id), state));
  }

  private static void notices(Database db) {
    // region notices
    String careful = "CREATE TABLE IF NOT EXISTS orders (id bigint)";
    db.run(Query.execute(careful).onNotice(n -> System.out.println("said: " + n.message()))).join();

    try (Connection connection = db.acquire().join()) {
      connection.onNotice(notice -> System.out.println(notice.severity()));
      connection
          .executeScript("DROP TABLE IF EXISTS no_such_table; DROP VIEW IF EXISTS none")
          .join();
    }
    // endregion
  }

  private static void server(Database db) {
    // region server
    ServerVersion version = db.serverVersion().join(); // version.isAtLeast(15)
    String zone = db.serverSettings().join().get("TimeZone");

    String plan = db.explain("SELECT * FROM orders WHERE id = $1", 2).join();
    String measured =
        db.explain(ExplainOptions.analyzing(), "DELETE FROM orders").join(); // rolled back
    // endregion
    System.out.println("version " + version.major() + ", " + zone);
    System.out.println(List.of(plan.lines().findFirst().orElseThrow()));
    System.out.println("measured: " + measured.contains("actual"));
    System.out.println("left: " + db.fetchOne(Long.class, "SELECT count(*) FROM orders").join());
  }
}
