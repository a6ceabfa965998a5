package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.PoolOptions;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for a connection, and those they travel with: who leaves harms nobody else. */
@PostgresTest
class QueuedCallsDatabaseTest {
  private static final String COUNT = "SELECT count(*) FROM item";

  @BeforeEach
  void fill(TestDatabase server) {
    server.sql("CREATE TABLE item (id int PRIMARY KEY)");
    server.sql("INSERT INTO item SELECT g FROM generate_series(1, 10) g");
  }

  @Test
  void whoLeavesOneStatementDoesNotStopTheOneThatWasTakenNext(TestDatabase server) {
    Backends backends = Backends.of(server);
    try (Database db = Pools.of(server, 2);
        Database other = Pools.of(server, 1)) {
      Transaction lock = await(other.begin());
      await(lock.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE"));
      Connection one = await(db.acquire());
      Connection two = await(db.acquire());
      // These two wait at the pool's own door; all that come behind them queue.
      CompletableFuture<Long> first = db.execute("SELECT 1");
      CompletableFuture<Long> second = db.execute("SELECT 2");
      List<CompletableFuture<Optional<Long>>> together =
          List.of(
              db.fetchValue(Long.class, COUNT),
              db.fetchValue(Long.class, COUNT),
              db.fetchValue(Long.class, COUNT));
      CompletableFuture<Optional<Long>> next =
          db.fetchValue(Long.class, COUNT + " WHERE id > $1", 4);
      one.close();
      await(first);
      backends.requireRunning(1, "FROM item");
      two.close();
      await(second);
      backends.requireRunning(2, "FROM item");
      together.get(1).cancel(true);
      together.get(2).cancel(true);
      await(lock.commit());
      assertThat(await(next)).contains(6L);
      assertThat(await(together.get(0))).contains(10L);
      Pools.requireAllBack(db);
    }
  }

  @Test
  void nothingIsKeptOfACallThatLeftTheQueue(TestDatabase server) {
    try (Database db = Pools.of(server, 1)) {
      Connection only = await(db.acquire());
      CompletableFuture<Long> first = db.execute("SELECT 1");
      WeakReference<Object> argument = leftInTheQueue(db);
      only.close();
      await(first);
      await(db.execute(COUNT));
      Eventually.require(
          "the argument can be collected",
          () -> {
            System.gc();
            return argument.get() == null;
          });
    }
  }

  private static WeakReference<Object> leftInTheQueue(Database db) {
    byte[] argument = new byte[1000];
    CompletableFuture<Optional<Long>> call =
        db.fetchValue(Long.class, "SELECT count(*) FROM item WHERE length($1) > id", argument);
    Eventually.require("it waits", () -> db.status().waiting() == 2);
    call.cancel(true);
    Eventually.require("it waits no more", () -> db.status().waiting() == 1);
    return new WeakReference<>(argument);
  }

  @Test
  void aSnapshotGatherThatGetsNoSecondConnectionGoesOnWithTheFirst(TestDatabase server) {
    PoolOptions pool = PoolOptions.defaults().withSize(2).withAcquireTimeout(Duration.ofSeconds(2));
    try (Database db = await(Database.connect(Pools.options(server, 2).withPool(pool)));
        Database other = Pools.of(server, 1)) {
      Transaction lock = await(other.begin());
      await(lock.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE"));
      Connection busy = await(db.acquire());
      CompletableFuture<List<Long>> gather =
          db.gatherSnapshot(
              List.of(
                  Query.one(Long.class, COUNT), Query.one(Long.class, COUNT + " WHERE id > 4")));
      Eventually.require("the other connection is asked for", () -> db.status().waiting() == 1);
      Eventually.require("in vain", () -> db.status().waiting() == 0);
      await(lock.commit());
      assertThat(await(gather)).containsExactly(10L, 6L);
      busy.close();
    }
  }
}
