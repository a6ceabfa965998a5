package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.impatient;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Failures;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Networks that lose, delay, cut and half close what goes through them. */
@PostgresTest
class BrokenNetworkDatabaseTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static Database connect(DatabaseOptions options) {
    return await(Database.connect(options));
  }

  private static void fill(Database db) {
    await(db.gather(Collections.nCopies(30, Query.execute("SELECT pg_sleep(0.005)"))));
  }

  private static void requireWorking(Database db) {
    assertThat(await(db.fetchValue(Integer.class, "SELECT $1::int", 42))).contains(42);
    Pools.requireAllBack(db);
    assertThat(db.status().size()).isLessThanOrEqualTo(db.status().maxSize());
  }

  private static void requireLost(Throwable failure) {
    assertThat(Failures.isLostConnection(failure)).as("says that it was lost: " + failure).isTrue();
  }

  /** A fault that comes while connections are idle; new ones can be opened. */
  private record Fault(String name, Consumer<TcpProxy> happen) {}

  private static Stream<Fault> faults() {
    return Stream.of(
        new Fault("forgotten by a firewall", TcpProxy::forgetConnections),
        new Fault("reset", TcpProxy::cutConnections),
        new Fault("closed", TcpProxy::closeConnections),
        new Fault("half closed to the server", proxy -> proxy.halfClose(Direction.TO_SERVER)),
        new Fault("half closed to the client", proxy -> proxy.halfClose(Direction.TO_CLIENT)));
  }

  @TestFactory
  Stream<DynamicTest> brokenIdleConnectionsAreReplacedUnseen(TestDatabase server) {
    Backends backends = Backends.of(server);
    return faults()
        .map(
            fault ->
                backends.test(
                    fault.name(),
                    () -> {
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = connect(impatient(server, proxy, 3))) {
                        fill(db);
                        List<Integer> broken = backends.pids();
                        fault.happen().accept(proxy);
                        assertThat(pid(db)).isNotIn(broken);
                        requireWorking(db);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aConnectionThatBreaksAtWorkFailsItsCall(TestDatabase server) {
    Backends backends = Backends.of(server);
    return faults()
        .filter(fault -> fault.name().equals("reset") || fault.name().endsWith("client"))
        .flatMap(
            fault ->
                Stream.of(Verb.values())
                    .map(
                        verb ->
                            backends.test(
                                verb + ", " + fault.name(),
                                () -> {
                                  try (TcpProxy proxy = TcpProxy.to(server);
                                      Database db = connect(impatient(server, proxy, 1))) {
                                    CompletableFuture<?> call =
                                        verb.on(db, "SELECT pg_sleep($1)", 600);
                                    backends.requireRunning(1, "pg_sleep");
                                    fault.happen().accept(proxy);
                                    requireLost(Verb.failureOf(call));
                                    requireWorking(db);
                                  } finally {
                                    // The server does not look at a socket while it sleeps.
                                    backends.killRunning("pg_sleep");
                                  }
                                })));
  }

  /** Nobody tells the client; only its own time limit does. */
  @TestFactory
  Stream<DynamicTest> aSilentConnectionAtWorkEndsWithTheTimeLimit(TestDatabase server) {
    Backends backends = Backends.of(server);
    return faults()
        .filter(fault -> fault.name().startsWith("forgotten") || fault.name().endsWith("server"))
        .map(
            fault ->
                backends.test(
                    fault.name(),
                    () -> {
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = connect(impatient(server, proxy, 1))) {
                        int broken = pid(db);
                        CompletableFuture<?> call =
                            db.run(Query.execute("SELECT pg_sleep(5)").timeout(LIMIT));
                        backends.requireRunning(1, "pg_sleep");
                        fault.happen().accept(proxy);
                        assertThat(Verb.failureOf(call)).isInstanceOf(QueryTimeout.class);
                        assertThat(pid(db)).isNotEqualTo(broken);
                        requireWorking(db);
                      }
                    }));
  }

  @Test
  void theCallerNeedNotWaitForTheClearingUp(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db =
            connect(
                impatient(server, proxy, 1)
                    .withTimeouts(
                        TimeoutOptions.defaults()
                            .withCancel(Duration.ofMinutes(5))
                            .withClose(Duration.ofMillis(500))))) {
      CompletableFuture<?> call = db.run(Query.execute("SELECT pg_sleep(5)").timeout(LIMIT));
      backends.requireRunning(1, "pg_sleep");
      proxy.pause();
      // The clearing up has five minutes, and nothing passes the network.
      assertThat(Verb.failureOf(call)).isInstanceOf(QueryTimeout.class);
      assertThat(db.status().inUse()).isEqualTo(1);
      proxy.cutConnections();
      proxy.resume();
      requireWorking(db);
    }
  }

  @Test
  void withoutANetworkCallsFailWithinTheConnectTimeoutAndLaterWorkAgain(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = connect(impatient(server, proxy, 3))) {
      fill(db);
      proxy.pause();
      List<CompletableFuture<?>> calls =
          Stream.of(Verb.values())
              .<CompletableFuture<?>>map(verb -> verb.on(db, "SELECT '1'"))
              .toList();
      for (CompletableFuture<?> call : calls) {
        assertThat(Verb.failureOf(call))
            .isInstanceOf(ConnectFailure.class)
            .hasMessageContaining("2000 ms");
      }
      Pools.requireAllBack(db);
      proxy.resume();
      requireWorking(db);
    }
  }

  @Test
  void closingDoesNotWaitForANetworkThatIsGone(TestDatabase server) throws Exception {
    try (TcpProxy proxy = TcpProxy.to(server)) {
      Database db = connect(impatient(server, proxy, 3));
      fill(db);
      CompletableFuture<?> call = db.execute("SELECT pg_sleep(1)");
      proxy.blackHole();
      db.closeAsync().get(60, java.util.concurrent.TimeUnit.SECONDS);
      assertThat(db.status().size()).isZero();
      assertThat(Verb.failureOf(call)).isInstanceOf(dev.howdah.error.DatabaseException.class);
    }
  }

  @TestFactory
  Stream<DynamicTest> aSlowNetworkIsOnlySlow(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = connect(impatient(server, proxy, 1))) {
                        proxy.latency(Duration.ofMillis(20));
                        await(verb.on(db, "SELECT $1::text", "1"));
                        CompletableFuture<?> call = verb.on(db, "SELECT pg_sleep($1)", 600);
                        backends.requireRunning(1, "pg_sleep");
                        Interruption.CANCEL.end(call);
                        requireWorking(db);
                        assertThat(backends.running("pg_sleep")).isZero();
                      }
                    }));
  }

  @Test
  void anAnswerThatIsCutHalfWayIsNoAnswer(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = connect(impatient(server, proxy, 1))) {
      long before = proxy.bytes(Direction.TO_CLIENT);
      CompletableFuture<?> call =
          db.fetch("SELECT repeat('x', 1000) FROM generate_series(1, $1)", 1_000_000);
      Eventually.require(
          "some rows have come", () -> proxy.bytes(Direction.TO_CLIENT) > before + 1_000_000);
      proxy.cutConnections();
      requireLost(Verb.failureOf(call));
      requireWorking(db);
    }
  }

  @Test
  void whileNewConnectionsAreRefusedOpenOnesServe(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = connect(impatient(server, proxy, 3))) {
      int open = pid(db);
      proxy.refuseNew();
      assertThat(pid(db)).isEqualTo(open);
      // A gather wants three lanes, and makes do with the one that there is.
      assertThat(await(db.gather(Collections.nCopies(30, Query.execute("SELECT 1"))))).hasSize(30);
      proxy.acceptNew();
      requireWorking(db);
    }
  }

  @Test
  void refusedConnectionsFailEveryCallThatNeedsOneAndHangNone(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = connect(impatient(server, proxy, 2))) {
      proxy.refuseNew();
      proxy.cutConnections();
      List<CompletableFuture<Long>> calls =
          Stream.generate(() -> db.execute("SELECT $1::int", 1)).limit(50).toList();
      for (CompletableFuture<Long> call : calls) {
        assertThat(Failures.isUnreachable(Verb.failureOf(call))).isTrue();
      }
      Pools.requireAllBack(db);
      proxy.acceptNew();
      requireWorking(db);
    }
  }
}
