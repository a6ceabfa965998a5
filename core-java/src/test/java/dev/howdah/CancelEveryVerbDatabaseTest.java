package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every verb × every way in which a caller can end its future, on every handle. */
@PostgresTest
class CancelEveryVerbDatabaseTest {
  /** With an argument, and so by the extended protocol. */
  private static final String SLOW = "SELECT pg_sleep($1)";

  /** Without, and so by the simple one. */
  private static final String SIMPLE = "SELECT pg_sleep(600)";

  private static Stream<DynamicTest> each(
      Backends backends, List<Verb> verbs, BiConsumer<Verb, Interruption> test) {
    return verbs.stream()
        .flatMap(
            verb ->
                Stream.of(Interruption.values())
                    .map(way -> backends.test(verb + ", " + way, () -> test.accept(verb, way))));
  }

  @TestFactory
  Stream<DynamicTest> itStopsOnTheServerAndTheConnectionIsKept(TestDatabase server) {
    Backends backends = Backends.of(server);
    return each(
        backends,
        List.of(Verb.values()),
        (verb, way) -> {
          try (Database db = Pools.of(server, 1)) {
            int pid = pid(db);
            for (boolean simple : new boolean[] {false, true}) {
              CompletableFuture<?> call = simple ? verb.on(db, SIMPLE) : verb.on(db, SLOW, 600);
              backends.requireRunning(1, "pg_sleep");
              way.end(call);
              way.requireSeen(call);
              // The next borrower waits until the connection is clean, and gets the same one.
              assertThat(pid(db)).isEqualTo(pid);
              assertThat(backends.running("pg_sleep")).isZero();
            }
            Pools.requireAllBack(db);
            backends.requireNothingLeft();
            assertThat(db.status().size()).isEqualTo(1);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> onAHeldConnectionTheNextCallHasItsTurn(TestDatabase server) {
    Backends backends = Backends.of(server);
    return each(
        backends,
        Verb.ofEveryHandle(),
        (verb, way) -> {
          try (Database db = Pools.of(server, 1);
              Connection held = await(db.acquire())) {
            int pid = pid(held);
            CompletableFuture<?> call = verb.on(held, SLOW, 600);
            CompletableFuture<Optional<Integer>> behind =
                held.fetchValue(Integer.class, "SELECT pg_backend_pid()");
            backends.requireRunning(1, "pg_sleep");
            way.end(call);
            way.requireSeen(call);
            assertThat(await(behind)).contains(pid);
            assertThat(pid(held)).isEqualTo(pid);
            assertThat(backends.running("pg_sleep")).isZero();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inATransactionTheRestIsRefusedByTheServer(TestDatabase server) {
    Backends backends = Backends.of(server);
    return each(
        backends,
        Verb.ofEveryHandle(),
        (verb, way) -> {
          try (Database db = Pools.of(server, 1)) {
            int pid = pid(db);
            CompletableFuture<Long> block =
                db.transaction(
                    tx -> {
                      CompletableFuture<?> call = verb.on(tx, SLOW, 600);
                      backends.requireRunning(1, "pg_sleep");
                      way.end(call);
                      way.requireSeen(call);
                      assertThatThrownBy(() -> await(tx.execute("SELECT 1")))
                          .isInstanceOf(InFailedTransaction.class);
                      return CompletableFuture.completedFuture(1L);
                    });
            // The block ended well, the server had rolled back: it must not pass for a commit.
            assertThatThrownBy(() -> await(block)).isInstanceOf(RolledBack.class);
            assertThat(pid(db)).isEqualTo(pid);
            backends.requireNothingLeft();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> inASavepointTheOuterTransactionGoesOn(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    return each(
        backends,
        Verb.ofEveryHandle(),
        (verb, way) -> {
          try (Database db = Pools.of(server, 1)) {
            await(
                db.transaction(
                    tx -> {
                      await(tx.execute("INSERT INTO t VALUES (1)"));
                      CompletableFuture<Object> nested =
                          tx.transaction(
                              inner -> {
                                await(inner.execute("INSERT INTO t VALUES (2)"));
                                CompletableFuture<?> call = verb.on(inner, SLOW, 600);
                                backends.requireRunning(1, "pg_sleep");
                                way.end(call);
                                way.requireSeen(call);
                                return CompletableFuture.failedFuture(new CancellationException());
                              });
                      assertThatThrownBy(() -> await(nested))
                          .isInstanceOf(CancellationException.class);
                      return tx.execute("INSERT INTO t VALUES (3)");
                    }));
            // Where a row lies is the server's business.
            assertThat(await(db.fetch(Integer.class, "DELETE FROM t RETURNING id")))
                .containsExactlyInAnyOrder(1, 3);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> whileWaitingForAConnectionNothingIsTaken(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    return each(
        backends,
        List.of(Verb.values()),
        (verb, way) -> {
          try (Database db = Pools.of(server, 1)) {
            Connection held = await(db.acquire());
            CompletableFuture<?> call = verb.on(db, "INSERT INTO t VALUES (1)");
            Eventually.require("the call waits", () -> db.status().waiting() == 1);
            way.end(call);
            way.requireSeen(call);
            Eventually.require("nobody waits", () -> db.status().waiting() == 0);
            assertThat(db.status().inUse()).isEqualTo(1);
            held.close();
            assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
            Pools.requireAllBack(db);
          }
        });
  }

  @Test
  void aCancelledAcquireTakesNothing(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      for (Interruption way : Interruption.values()) {
        Connection held = await(db.acquire());
        CompletableFuture<Connection> waiting = db.acquire();
        Eventually.require("the call waits", () -> db.status().waiting() == 1);
        way.end(waiting);
        way.requireSeen(waiting);
        Eventually.require("nobody waits", () -> db.status().waiting() == 0);
        held.close();
        assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
        Pools.requireAllBack(db);
      }
    }
  }

  /** The connection is given back and the call that waits for it cancelled in the same instant. */
  @Test
  void aCancelInTheInstantOfDeliveryGivesTheConnectionBack(TestDatabase server) {
    Random random = Seed.of("aCancelInTheInstantOfDeliveryGivesTheConnectionBack");
    try (Database db = Pools.of(server, 1)) {
      int pid = pid(db);
      for (int round = 0; round < 1_000; round++) {
        Connection held = await(db.acquire());
        Verb verb = Verb.values()[round % Verb.values().length];
        CompletableFuture<?> waiting = round % 3 == 0 ? db.acquire() : verb.on(db, "SELECT 1");
        CompletableFuture<?> back = held.closeAsync();
        Seed.moment(random, 400);
        waiting.cancel(true);
        await(back);
        if (!waiting.isCancelled() && waiting.join() instanceof Connection won) {
          won.close();
        }
        assertThat(await(db.fetchValue(Integer.class, "SELECT $1::int", round))).contains(round);
      }
      Pools.requireAllBack(db);
      assertThat(pid(db)).isEqualTo(pid);
    }
  }

  /** Each answer is right although a query was cancelled just before, on the only connection. */
  @Test
  void noLateCancelHitsTheNextQuery(TestDatabase server) {
    Random random = Seed.of("noLateCancelHitsTheNextQuery");
    try (Database db = Pools.of(server, 1)) {
      int pid = pid(db);
      for (int round = 0; round < 600; round++) {
        Verb verb = Verb.values()[random.nextInt(Verb.values().length)];
        // Some end by themselves at about the time at which they are cancelled.
        double seconds = random.nextBoolean() ? 600 : random.nextInt(2_000) / 1e6;
        CompletableFuture<?> call = verb.on(db, SLOW, seconds);
        Seed.moment(random, 2_000);
        call.cancel(true);
        String next = "SELECT $1::int FROM pg_sleep($2)";
        assertThat(await(db.fetchValue(Integer.class, next, round, random.nextInt(2_000) / 1e6)))
            .contains(round);
      }
      assertThat(pid(db)).isEqualTo(pid);
    }
  }

  @Test
  void noLateCancelHitsTheNextQueryOfAHeldConnection(TestDatabase server) {
    Random random = Seed.of("noLateCancelHitsTheNextQueryOfAHeldConnection");
    List<Verb> verbs = Verb.ofEveryHandle();
    try (Database db = Pools.of(server, 1);
        Connection held = await(db.acquire())) {
      for (int round = 0; round < 300; round++) {
        CompletableFuture<?> call =
            verbs.get(random.nextInt(verbs.size())).on(held, SLOW, random.nextInt(2) * 600);
        Seed.moment(random, 2_000);
        call.cancel(true);
        assertThat(
                await(held.fetchValue(Integer.class, "SELECT $1::int FROM pg_sleep(0.001)", round)))
            .contains(round);
      }
    }
  }

  /** The documentation says so: only the verb's own future reaches the statement. */
  @Test
  void aCancelledStageThatWasDerivedLeavesTheQueryAlone(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      CompletableFuture<Integer> call =
          db.fetchOne(Integer.class, "SELECT 42 FROM pg_sleep($1)", 0.1);
      CompletableFuture<Integer> derived = call.thenApply(answer -> answer + 1);
      derived.cancel(true);
      assertThat(await(call)).isEqualTo(42);
      assertThatThrownBy(derived::join).isInstanceOf(CancellationException.class);
    }
  }

  @Test
  void aGatherThatIsCancelledStopsAllItsLanes(TestDatabase server) {
    Backends backends = Backends.of(server);
    for (Interruption way : Interruption.values()) {
      try (Database db = Pools.of(server, 3)) {
        CompletableFuture<?> gather = db.gather(Collections.nCopies(20, Query.execute(SIMPLE)));
        backends.requireRunning(3, "pg_sleep");
        way.end(gather);
        way.requireSeen(gather);
        Pools.requireAllBack(db);
        assertThat(backends.running("pg_sleep")).isZero();
        assertThat(db.status().size()).isEqualTo(3);
      }
    }
  }
}
