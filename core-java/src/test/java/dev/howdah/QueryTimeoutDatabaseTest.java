package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our own time limits: the database's default for every verb, and a query's own. */
@PostgresTest
class QueryTimeoutDatabaseTest {
  private static final String SLOW = "SELECT pg_sleep($1)";
  private static final Duration LIMIT = Duration.ofMillis(900);

  /** As long as a test runs. */
  private static final Duration AMPLE = Duration.ofMinutes(1);

  private static DatabaseOptions limited(DatabaseOptions options) {
    return options.withTimeouts(TimeoutOptions.defaults().withQuery(LIMIT));
  }

  private static void requireTimeout(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            QueryTimeout.class,
            timeout -> {
              assertThat(timeout.sqlState()).isEqualTo("57014");
              assertThat(timeout.sql()).startsWith("SELECT pg_sleep(");
              assertThat(timeout.nothingWasSent()).isFalse();
              assertThat(timeout.isRetryable()).isFalse();
            })
        .hasMessageContaining("900 ms");
  }

  private static void requireSameBackend(Queries handle, int pid) {
    assertThat(
            await(handle.run(Query.value(Integer.class, "SELECT pg_backend_pid()").timeout(AMPLE))))
        .contains(pid);
  }

  @TestFactory
  Stream<DynamicTest> theDefaultStopsEveryVerb(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db =
                          await(Database.connect(limited(Pools.options(server, 1))))) {
                        Optional<Integer> pid =
                            await(
                                db.run(
                                    Query.value(Integer.class, "SELECT pg_backend_pid()")
                                        .timeout(AMPLE)));
                        requireTimeout(Verb.failureOf(verb.on(db, SLOW, 600)));
                        requireSameBackend(db, pid.orElseThrow());
                        assertThat(backends.running("pg_sleep")).isZero();
                        Pools.requireAllBack(db);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theDefaultStopsEveryVerbOfAHeldConnection(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Verb.ofEveryHandle().stream()
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db =
                              await(Database.connect(limited(Pools.options(server, 1))));
                          Connection held = await(db.acquire())) {
                        int pid = backends.pids().get(0);
                        requireTimeout(Verb.failureOf(verb.on(held, SLOW, 600)));
                        requireSameBackend(held, pid);
                        assertThat(backends.running("pg_sleep")).isZero();
                      }
                    }));
  }

  /** A place in which a query value with a limit of its own can run. */
  private record Place(String name, Function<Database, CompletableFuture<?>> run) {}

  private static Stream<Place> places(Query<List<Row>> query) {
    return Stream.of(
        new Place("on the database", db -> db.run(query)),
        new Place("in a gather", db -> db.gather(List.of(query))),
        new Place("in a gather of outcomes", db -> db.gatherOutcomes(List.of(query))),
        new Place("on a connection", db -> db.connection(held -> held.run(query))),
        new Place("in a transaction", db -> db.transaction(tx -> tx.run(query))),
        new Place(
            "in a savepoint", db -> db.transaction(tx -> tx.transaction(in -> in.run(query)))));
  }

  @TestFactory
  Stream<DynamicTest> aQuerysOwnLimitStopsIt(TestDatabase server) {
    Backends backends = Backends.of(server);
    return places(Query.rows(SLOW, 600).timeout(LIMIT))
        .map(
            place ->
                backends.test(
                    place.name(),
                    () -> {
                      try (Database db = Pools.of(server, 1)) {
                        int pid = pid(db);
                        requireTimeout(Verb.failureOf(place.run().apply(db)));
                        assertThat(pid(db)).isEqualTo(pid);
                        assertThat(backends.running("pg_sleep")).isZero();
                        Pools.requireAllBack(db);
                      }
                    }));
  }

  @Test
  void aQuerysOwnLimitComesBeforeTheDefault(TestDatabase server) {
    try (Database db = await(Database.connect(limited(Pools.options(server, 1))))) {
      assertThat(
              await(
                  db.run(
                      Query.value(Integer.class, "SELECT 42 FROM pg_sleep(1.5)").timeout(AMPLE))))
          .contains(42);
    }
  }

  @Test
  void theLimitCoversWaitingForAConnection(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Query<Long> insert = Query.execute("INSERT INTO t VALUES ($1)", 1);
    try (Database db = Pools.of(server, 1)) {
      Connection held = await(db.acquire());
      QueryTimeout waiting = timeoutOf(db.run(insert.timeout(LIMIT)));
      Eventually.require("nobody waits", () -> db.status().waiting() == 0);
      held.close();
      assertThat(waiting).hasMessageContaining("900 ms");
      assertThat(waiting.nothingWasSent()).as("nothing was sent").isTrue();
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
      // Which part was slow: a wait for a connection does not read like a statement that ran.
      QueryTimeout running = timeoutOf(db.run(Query.execute(SLOW, 600).timeout(LIMIT)));
      assertThat(waiting.getMessage().replace(insert.verb(), ""))
          .isNotEqualTo(running.getMessage().replace(insert.verb(), ""));
    }
  }

  @Test
  void theLimitCoversOpeningAConnection(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = Database.open(server.url(proxy))) {
      proxy.pause();
      QueryTimeout timeout = timeoutOf(db.run(Query.execute("SELECT 1").timeout(LIMIT)));
      assertThat(timeout.nothingWasSent()).as("nothing was sent").isTrue();
      proxy.resume();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      Pools.requireAllBack(db);
    }
  }

  @Test
  void theLimitCoversTheQueueOfAHeldConnection(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      CompletableFuture<?> slow = held.execute(SLOW, 600);
      backends.requireRunning(1, "pg_sleep");
      QueryTimeout queued = timeoutOf(held.run(Query.execute("SELECT 1").timeout(LIMIT)));
      assertThat(queued.nothingWasSent()).as("nothing was sent").isTrue();
      assertThat(slow).isNotDone();
      slow.cancel(true);
      assertThat(await(held.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  /** A limit that ends in the very moment in which the answer comes. */
  @Test
  void aLimitThatEndsWithTheAnswerGivesOneOfTheTwo(TestDatabase server) {
    Random random = Seed.of("aLimitThatEndsWithTheAnswerGivesOneOfTheTwo");
    try (Database db = Pools.of(server, 1)) {
      for (int round = 0; round < 300; round++) {
        Query<Optional<Integer>> query =
            Query.value(
                    Integer.class,
                    "SELECT $1::int FROM pg_sleep($2)",
                    round,
                    random.nextInt(3) / 1e3)
                .timeout(Duration.ofMillis(1 + random.nextInt(4)));
        try {
          assertThat(await(db.run(query))).contains(round);
        } catch (QueryTimeout inTime) {
          assertThat(inTime).hasMessageContaining("fetchValue");
        }
        assertThat(await(db.fetchValue(Integer.class, "SELECT $1::int", -round))).contains(-round);
      }
      Pools.requireAllBack(db);
    }
  }

  @Test
  void aGathersQueriesHaveTheirLimitsOneByOne(TestDatabase server) {
    try (Database db = Pools.of(server, 2)) {
      List<Query<Optional<Integer>>> queries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Query<Optional<Integer>> query =
            Query.value(Integer.class, "SELECT $1::int FROM pg_sleep($2)", i, i % 5 == 0 ? 600 : 0);
        queries.add(i % 5 == 0 ? query.timeout(Duration.ofMillis(50)) : query);
      }
      var outcomes = await(db.<Optional<Integer>>gatherOutcomes(queries));
      for (int i = 0; i < 20; i++) {
        if (i % 5 == 0) {
          assertThat(outcomes.get(i).failure()).get().isInstanceOf(QueryTimeout.class);
        } else {
          assertThat(outcomes.get(i).value()).contains(i);
        }
      }
      Pools.requireAllBack(db);
    }
  }

  /** Waiting for a connection has a limit of its own; in the instant of its end nothing is lost. */
  @Test
  void anAcquireThatTimesOutInTheInstantOfDeliveryLosesNothing(TestDatabase server) {
    Random random = Seed.of("anAcquireThatTimesOutInTheInstantOfDeliveryLosesNothing");
    DatabaseOptions options =
        DatabaseOptions.of(server.url())
            .withPool(PoolOptions.defaults().withSize(1).withAcquireTimeout(Duration.ofMillis(10)));
    int late = 0;
    try (Database db = await(Database.connect(options))) {
      for (int round = 0; round < 200; round++) {
        Connection held = acquirePatiently(db);
        CompletableFuture<Optional<Integer>> waiting =
            db.fetchValue(Integer.class, "SELECT $1::int", round);
        Seed.moment(random, 14_000);
        held.close();
        try {
          assertThat(await(waiting)).contains(round);
        } catch (PoolTimeout timedOut) {
          late++;
        }
        Pools.requireAllBack(db);
      }
      assertThat(db.status().size()).isEqualTo(1);
    }
    System.out.println("anAcquireThatTimesOut…LosesNothing: " + late + " of 200 timed out");
  }

  /** Though a busy machine may need longer than the ten milliseconds for a free connection. */
  private static Connection acquirePatiently(Database db) {
    for (int tries = 0; ; tries++) {
      try {
        return await(db.acquire());
      } catch (PoolTimeout busyMachine) {
        assertThat(tries).as("tries for a free connection").isLessThan(1_000);
      }
    }
  }

  private static QueryTimeout timeoutOf(CompletableFuture<?> call) {
    Throwable failure = Verb.failureOf(call);
    assertThat(failure).isInstanceOf(QueryTimeout.class);
    return (QueryTimeout) failure;
  }

  @Test
  void aLimitOfNothingIsRefusedAtTheCall() {
    Query<Long> query = Query.execute("SELECT 1");
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1))) {
      assertThatThrownBy(() -> query.timeout(wrong))
          .isInstanceOf(dev.howdah.error.ClientException.WrongArguments.class)
          .hasMessageContaining("timeout");
    }
    assertThatThrownBy(() -> query.timeout(null)).isInstanceOf(RuntimeException.class);
  }
}
