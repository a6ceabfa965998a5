package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A thousand look-ups in one call, over all connections of the pool. */
final class Gathering {
  private static final int LOOK_UPS = 1_000;
  private static final String BY_ID = "SELECT balance FROM accounts WHERE id = $1";

  private Gathering() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.executeScript(
              """
              CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric NOT NULL);
              INSERT INTO accounts SELECT n, n * 10 FROM generate_series(1, 1000) n""")
          .join();
      List<Query<Integer>> queries =
          IntStream.rangeClosed(1, LOOK_UPS)
              .mapToObj(id -> Query.one(Integer.class, BY_ID, id))
              .toList();
      time("gather, connecting first", db, () -> gather(db, queries));
      time("gather", db, () -> gather(db, queries));
      time("one after the other", null, () -> oneAfterTheOther(db, queries));
    }
  }

  private static long gather(Database db, List<Query<Integer>> queries) {
    return db.gather(queries).join().stream().mapToLong(Integer::longValue).sum();
  }

  private static long oneAfterTheOther(Database db, List<Query<Integer>> queries) {
    return queries.stream().mapToLong(query -> db.run(query).join()).sum();
  }

  /** Prints how long it took, and over how many connections if it used them all. */
  private static void time(String name, @Nullable Database all, LongSupplier work) {
    long start = System.nanoTime();
    long sum = work.getAsLong();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d look-ups in %.0f ms%s (balances: %,d)%n",
        name,
        LOOK_UPS,
        (System.nanoTime() - start) / 1e6,
        all == null ? "" : " over " + all.status().size() + " connections",
        sum);
  }
}
