package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls stopped at random instants, ten thousand of them, on a pool of four. */
@PostgresTest
class StormDatabaseTest {
  private static final int CONNECTIONS = 4;
  private static final int THREADS = 4;

  /** {@code -Dhowdah.test.cancellations=…} for a longer one. */
  private static final int CANCELLATIONS = Integer.getInteger("howdah.test.cancellations", 10_000);

  @Test
  void tenThousandStopsLoseNothing(TestDatabase server) {
    Random random = Seed.of("tenThousandStopsLoseNothing");
    Backends backends = Backends.of(server);
    server.sql(Storm.TABLES);
    try (Database db = Pools.of(server, CONNECTIONS)) {
      long start = System.nanoTime();
      Storm storm = rage(db, random, CANCELLATIONS);
      double seconds = (System.nanoTime() - start) / 1e9;
      Eventually.holds(Duration.ofSeconds(10), () -> db.status().inUse() == 0);
      Eventually.holds(Duration.ofSeconds(10), () -> backends.busy() == 0);
      int leaked = db.status().inUse() + db.status().waiting();
      int running = backends.busy();
      System.out.printf(
          Locale.ROOT,
          "tenThousandStopsLoseNothing: %d cancellations in %.1f s (and %d answers), leaked %d,"
              + " wrong answers %d, left running %d%n",
          storm.stopped.get(),
          seconds,
          storm.answered.get(),
          leaked,
          storm.wrong.get(),
          running);

      assertThat(storm.unexpected()).isEmpty();
      assertThat(storm.stopped.get()).isGreaterThanOrEqualTo(CANCELLATIONS);
      assertThat(storm.answered.get()).isPositive();
      assertThat(storm.wrong.get()).isZero();
      assertThat(leaked).isZero();
      assertThat(running).isZero();
      assertThat(backends.advisoryLocks()).isZero();
      assertThat(db.status().size()).isLessThanOrEqualTo(CONNECTIONS);
      requireNoSettingLeft(db);
      requireAllOrNothing(server, storm);
      requireRightAnswers(db);
    }
  }

  /** Requests to cancel that are on their way for longer than most statements. */
  @Test
  void aSlowNetworkDoesNotMixUpCancelRequestsAndStatements(TestDatabase server) {
    Random random = Seed.of("aSlowNetworkDoesNotMixUpCancelRequestsAndStatements");
    Backends backends = Backends.of(server);
    server.sql(Storm.TABLES);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, CONNECTIONS)))) {
      proxy.latency(Duration.ofMillis(2));
      Storm storm = rage(db, random, 1_000);
      Pools.requireAllBack(db);
      backends.requireNothingLeft();
      assertThat(storm.unexpected()).isEmpty();
      assertThat(storm.wrong.get()).isZero();
      requireAllOrNothing(server, storm);
    }
  }

  private static Storm rage(Database db, Random random, int goal) {
    Storm storm = new Storm(db, goal);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, THREADS)
                  .mapToObj(
                      thread -> {
                        Random own = new Random(random.nextLong());
                        return CompletableFuture.runAsync(() -> storm.rage(own), threads);
                      })
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
    return storm;
  }

  /** On each of the connections, since all are held at once. */
  private static void requireNoSettingLeft(Database db) {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(await(db.acquire()));
    }
    for (Connection held : all) {
      assertThat(await(held.fetchValue(String.class, "SHOW statement_timeout"))).contains("0");
      held.close();
    }
  }

  /** A transaction or script put in both of its rows or none, and none that was promised lacks. */
  private static void requireAllOrNothing(TestDatabase server, Storm storm) {
    assertThat(server.query("SELECT number FROM pairs GROUP BY number HAVING count(*) <> 2"))
        .isEmpty();
    assertThat(server.query("SELECT DISTINCT number FROM pairs").stream().map(row -> row.get(0)))
        .containsAll(storm.committed());
  }

  private static void requireRightAnswers(Database db) {
    List<Query<Optional<Integer>>> queries =
        IntStream.range(0, 1_000)
            .mapToObj(i -> Query.value(Integer.class, "SELECT $1::int", i))
            .toList();
    assertThat(await(db.<Optional<Integer>>gather(queries)))
        .isEqualTo(IntStream.range(0, 1_000).mapToObj(Optional::of).toList());
    for (int i = 0; i < 1_000; i++) {
      assertThat(await(db.fetchValue(Integer.class, "SELECT $1::int", i))).contains(i);
    }
  }
}
