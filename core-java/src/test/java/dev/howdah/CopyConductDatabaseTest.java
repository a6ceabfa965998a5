package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.error.OperatorIntervention.QueryCanceled;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyRecords;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a copy in behaves towards others: stopped, broken, in transactions, beside other calls. */
@PostgresTest
class CopyConductDatabaseTest {
  private static final CopyIn CSV = CopyIn.csv("t");

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text)");
  }

  private static Database poolOfOne(TestDatabase server) {
    return poolOfOne(server.url());
  }

  private static Database poolOfOne(String url) {
    return await(
        Database.connect(DatabaseOptions.of(url).withPool(PoolOptions.defaults().withSize(0, 1))));
  }

  private static ByteBuffer lines(int count) {
    return ByteBuffer.wrap("1,name\n".repeat(count).getBytes(UTF_8));
  }

  private static Iterable<List<Object>> endless() {
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public List<Object> next() {
            return List.of(next++, "name");
          }
        };
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  private static long copying(TestDatabase server) {
    return (Long)
        server
            .query(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                    + " AND query LIKE 'COPY%' AND datname = current_database()")
            .get(0)
            .get(0);
  }

  private static void requireCopying(TestDatabase server) {
    Eventually.require("the copy runs", () -> copying(server) == 1);
  }

  private static void requireUsable(Database db, TestDatabase server) {
    assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    assertThat(copying(server)).isZero();
    assertThat(rows(server)).isZero();
    assertThat(db.status().inUse()).isZero();
  }

  @Test
  void aCopyThatWaitsForItsSourceIsStoppedByACancel(TestDatabase server) {
    try (Database db = poolOfOne(server);
        SubmissionPublisher<ByteBuffer> silent = new SubmissionPublisher<>()) {
      CompletableFuture<Long> copied = db.copyIn(CSV, silent);
      Eventually.require("it is subscribed to", silent::hasSubscribers);
      silent.submit(lines(10_000));
      requireCopying(server);
      copied.cancel(true);
      assertThatThrownBy(copied::join).isInstanceOf(CancellationException.class);
      Eventually.require("the source is let go", () -> !silent.hasSubscribers());
      requireUsable(db, server);
    }
  }

  @SuppressWarnings("try") // closed early on purpose
  @Test
  void aCopyThatHasNoDataYetHoldsNoConnection(TestDatabase server) {
    try (Database db = poolOfOne(server);
        SubmissionPublisher<ByteBuffer> silent = new SubmissionPublisher<>()) {
      CompletableFuture<Long> copied = db.copyIn(CSV, silent);
      Eventually.require("it is subscribed to", silent::hasSubscribers);
      requireUsable(db, server);
      silent.submit(lines(3));
      silent.close();
      assertThat(await(copied)).isEqualTo(3);
    }
  }

  @Test
  void aTimeoutStopsACopyWhoseSourceIsSlow(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      for (int given : new int[] {0, 10_000}) {
        try (SubmissionPublisher<ByteBuffer> silent = new SubmissionPublisher<>()) {
          CompletableFuture<Long> copied = db.copyIn(CSV.timeout(Duration.ofMillis(300)), silent);
          Eventually.require("it is subscribed to", silent::hasSubscribers);
          if (given > 0) {
            silent.submit(lines(given));
          }
          assertThatThrownBy(() -> await(copied))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("copyIn took longer than its 300 ms")
              .hasMessageContaining("waiting for its source and a connection");
          Eventually.require("the source is let go", () -> !silent.hasSubscribers());
          requireUsable(db, server);
        }
      }
    }
  }

  @Test
  void aCopyThatIsBusyOnTheServerIsStoppedToo(TestDatabase server) throws SQLException {
    server.sql(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600);"
            + " RETURN NEW; END $$; CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW EXECUTE"
            + " FUNCTION slow()");
    try (Database db = poolOfOne(server)) {
      CompletableFuture<Long> slow = db.copyIn("t", endless());
      Eventually.require(
          "it sleeps",
          () ->
              server.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").size()
                  == 1);
      slow.cancel(true);
      requireUsable(db, server);
      server.sql("DROP TRIGGER slow ON t");
      try (Connection other = server.server().jdbc(server.name());
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Long> locked = db.copyIn(CSV, new byte[] {'1', ',', 'a', '\n'});
        Eventually.require(
            "it waits for the lock",
            () ->
                server.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").size()
                    == 1);
        locked.cancel(true);
        assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
        other.rollback();
      }
      requireUsable(db, server);
    }
  }

  @Test
  void aSourceIsAskedForNoMoreThanTheServerTakes(TestDatabase server) throws SQLException {
    AtomicLong asked = new AtomicLong();
    Flow.Publisher<ByteBuffer> source =
        subscriber ->
            subscriber.onSubscribe(
                new Flow.Subscription() {
                  @Override
                  public void request(long n) {
                    for (int i = 0; i < n; i++) {
                      asked.incrementAndGet();
                      subscriber.onNext(lines(10_000));
                    }
                  }

                  @Override
                  public void cancel() {}
                });
    try (Database db = poolOfOne(server);
        Connection other = server.server().jdbc(server.name());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Long> copied = db.copyIn(CSV, source);
      requireCopying(server);
      // 70 kB each: the server takes nothing, and hardly more than one has been asked for.
      assertThat(asked.get()).isLessThan(10);
      copied.cancel(true);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      other.rollback();
      requireUsable(db, server);
    }
  }

  @Test
  void cancelsAtAnyInstantLeaveAllOrNothingAndACleanConnection(TestDatabase server) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<List<Object>> records =
        IntStream.range(0, 3_000).<List<Object>>mapToObj(i -> List.of(i, "name")).toList();
    try (Database db = poolOfOne(server)) {
      for (int i = 0; i < 150; i++) {
        CompletableFuture<Long> copied =
            i % 2 == 0 ? db.copyIn("t", records) : db.copyIn(CSV, lines(3_000).array());
        LockSupport.parkNanos(random.nextInt(4_000_000));
        copied.cancel(true);
        // A second copy meets nothing of the first.
        long before = await(db.fetchOne(Long.class, "SELECT count(*) FROM t"));
        assertThat(before).as("seed %d, round %d", seed, i).isIn(0L, 3_000L);
        assertThat(await(db.copyIn(CSV, lines(5).array()))).isEqualTo(5);
        await(db.execute("TRUNCATE t"));
      }
      assertThat(db.status().size()).isEqualTo(1);
      requireUsable(db, server);
    }
  }

  @Test
  void aConnectionLostInTheMiddleFailsTheCopyAndLetsTheSourceGo(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = poolOfOne(server.url(proxy));
        SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>()) {
      CompletableFuture<Long> copied = db.copyIn(CSV, source);
      Eventually.require("it is subscribed to", source::hasSubscribers);
      source.submit(lines(10_000));
      requireCopying(server);
      proxy.cutConnections();
      assertThatThrownBy(() -> await(copied))
          .isInstanceOf(ConnectionLost.class)
          .hasMessageContaining("was lost");
      Eventually.require("the source is let go", () -> !source.hasSubscribers());
      Eventually.require("the server has noticed", () -> copying(server) == 0);
      requireUsable(db, server);
    }
  }

  @Test
  void aCopyIsPartOfItsTransactionAndASavepointSavesTheRest(TestDatabase server) {
    IllegalStateException mine = new IllegalStateException("mine");
    Iterable<List<Object>> failing =
        () ->
            IntStream.range(0, 100_000)
                .<List<Object>>mapToObj(
                    i -> {
                      if (i == 50_000) {
                        throw mine;
                      }
                      return List.of(i, "x");
                    })
                .iterator();
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      assertThat(await(tx.copyIn(CSV, lines(3).array()))).isEqualTo(3);
      for (int i = 0; i < 2; i++) {
        boolean bySource = i == 0;
        CompletableFuture<Long> nested =
            tx.transaction(
                inner ->
                    bySource
                        ? inner.copyIn("t", failing)
                        : inner.copyIn(CSV, "x,y\n".getBytes(UTF_8)));
        if (bySource) {
          assertThatThrownBy(() -> await(nested)).isSameAs(mine);
        } else {
          assertThatThrownBy(() -> await(nested)).isInstanceOf(InvalidTextRepresentation.class);
        }
        assertThat(await(tx.fetchOne(Long.class, "SELECT count(*) FROM t"))).isEqualTo(3);
      }
      assertThat(await(tx.copyIn("t", List.of(List.of(4, "d"))))).isEqualTo(1);
      await(tx.commit());
      assertThat(rows(server)).isEqualTo(4);
    }
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      assertThatThrownBy(() -> await(tx.copyIn("t", failing))).isSameAs(mine);
      assertThatThrownBy(() -> await(tx.fetch("SELECT 1"))).isInstanceOf(InFailedTransaction.class);
      await(tx.rollback());
      assertThatThrownBy(() -> await(tx.copyIn("t", failing)))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("rolled back");
    }
  }

  @SuppressWarnings("try") // closed early on purpose
  @Test
  void whileACopyRunsNothingElseDoesOnItsConnection(TestDatabase server) {
    try (Database db = poolOfOne(server);
        dev.howdah.Connection held = await(db.acquire());
        SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>()) {
      CompletableFuture<Long> copied = held.copyIn(CSV, source);
      Eventually.require("it is subscribed to", source::hasSubscribers);
      source.submit(lines(10_000));
      requireCopying(server);
      for (CompletableFuture<?> refused :
          List.of(
              failed(() -> held.fetch("SELECT 1")),
              failed(() -> held.copyIn("t", List.of(List.of(1, "a")))),
              failed(() -> held.begin()))) {
        assertThatThrownBy(() -> await(refused))
            .isInstanceOf(TransactionState.class)
            .hasMessageContaining("while a copyIn of it is under way")
            .hasMessageContaining("another connection");
      }
      source.close();
      assertThat(await(copied)).isEqualTo(10_000);
      assertThat(await(held.fetchOne(Long.class, "SELECT count(*) FROM t"))).isEqualTo(10_000);
      assertThat(await(held.execute("TRUNCATE t"))).isZero();
      held.close();
      assertThatThrownBy(() -> await(held.copyIn("t", List.of())))
          .isInstanceOf(HandleReturned.class)
          .hasMessageContaining("copyIn");
    }
  }

  private static CompletableFuture<?> failed(
      java.util.function.Supplier<CompletableFuture<?>> call) {
    try {
      return call.get();
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  @Test
  void aSourceThatUsesItsOwnConnectionIsRefusedInWords(TestDatabase server) {
    server.sql("CREATE TABLE source AS SELECT i, 'x' AS x FROM generate_series(1, 5000) i");
    try (Database db = poolOfOne(server);
        dev.howdah.Connection held = await(db.acquire())) {
      Iterable<List<Object>> nested =
          () ->
              IntStream.range(0, 5_000)
                  .<List<Object>>mapToObj(
                      i -> List.of(await(held.fetchOne(Integer.class, "SELECT 1")), "x"))
                  .iterator();
      assertThatThrownBy(() -> await(held.copyIn("t", nested)))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("fetchOne was called on a connection while a copyIn of it");
      assertThat(rows(server)).isZero();
      assertThat(await(held.fetchOne(Integer.class, "SELECT 1"))).isEqualTo(1);
    }
  }

  @Test
  void aTransactionThatEndsWhileItCopiesIsRolledBack(TestDatabase server) {
    try (Database db = poolOfOne(server);
        SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>()) {
      Transaction tx = await(db.begin());
      CompletableFuture<Long> copied = tx.copyIn(CSV, source);
      Eventually.require("it is subscribed to", source::hasSubscribers);
      source.submit(lines(10_000));
      requireCopying(server);
      assertThatThrownBy(() -> await(tx.commit()))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("a copyIn of it is under way");
      assertThatThrownBy(() -> await(copied)).isInstanceOf(QueryCanceled.class);
      requireUsable(db, server);
    }
  }

  @Test
  void manyCopiesRunAtOnce(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      List<CompletableFuture<Long>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int from = i * 5_000;
        Iterable<List<Object>> records =
            () ->
                IntStream.range(from, from + 5_000)
                    .<List<Object>>mapToObj(n -> List.of(n, "name"))
                    .iterator();
        all.add(db.copyIn("t", records));
      }
      all.forEach(copied -> assertThat(await(copied)).isEqualTo(5_000));
      assertThat(server.query("SELECT count(DISTINCT id), count(*) FROM t"))
          .containsExactly(List.of(200_000L, 200_000L));
    }
  }

  @Test
  void listenersHearOfACopyOnce(TestDatabase server) {
    List<String> heard = new CopyOnWriteArrayList<>();
    DatabaseListener listener =
        new DatabaseListener() {
          @Override
          public void queryStarted(QueryEvent query) {
            heard.add("start " + query.verb() + " " + query.sql());
          }

          @Override
          public void querySucceeded(QueryEvent query, QueryEnd end) {
            heard.add("success " + query.verb() + " " + end.rows());
          }

          @Override
          public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
            heard.add("failure " + query.verb() + " " + failure.getClass().getSimpleName());
          }
        };
    try (Database db =
        await(Database.connect(DatabaseOptions.of(server.url()).withListener(listener)))) {
      await(db.copyIn(CSV, lines(3).array()));
      assertThatThrownBy(() -> await(db.copyIn(CSV, "x\n".getBytes(UTF_8)))).isNotNull();
      await(db.copyIn(CopyRecords.into("t").columns("id"), List.of(List.of(1), List.of(2))));
      assertThat(heard)
          .filteredOn(line -> line.contains("copyIn"))
          .containsExactly(
              "start copyIn COPY \"t\" FROM STDIN (FORMAT csv)",
              "success copyIn 3",
              "start copyIn COPY \"t\" FROM STDIN (FORMAT csv)",
              "failure copyIn InvalidTextRepresentation",
              "start copyIn COPY \"t\" (\"id\") FROM STDIN (FORMAT binary)",
              "success copyIn 2");
    }
  }

  @Test
  void orTimeoutIsACancelToo(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      @Nullable Long none =
          db.copyIn("t", endless())
              .orTimeout(200, TimeUnit.MILLISECONDS)
              .exceptionally(late -> null)
              .join();
      assertThat(none).isNull();
      requireUsable(db, server);
    }
  }
}
