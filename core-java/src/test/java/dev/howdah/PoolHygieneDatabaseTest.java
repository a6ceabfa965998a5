package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.Password;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.AuthenticationFailure.InvalidPassword;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.UndefinedDatabase;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who gets which connection, and for how long connections live. */
@PostgresTest
class PoolHygieneDatabaseTest {
  private static Database connect(TestDatabase server, UnaryOperator<PoolOptions> pool) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url()).withPool(pool.apply(PoolOptions.defaults()))));
  }

  /** As many at once as there are queries, so that every connection of the pool is opened. */
  private static List<Integer> openAll(Database db, int count) {
    List<Connection> all = new ArrayList<>();
    for (CompletableFuture<Connection> one : Stream.generate(db::acquire).limit(count).toList()) {
      all.add(await(one));
    }
    List<Integer> pids = all.stream().map(Pools::pid).toList();
    all.forEach(Connection::close);
    return pids;
  }

  @Test
  void callersAreServedInTheOrderInWhichTheyCame(TestDatabase server) {
    server.sql("CREATE SEQUENCE turn");
    try (Database db = Pools.of(server, 1)) {
      Connection held = await(db.acquire());
      List<CompletableFuture<Optional<Integer>>> callers =
          Stream.generate(() -> db.fetchValue(Integer.class, "SELECT nextval('turn')"))
              .limit(500)
              .toList();
      Eventually.require("all wait", () -> db.status().waiting() == 500);
      held.close();
      for (int i = 0; i < 500; i++) {
        assertThat(await(callers.get(i))).contains(i + 1);
      }
      assertThat(db.status().size()).isEqualTo(1);
    }
  }

  @Test
  void holdersAndCallersShareOneQueue(TestDatabase server) {
    server.sql("CREATE SEQUENCE turn");
    Function<Queries, CompletableFuture<Optional<Integer>>> turn =
        on -> on.fetchValue(Integer.class, "SELECT nextval('turn')");
    try (Database db = Pools.of(server, 1)) {
      Connection held = await(db.acquire());
      List<CompletableFuture<Optional<Integer>>> callers =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      switch (i % 4) {
                        case 0 -> turn.apply(db);
                        case 1 -> db.transaction(turn::apply);
                        case 2 -> db.connection(turn::apply);
                        default ->
                            db.acquire()
                                .thenCompose(
                                    one ->
                                        turn.apply(one).whenComplete((n, f) -> one.closeAsync()));
                      })
              .toList();
      Eventually.require("all wait", () -> db.status().waiting() == 200);
      held.close();
      for (int i = 0; i < 200; i++) {
        assertThat(await(callers.get(i))).contains(i + 1);
      }
    }
  }

  /** By the pool's own count: a server process lives on for a moment when its socket is closed. */
  @Test
  void thereAreNeverMoreConnectionsThanAllowed(TestDatabase server) {
    try (Database db = connect(server, pool -> pool.withSize(0, 3).withMaxUses(7))) {
      List<CompletableFuture<Integer>> calls =
          Stream.generate(
                  () ->
                      db.fetchValue(Integer.class, "SELECT 42")
                          .thenApply(answer -> db.status().size()))
              .limit(400)
              .toList();
      for (int i = 0; i < calls.size(); i += 7) {
        calls.get(i).cancel(true);
      }
      for (CompletableFuture<Integer> call : calls) {
        if (!call.isCancelled()) {
          assertThat(await(call)).isBetween(1, 3);
        }
      }
      Eventually.require("no more than three are left", () -> server.connections() <= 3);
      Pools.requireAllBack(db);
      assertThat(db.status().size()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void theConnectionUsedLastIsUsedNext(TestDatabase server) {
    try (Database db = connect(server, pool -> pool.withSize(0, 4))) {
      assertThat(openAll(db, 4)).doesNotHaveDuplicates();
      int last = pid(db);
      assertThat(Stream.generate(() -> pid(db)).limit(20)).containsOnly(last);
    }
  }

  @Test
  void idleConnectionsAreClosedDownToTheSmallestNumber(TestDatabase server) {
    try (Database db =
        connect(server, pool -> pool.withSize(2, 5).withIdleTimeout(Duration.ofMillis(300)))) {
      assertThat(openAll(db, 5)).as("processes at one time").doesNotHaveDuplicates();
      Eventually.require("those above are closed", () -> server.connections() <= 2);
      boolean fewer = Eventually.holds(Duration.ofSeconds(1), () -> server.connections() < 2);
      assertThat(fewer).as("fewer than the smallest number, " + server.connections()).isFalse();
      assertThat(db.status().size()).isEqualTo(2);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void allIdleConnectionsAreClosedWhenNoneNeedBeKept(TestDatabase server) {
    try (Database db =
        connect(server, pool -> pool.withSize(0, 3).withIdleTimeout(Duration.ofMillis(300)))) {
      openAll(db, 3);
      Eventually.require("all are closed", () -> server.connections() == 0);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aConnectionServesSoManyBorrowersAndNoMore(TestDatabase server) {
    try (Database db = connect(server, pool -> pool.withSize(1).withMaxUses(3))) {
      Map<Integer, Long> uses =
          Stream.generate(() -> pid(db))
              .limit(15)
              .collect(Collectors.groupingBy(pid -> pid, Collectors.counting()));
      assertThat(uses.values()).allMatch(count -> count <= 3);
      assertThat(uses).hasSizeBetween(5, 8);
    }
  }

  /** With one age for all, connections opened together would all be missing at the same moment. */
  @Test
  void oldConnectionsAreReplacedAndNotAllAtOnce(TestDatabase server) {
    int count = 16;
    Duration age = Duration.ofSeconds(5);
    try (Database db =
        connect(
            server, pool -> pool.withSize(0, count).withMaxAge(age, Duration.ofMillis(4_700)))) {
      Collection<Integer> old = openAll(db, count);
      Backends backends = Backends.of(server);
      Set<Integer> seen = new HashSet<>();
      Eventually.require(
          "all of the first connections are replaced",
          () -> {
            // Used all the time, so it is their age that ends them.
            openAll(db, count);
            List<Integer> now = backends.pids();
            int left = (int) old.stream().filter(now::contains).count();
            seen.add(left);
            return left == 0;
          });
      assertThat(seen)
          .as("how many of the first were left, at different moments")
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void aConnectionThatIsHeldIsNotTakenAwayForItsAge(TestDatabase server) {
    try (Database db =
        connect(
            server,
            pool ->
                pool.withSize(0, 2)
                    .withMaxAge(Duration.ofMillis(200))
                    .withIdleTimeout(Duration.ofMillis(200)))) {
      try (Connection held = await(db.acquire())) {
        int pid = pid(held);
        await(held.execute("SELECT pg_sleep(0.8)"));
        assertThat(pid(held)).isEqualTo(pid);
      }
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void warmUpFailsAtOnceWhereWaitingDoesNotHelp(TestDatabase server) throws Exception {
    DatabaseOptions patient =
        DatabaseOptions.of(server.url()).toBuilder()
            .pool(pool -> pool.withSize(3, 5))
            .startRetry(Duration.ofMinutes(10))
            .build();
    // It does not go on trying for ten minutes.
    CompletableFuture<Database> wrongPassword =
        Database.connect(patient.withPassword(Password.of("wrong")));
    assertThatThrownBy(() -> wrongPassword.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InvalidPassword.class);
    CompletableFuture<Database> wrongName = Database.connect(patient.withDatabase("nowhere"));
    assertThatThrownBy(() -> wrongName.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(UndefinedDatabase.class);
    Eventually.require("nobody is connected", () -> server.connections() == 0);
  }

  @Test
  void warmUpOpensTheSmallestNumber(TestDatabase server) {
    try (Database db = connect(server, pool -> pool.withSize(3, 5))) {
      assertThat(db.status().size()).isEqualTo(3);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  void whoeverGaveUpWaitingLeavesTheQueue(TestDatabase server) {
    try (Database db =
        connect(server, pool -> pool.withSize(1).withAcquireTimeout(Duration.ofMillis(1_500)))) {
      Connection held = await(db.acquire());
      List<CompletableFuture<Long>> callers =
          Stream.generate(() -> db.execute("SELECT 1")).limit(100).toList();
      for (CompletableFuture<Long> caller : callers) {
        assertThatThrownBy(() -> await(caller))
            .isInstanceOfSatisfying(
                PoolTimeout.class, late -> assertThat(late.nothingWasSent()).isTrue())
            .hasMessageContaining("1500 ms")
            .hasMessageContaining("in use 1");
      }
      assertThat(db.status().waiting()).isZero();
      held.close();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  /** Read in the listener, which is told on the thread on which the answer arrived. */
  @Test
  void connectionsSpreadOverTheEventLoops(TestDatabase server) {
    Map<String, Integer> loops = new ConcurrentHashMap<>();
    DatabaseListener counting =
        new DatabaseListener() {
          @Override
          public void querySucceeded(QueryEvent query, QueryEnd end) {
            loops.merge(Thread.currentThread().getName(), 1, Integer::sum);
          }
        };
    DatabaseOptions options =
        Pools.options(server, 8).toBuilder().eventLoopThreads(4).listener(counting).build();
    try (Database db = await(Database.connect(options))) {
      openAll(db, 8);
      assertThat(loops.keySet()).allMatch(name -> name.startsWith("howdah"));
      assertThat(loops).as("answers on each loop").hasSize(4);
      assertThat(loops.values()).allMatch(answers -> answers == 2);
    }
  }

  /**
   * The connection is found dead in the moment in which it is wanted; the caller does not see it.
   */
  @Test
  void aConnectionThatIsAskedFirstAndDeadCostsItsCallerNothing(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.impatient(server, proxy, 2)))) {
      for (int round = 0; round < 30; round++) {
        openAll(db, 2);
        proxy.cutConnections();
        List<CompletableFuture<Integer>> calls =
            Collections.nCopies(6, round).stream()
                .map(n -> db.fetchOne(Integer.class, "SELECT $1::int", n))
                .toList();
        for (CompletableFuture<Integer> call : calls) {
          assertThat(await(call)).isEqualTo(round);
        }
      }
      Pools.requireAllBack(db);
      backends.requireNothingLeft();
      assertThat(await(db.gather(Collections.nCopies(9, Query.execute("SELECT 1"))))).hasSize(9);
    }
  }
}
