package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream as a {@link Flow.Publisher}: rows on demand, and a clean connection after any end. */
@PostgresTest
class StreamDatabaseTest {
  private static final String NUMBERS = "SELECT i FROM generate_series(1, $1::int) i";

  private static Database poolOf(TestDatabase server, int size) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, size))));
  }

  /** A subscriber that asks for as many rows as it is told to. */
  private static final class Probe<T> implements Flow.Subscriber<T> {
    final List<T> rows = new ArrayList<>();
    final CountDownLatch subscribed = new CountDownLatch(1);
    final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    final AtomicInteger count = new AtomicInteger();
    final CompletableFuture<@Nullable Void> third = new CompletableFuture<>();
    volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      subscribed.countDown();
    }

    void request(long rows) {
      subscription().request(rows);
    }

    Flow.Subscription subscription() {
      Flow.Subscription now = subscription;
      assertThat(now).isNotNull();
      return now;
    }

    @Override
    public void onNext(T row) {
      rows.add(row);
      if (count.incrementAndGet() == 3) {
        third.complete(null);
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }

  private static void requireBack(Database db) {
    Eventually.require("the connection is back", () -> db.status().inUse() == 0);
  }

  private static long idleInTransaction(TestDatabase server) {
    return (Long)
        server
            .query(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND state LIKE 'idle in transaction%'")
            .get(0)
            .get(0);
  }

  @Test
  void nothingRunsBeforeSomebodySubscribesAndAsks(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      RowStream<Integer> stream = db.stream(Integer.class, NUMBERS, 3);
      assertThat(db.status().size()).isEqualTo(1); // that of connecting
      Probe<Integer> probe = new Probe<>();
      stream.subscribe(probe);
      assertThat(db.status().inUse()).isZero();
      probe.request(1);
      Eventually.require("a row comes", () -> probe.count.get() == 1);
      probe.request(2);
      await(probe.end);
      assertThat(probe.rows).containsExactly(1, 2, 3);
    }
  }

  @Test
  void noMoreRowsComeThanWereAskedFor(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Probe<Integer> probe = new Probe<>();
      db.stream(Query.rows(Integer.class, NUMBERS, 100).fetchSize(7)).subscribe(probe);
      for (int wanted = 1; wanted <= 50; wanted++) {
        probe.request(1);
        int expected = wanted;
        Eventually.require("one more", () -> probe.count.get() == expected);
      }
      assertThat(probe.count).hasValue(50);
      probe.subscription().cancel();
      requireBack(db);
      assertThat(probe.end).isNotDone();
    }
  }

  @Test
  void aStreamThatIsStoppedEarlyGivesACleanConnectionBack(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Object pid = db.fetchOne("SELECT pg_backend_pid()").join().get(0);
      Probe<Row> probe = new Probe<>();
      db.stream("SELECT i, pg_sleep(0.01) FROM generate_series(1, 1000000) i").subscribe(probe);
      probe.request(3);
      Eventually.require(
          "the server is at work",
          () -> idleInTransaction(server) == 0 && db.status().inUse() == 1);
      probe.subscription().cancel();
      requireBack(db);
      assertThat(db.fetchOne("SELECT pg_backend_pid()").join().get(0)).isEqualTo(pid);
      assertThat(db.fetchValue(Long.class, "SELECT count(*) FROM pg_cursors").join()).contains(0L);
    }
  }

  @Test
  void aSubscriberThatThrowsStopsTheStream(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      IllegalStateException mine = new IllegalStateException("mine");
      AtomicInteger seen = new AtomicInteger();
      assertThatThrownBy(
              () ->
                  await(
                      db.stream(Integer.class, NUMBERS, 100_000)
                          .forEach(
                              row -> {
                                if (seen.incrementAndGet() == 5) {
                                  throw mine;
                                }
                              })))
          .isSameAs(mine);
      assertThat(seen).hasValue(5);
      requireBack(db);
    }
  }

  @Test
  void cancellingTheFutureOfForEachStopsTheServer(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      CompletableFuture<@Nullable Void> reading =
          db.stream("SELECT pg_sleep(600)").forEach(row -> {});
      Eventually.require(
          "it runs",
          () ->
              (Long)
                      server
                          .query(
                              "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                  + " AND query LIKE 'FETCH%'")
                          .get(0)
                          .get(0)
                  == 1);
      reading.cancel(true);
      requireBack(db);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void stoppingAStreamInATransactionLeavesTheTransactionAlive(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Integer answer =
          await(
              db.transaction(
                  tx -> {
                    Probe<Integer> probe = new Probe<>();
                    tx.stream(Query.rows(Integer.class, NUMBERS, 1_000).fetchSize(10))
                        .subscribe(probe);
                    probe.request(3);
                    // A wait that lets the executor go on with another thread.
                    probe.third.join();
                    probe.subscription().cancel();
                    return onceClosed(() -> tx.fetchOne(Integer.class, "SELECT 42"));
                  }));
      assertThat(answer).isEqualTo(42);
    }
  }

  /** The verb, as soon as the stream that was cancelled before it has left the transaction. */
  private static <T> CompletableFuture<T> onceClosed(Supplier<CompletableFuture<T>> verb) {
    try {
      return verb.get();
    } catch (TransactionState stillClosing) {
      return CompletableFuture.supplyAsync(() -> verb, soon())
          .thenCompose(again -> onceClosed(again));
    }
  }

  private static Executor soon() {
    return CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);
  }

  @Test
  void aBlockThatEndsWithAnOpenStreamIsRolledBack(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    try (Database db = poolOf(server, 1)) {
      assertThatThrownBy(
              () ->
                  await(
                      db.transaction(
                          tx ->
                              tx.execute("INSERT INTO t VALUES (1)")
                                  .thenApply(
                                      n -> {
                                        Probe<Integer> probe = new Probe<>();
                                        tx.stream(Integer.class, NUMBERS, 10).subscribe(probe);
                                        probe.request(3);
                                        probe.third.join();
                                        return n;
                                      }))))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("stream");
      assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(0L);
      requireBack(db);
    }
  }

  @Test
  void aRowThatBecomesNullFailsTheStream(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      assertThatThrownBy(
              () -> await(db.stream(String.class, "SELECT NULL::text").forEach(row -> {})))
          .isInstanceOf(MappingFailure.class)
          .hasMessageContaining("null");
      requireBack(db);
    }
  }

  @Test
  void askingForLessThanOneRowFailsTheStream(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Probe<Integer> probe = new Probe<>();
      db.stream(Integer.class, NUMBERS, 10).subscribe(probe);
      probe.request(0);
      assertThatThrownBy(() -> await(probe.end)).isInstanceOf(IllegalArgumentException.class);
      requireBack(db);
    }
  }

  @Test
  void closingAConnectionEndsItsStream(TestDatabase server) {
    try (Database db = poolOf(server, 1)) {
      Connection held = await(db.acquire());
      Probe<Integer> probe = new Probe<>();
      held.stream(Query.rows(Integer.class, NUMBERS, 100).fetchSize(10)).subscribe(probe);
      probe.request(3);
      Eventually.require("rows come", () -> probe.count.get() == 3);
      held.close();
      requireBack(db);
      probe.request(100);
      assertThatThrownBy(() -> await(probe.end)).isInstanceOf(HandleReturned.class);
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM pg_cursors"))).contains(0L);
    }
  }

  /** Stops at random instants: before, while and after the cursor is opened, and in its pages. */
  @Test
  void aStormOfStoppedStreamsLosesNothing(TestDatabase server) {
    Random random = Seed.of("aStormOfStoppedStreamsLosesNothing");
    try (Database db = poolOf(server, 2)) {
      int stopped = 0;
      for (int i = 0; i < 1_500; i++) {
        int limit = i;
        Query<List<Integer>> query =
            Query.rows(Integer.class, "SELECT $1::int FROM generate_series(1, 40)", limit)
                .fetchSize(1 + random.nextInt(20));
        AtomicInteger wrong = new AtomicInteger();
        CompletableFuture<@Nullable Void> reading =
            random.nextBoolean()
                ? db.stream(query).forEach(row -> wrong.addAndGet(row == limit ? 0 : 1))
                : db.transaction(
                    tx -> tx.stream(query).forEach(row -> wrong.addAndGet(row == limit ? 0 : 1)));
        Seed.moment(random, 1_500);
        stopped += reading.cancel(true) ? 1 : 0;
        assertThat(wrong).hasValue(0);
      }
      requireBack(db);
      assertThat(stopped).isPositive();
      assertThat(idleInTransaction(server)).isZero();
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM pg_cursors"))).contains(0L);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }
}
