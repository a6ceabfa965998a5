package dev.howdah;

import static dev.howdah.testing.Burst.LOOK_UP;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Burst;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a call, a statement or a backend while merged calls are under way. */
@PostgresTest
class MergedUnderWayDatabaseTest {
  @BeforeEach
  void fill(TestDatabase server) {
    Burst.createItems(server);
  }

  @Test
  void aCallThatLeavesTheQueueIsLeftOut(TestDatabase server) {
    try (Burst burst = Burst.on(server)) {
      burst.warmUp();
      Connection only = await(burst.database().acquire());
      List<CompletableFuture<Optional<Row>>> calls = new ArrayList<>();
      for (int i = 1; i <= 60; i++) {
        calls.add(burst.database().fetchRow(LOOK_UP, i));
      }
      for (int i = 0; i < 60; i += 3) {
        calls.get(i).cancel(true);
      }
      Eventually.require("40 wait", () -> burst.database().status().waiting() == 40);
      only.close();
      for (int i = 0; i < 60; i++) {
        if (i % 3 == 0) {
          assertThat(calls.get(i)).isCancelled();
        } else {
          assertThat(await(calls.get(i)).orElseThrow().get("id")).isEqualTo(i + 1);
        }
      }
    }
  }

  /** Twenty look-ups, of which at least the last ten are under way as one statement. */
  private static List<CompletableFuture<Optional<Row>>> underWay(
      Burst burst, Database other, Backends backends, Consumer<Transaction> then) {
    burst.warmUp();
    while (true) {
      Transaction lock = await(other.begin());
      await(lock.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE"));
      List<CompletableFuture<Optional<Row>>> calls =
          burst.of(20, i -> burst.database().fetchRow(LOOK_UP, i + 1));
      backends.requireRunning(1, "FROM item WHERE");
      if (backends.running("howdah member") == 1) {
        then.accept(lock);
        return calls;
      }
      // One of them goes alone now and then, to be measured.
      await(lock.commit());
      calls.forEach(call -> await(call));
    }
  }

  @Test
  void oneThatLeavesUnderWayLosesItsAnswerOnly(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Burst burst = Burst.on(server);
        Database other = Pools.of(server, 1)) {
      List<Transaction> lock = new ArrayList<>();
      List<CompletableFuture<Optional<Row>>> calls = underWay(burst, other, backends, lock::add);
      for (int i = 10; i < 15; i++) {
        calls.get(i).cancel(true);
      }
      await(lock.get(0).commit());
      for (int i = 0; i < 20; i++) {
        if (i >= 10 && i < 15) {
          assertThat(calls.get(i)).isCancelled();
        } else {
          assertThat(await(calls.get(i)).orElseThrow().get("id")).isEqualTo(i + 1);
        }
      }
      Pools.requireAllBack(burst.database());
    }
  }

  @Test
  void whenAllLeaveTheStatementIsStoppedOnTheServer(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Burst burst = Burst.on(server);
        Database other = Pools.of(server, 1)) {
      List<Transaction> lock = new ArrayList<>();
      List<CompletableFuture<Optional<Row>>> calls = underWay(burst, other, backends, lock::add);
      calls.forEach(call -> call.cancel(true));
      Eventually.require(
          "nothing waits for the lock", () -> backends.running("FROM item WHERE") == 0);
      await(lock.get(0).commit());
      assertThat(calls).allMatch(CompletableFuture::isCancelled);
      Pools.requireAllBack(burst.database());
      assertThat(await(burst.database().fetchRow(LOOK_UP, 5))).isPresent();
    }
  }

  @Test
  void aTableAlteredUnderAMergedStatementIsReadAsItIsNow(TestDatabase server) {
    String sql = "SELECT * FROM item WHERE id = $1";
    try (Burst burst = Burst.on(server)) {
      burst.untilMerged(sql, 64, i -> burst.database().fetchRow(sql, i));
      for (String change :
          List.of(
              "ALTER TABLE item ADD COLUMN price int DEFAULT 5",
              "ALTER TABLE item RENAME COLUMN name TO label",
              "ALTER TABLE item ALTER COLUMN price TYPE text",
              "ALTER TABLE item DROP COLUMN label")) {
        await(burst.database().execute(change));
        List<String> names = await(burst.database().fetchOne(sql, 7)).columns().names();
        for (Optional<Row> row : burst.answers(64, i -> burst.database().fetchRow(sql, i + 1))) {
          assertThat(row.orElseThrow().columns().names()).as(change).isEqualTo(names);
        }
      }
    }
  }

  @Test
  void aKilledBackendTakesNobodyWithIt(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Burst burst = Burst.on(server);
        Database other = Pools.of(server, 1)) {
      List<Transaction> lock = new ArrayList<>();
      List<CompletableFuture<Optional<Row>>> calls = underWay(burst, other, backends, lock::add);
      backends.killRunning("howdah member");
      await(lock.get(0).commit());
      for (int i = 0; i < 20; i++) {
        assertThat(await(calls.get(i)).orElseThrow().get("id")).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void transactionsGetTheirTurnBesideCallersWithoutEnd(TestDatabase server) {
    try (Database db = Pools.of(server, 2)) {
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<Void>> callers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        callers.add(loop(db, i, stop));
      }
      for (int i = 0; i < 50; i++) {
        await(db.transaction(tx -> tx.execute("UPDATE item SET name = name WHERE id = $1", 1)));
      }
      stop.set(true);
      callers.forEach(caller -> await(caller));
    }
  }

  private static CompletableFuture<Void> loop(Database db, int id, AtomicBoolean stop) {
    return db.fetchRow(LOOK_UP, id)
        .thenCompose(
            row -> stop.get() ? CompletableFuture.<Void>completedFuture(null) : loop(db, id, stop));
  }

  @Test
  void aTimeoutIsItsMembersOwn(TestDatabase server) {
    try (Burst burst = Burst.on(server);
        Database other = Pools.of(server, 1)) {
      burst.warmUp();
      Transaction lock = await(other.begin());
      await(lock.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE"));
      List<CompletableFuture<Optional<Row>>> calls =
          burst.of(
              20,
              i -> {
                Query<Optional<Row>> query = Query.row(LOOK_UP, i + 1);
                return burst
                    .database()
                    .run(i >= 10 && i < 15 ? query.timeout(Duration.ofSeconds(1)) : query);
              });
      for (CompletableFuture<Optional<Row>> late : calls.subList(10, 15)) {
        Eventually.require("its time is over", late::isDone);
      }
      await(lock.commit());
      for (int i = 0; i < 20; i++) {
        if (i >= 10 && i < 15) {
          assertThatThrownBy(calls.get(i)::join).hasMessageContaining("1000 ms");
        } else {
          assertThat(await(calls.get(i)).orElseThrow().get("id")).isEqualTo(i + 1);
        }
      }
    }
  }
}
