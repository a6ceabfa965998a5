package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.impatient;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Lock;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A request to cancel travels alone, over a socket of its own, and may come late or never. */
@PostgresTest
class CancelRequestDatabaseTest {
  /** Where a statement can be when it is cancelled. */
  private record Place(String name, Function<Database, CompletableFuture<?>> call) {}

  private static Stream<Place> places() {
    String slow = "SELECT pg_sleep(600)";
    return Stream.of(
        new Place("on the database", db -> db.execute(slow)),
        new Place("in a gather", db -> db.gather(java.util.List.of(Query.execute(slow)))),
        new Place("on a connection", db -> db.connection(held -> held.execute(slow))),
        new Place("in a transaction", db -> db.transaction(tx -> tx.execute(slow))),
        new Place(
            "in a savepoint",
            db -> db.transaction(tx -> tx.transaction(inner -> inner.execute(slow)))));
  }

  private record Obstacle(String name, Consumer<TcpProxy> put, Consumer<TcpProxy> remove) {}

  private static Stream<Obstacle> obstacles() {
    return Stream.of(
        new Obstacle("refused", TcpProxy::refuseNew, TcpProxy::acceptNew),
        new Obstacle("held back", TcpProxy::pauseNew, TcpProxy::resume));
  }

  @TestFactory
  Stream<DynamicTest> oneThatCannotGetThroughCostsTheConnection(TestDatabase server) {
    Backends backends = Backends.of(server);
    return places()
        .flatMap(
            place ->
                obstacles()
                    .map(
                        obstacle ->
                            backends.test(
                                place.name() + ", " + obstacle.name(),
                                () -> lost(server, backends, place, obstacle))));
  }

  private static void lost(TestDatabase server, Backends backends, Place place, Obstacle obstacle) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server, proxy, 1)))) {
      int pid = pid(db);
      CompletableFuture<?> call = place.call().apply(db);
      backends.requireRunning(1, "pg_sleep");
      obstacle.put().accept(proxy);
      Interruption.CANCEL.end(call);
      Interruption.CANCEL.requireSeen(call);
      // Within timeouts.cancel, two seconds here; nobody gets a connection that is still at work.
      Pools.requireAllBack(db);
      obstacle.remove().accept(proxy);
      assertThat(pid(db)).isNotEqualTo(pid);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42 FROM pg_sleep(0.1)"))).contains(42);
      Pools.requireAllBack(db);
    } finally {
      backends.kill(backends.pids());
    }
  }

  /** The statement ends by itself while the request is on its way, which then finds the next. */
  @TestFactory
  Stream<DynamicTest> aLateOneNeverHitsTheNextStatement(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(false, true)
        .map(
            held ->
                dynamicTest(
                    held ? "on a held connection" : "on the pool",
                    () -> {
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
                        if (held) {
                          try (Connection connection = await(db.acquire())) {
                            late(server, backends, proxy, connection);
                          }
                        } else {
                          late(server, backends, proxy, db);
                        }
                      }
                    }));
  }

  private static void late(TestDatabase server, Backends backends, TcpProxy proxy, Queries handle) {
    CompletableFuture<Optional<Integer>> next;
    try (Lock lock = Lock.onNumber(server, 7)) {
      CompletableFuture<?> call = handle.fetch("SELECT pg_advisory_xact_lock($1)", 7);
      backends.requireRunning(1, "advisory");
      long before = proxy.accepted();
      proxy.pauseNew();
      call.cancel(true);
      Eventually.require("the request has set out", () -> proxy.accepted() > before);
      assertThat(lock).isNotNull();
    }
    Eventually.require("the statement has ended", () -> backends.running("advisory") == 0);
    next = handle.fetchValue(Integer.class, "SELECT 42 FROM pg_sleep(0.5)");
    // If the next statement sets out before the request has come it is to run when that comes.
    Eventually.holds(Duration.ofMillis(200), () -> backends.running("pg_sleep") == 1);
    proxy.resume();
    assertThat(await(next)).contains(42);
  }

  @Test
  void itIsSentAgainWhenItOvertakesItsStatement(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
      int pid = pid(db);
      // The statement is held back on its way while the requests, on new connections, pass.
      proxy.pauseOpen();
      long before = proxy.accepted();
      long bytes = proxy.bytes(Direction.TO_SERVER);
      CompletableFuture<?> call = db.execute("SELECT pg_sleep(600)");
      Eventually.require("it is on its way", () -> proxy.bytes(Direction.TO_SERVER) > bytes);
      call.cancel(true);
      Eventually.require("a request has set out", () -> proxy.accepted() > before);
      Eventually.require("it was answered", () -> proxy.connections() == 1);
      proxy.resume();
      assertThat(pid(db)).isEqualTo(pid);
      assertThat(backends.running("pg_sleep")).isZero();
    }
  }
}
