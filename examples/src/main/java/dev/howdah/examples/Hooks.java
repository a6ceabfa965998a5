package dev.howdah.examples;

import dev.howdah.Connection;
import dev.howdah.ConnectionHooks;
import dev.howdah.Database;
import dev.howdah.PreparedQuery;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.PoolStatus;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What docs/pool.md shows: hooks, figures, reports, and connections that are replaced. */
final class Hooks {
  private Hooks() {}

  static void run(ExampleDatabase database) {
    String url = database.url();
    Statistics statistics = new Statistics();
    // region options
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(url)
            .pool(
                pool ->
                    pool.withSize(1, 10)
                        .withAcquireTimeout(Duration.ofSeconds(5))
                        .withLeakDetectionThreshold(Duration.ofMinutes(1)))
            .timeouts(timeouts -> timeouts.withQuery(Duration.ofSeconds(30)))
            .slowQueryThreshold(Duration.ofMillis(500))
            .listener(statistics)
            .build();
    // endregion
    // region hooks
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withInit(held -> held.execute("SELECT set_config('app.started', now()::text, false)"))
            .withSetup(held -> held.execute("SET app.tenant = 'north'"))
            .withReset(held -> held.execute("RESET app.tenant"));
    // endregion
    try (Database db = Database.connect(options, hooks).join()) {
      String tenant = db.fetchOne(String.class, "SHOW app.tenant").join();
      System.out.println("tenant: " + tenant);
      figures(db);
      prepared(db);
      db.expireConnections();
      System.out.println("alive: " + db.fetchOne(Integer.class, "SELECT 42").join());
      System.out.println("statements: " + statistics.count());
    }
  }

  private static void figures(Database db) {
    // region figures
    try (Connection held = db.acquire().join()) {
      held.execute("SELECT 'mine'").join();
      PoolStatus status = db.status(); // for gauges: size, idle, in use, waiting
      System.out.println(status);
      db.borrowedConnections().forEach(System.out::println); // the longest first
    }
    // endregion
  }

  private static void prepared(Database db) {
    // region prepared
    int sum =
        db.connection(
                held -> {
                  PreparedQuery<Integer> twice = held.prepare(Integer.class, "SELECT $1::int * 2");
                  return twice.fetchOne(1).thenCombine(twice.fetchOne(20), Integer::sum);
                })
            .join();
    // endregion
    System.out.println("prepared: " + sum);
  }

  // region listener
  /** Counts statements and the time they took. */
  static final class Statistics implements DatabaseListener {
    private final LongAdder statements = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      add(end);
    }

    @Override
    public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
      add(end);
    }

    private void add(QueryEnd end) { // on the network's thread: it must not block
      statements.increment();
      nanos.add(end.took().minus(end.waited()).toNanos());
    }

    long count() {
      return statements.sum();
    }
  }

  // endregion
}
