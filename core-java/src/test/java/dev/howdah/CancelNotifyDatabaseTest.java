package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Heard;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TcpProxy.Direction;
import dev.howdah.testing.TestDatabase;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Listening and notifying × every way in which a caller can end their future. */
@PostgresTest
class CancelNotifyDatabaseTest {
  private static long listeners(TestDatabase server) {
    return (Long)
        server
            .query(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()")
            .get(0)
            .get(0);
  }

  private interface Case {
    void run(Database db, TcpProxy proxy, Interruption way) throws Exception;
  }

  private static Stream<DynamicTest> each(TestDatabase server, Case test) {
    Backends backends = Backends.of(server);
    return Stream.of(Interruption.values())
        .map(
            way ->
                backends.test(
                    way.toString(),
                    () -> {
                      try (TcpProxy proxy = TcpProxy.to(server);
                          Database db = await(Database.connect(Pools.options(server, proxy, 1)))) {
                        test.run(db, proxy, way);
                        Pools.requireAllBack(db);
                        assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
                      }
                    }));
  }

  private static void endOnTheWay(TcpProxy proxy, Interruption way, Queries handle) {
    proxy.pauseOpen();
    long before = proxy.bytes(Direction.TO_SERVER);
    CompletableFuture<?> call = handle.notify("orders", "perhaps");
    Eventually.require("it is on its way", () -> proxy.bytes(Direction.TO_SERVER) > before);
    way.end(call);
    way.requireSeen(call);
    proxy.resume();
  }

  @TestFactory
  Stream<DynamicTest> aNotificationThatIsGivenUpLeavesTheConnectionInThePool(TestDatabase server) {
    return each(
        server,
        (db, proxy, way) -> {
          int pid = pid(db);
          endOnTheWay(proxy, way, db);
          assertThat(pid(db)).isEqualTo(pid);
        });
  }

  @TestFactory
  Stream<DynamicTest> onAHeldConnectionTheNextCallIsAnswered(TestDatabase server) {
    return each(
        server,
        (db, proxy, way) -> {
          try (Connection held = await(db.acquire())) {
            int pid = pid(held);
            endOnTheWay(proxy, way, held);
            assertThat(pid(held)).isEqualTo(pid);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aListenerThatIsGivenUpWhileItConnectsLeavesNothing(TestDatabase server) {
    return each(
        server,
        (db, proxy, way) -> {
          proxy.pauseNew();
          long before = proxy.accepted();
          Heard nobody = new Heard();
          CompletableFuture<Listening> call = db.listen("orders", nobody::add);
          Eventually.require("it connects", () -> proxy.accepted() > before);
          way.end(call);
          way.requireSeen(call);
          proxy.resume();
          Eventually.require(
              "its connection is gone", () -> proxy.connections() == 1 && listeners(server) == 0);
          Heard next = new Heard();
          Listening listening = await(db.listen("orders", next::add));
          await(db.notify("orders", "one"));
          next.require("one");
          assertThat(nobody.events()).isEmpty();
          listening.close();
        });
  }

  @TestFactory
  Stream<DynamicTest> aListenerThatIsGivenUpBesideAnotherLeavesItAlone(TestDatabase server) {
    return each(
        server,
        (db, proxy, way) -> {
          Heard orders = new Heard();
          Listening listening = await(db.listen("orders", orders::add));
          proxy.pauseOpen();
          Heard nobody = new Heard();
          CompletableFuture<Listening> call = db.listen("users", nobody::add);
          way.end(call);
          way.requireSeen(call);
          proxy.resume();
          await(db.notify("users", "nobody hears it"));
          await(db.notify("orders", "one"));
          orders.require("one");
          assertThat(nobody.events()).isEmpty();
          listening.close();
        });
  }
}
