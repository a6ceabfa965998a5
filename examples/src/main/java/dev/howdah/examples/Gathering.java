package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.Query;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** A thousand look-ups in one call: a few statements, over all connections of the pool. */
final class Gathering {
  private static final int LOOK_UPS = 1_000;
  private static final String BY_ID = "SELECT balance FROM accounts WHERE id = $1";

  private Gathering() {}

  // region statements
  /** Counts what was really sent: of a statement that answered ten calls each call is a tenth. */
  static final class Statements implements DatabaseListener {
    private final DoubleAdder sent = new DoubleAdder();

    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      sent.add(1.0 / end.members());
    }

    long takeCount() {
      return Math.round(sent.sumThenReset());
    }
  }

  // endregion

  static void run(ExampleDatabase database) {
    Statements statements = new Statements();
    DatabaseOptions options = DatabaseOptions.of(database.url()).withListener(statements);
    try (Database db = Database.connect(options).join()) {
      db.executeScript(
              """
              CREATE TABLE accounts (id integer PRIMARY KEY, balance numeric NOT NULL);
              INSERT INTO accounts SELECT n, n * 10 FROM generate_series(1, 1000) n""")
          .join();
      List<Query<Integer>> queries =
          IntStream.rangeClosed(1, LOOK_UPS)
              .mapToObj(id -> Query.one(Integer.class, BY_ID, id))
              .toList();
      statements.takeCount();
      time("gather, connecting first", statements, () -> gather(db, queries));
      time("gather", statements, () -> gather(db, queries));
      time("one after the other", statements, () -> oneAfterTheOther(db, queries));
    }
  }

  private static long gather(Database db, List<Query<Integer>> queries) {
    return db.gather(queries).join().stream().mapToLong(Integer::longValue).sum();
  }

  private static long oneAfterTheOther(Database db, List<Query<Integer>> queries) {
    return queries.stream().mapToLong(query -> db.run(query).join()).sum();
  }

  /** Prints how long it took, and how many statements it was. */
  private static void time(String name, Statements statements, LongSupplier work) {
    long start = System.nanoTime();
    long sum = work.getAsLong();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d look-ups in %.0f ms, %,d statements (balances: %,d)%n",
        name,
        LOOK_UPS,
        (System.nanoTime() - start) / 1e6,
        statements.takeCount(),
        sum);
  }
}
