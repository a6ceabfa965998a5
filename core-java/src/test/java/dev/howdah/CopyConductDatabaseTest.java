package dev.howdah;

import static dev.howdah.testing.Copies.poolOfOne;
import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.query.CopyIn;
import dev.howdah.testing.Copies;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
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

  private static ByteBuffer lines(int count) {
    return ByteBuffer.wrap("1,name\n".repeat(count).getBytes(UTF_8));
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  private static void requireUsable(Database db, TestDatabase server) {
    Copies.requireUsable(db, server);
    assertThat(rows(server)).isZero();
  }

  @Test
  void aCopyThatWaitsForItsSourceIsStoppedByACancel(TestDatabase server) {
    try (Database db = poolOfOne(server);
        SubmissionPublisher<ByteBuffer> silent = new SubmissionPublisher<>()) {
      CompletableFuture<Long> copied = db.copyIn(CSV, silent);
      Eventually.require("it is subscribed to", silent::hasSubscribers);
      silent.submit(lines(10_000));
      Copies.requireRunning(server);
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
          CompletableFuture<Long> copied = db.copyIn(CSV.timeout(Duration.ofMillis(1_500)), silent);
          Eventually.require("it is subscribed to", silent::hasSubscribers);
          if (given > 0) {
            silent.submit(lines(given));
          }
          assertThatThrownBy(() -> await(copied))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("copyIn took longer than its 1500 ms")
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
      CompletableFuture<Long> slow = db.copyIn("t", Copies.endless());
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
      Copies.requireRunning(server);
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
      Copies.requireRunning(server);
      proxy.cutConnections();
      assertThatThrownBy(() -> await(copied))
          .isInstanceOf(ConnectionLost.class)
          .hasMessageContaining("was lost");
      Eventually.require("the source is let go", () -> !source.hasSubscribers());
      Eventually.require("the server has noticed", () -> Copies.running(server) == 0);
      requireUsable(db, server);
    }
  }

  @Test
  void orTimeoutIsACancelToo(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      @Nullable Long none =
          db.copyIn("t", Copies.endless())
              .orTimeout(200, TimeUnit.MILLISECONDS)
              .exceptionally(late -> null)
              .join();
      assertThat(none).isNull();
      requireUsable(db, server);
    }
  }
}
