package dev.howdah;

import static dev.howdah.testing.Copies.poolOfOne;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DataError.DivisionByZero;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.error.OperatorIntervention.QueryCanceled;
import dev.howdah.error.SyntaxOrAccess.UndefinedTable;
import dev.howdah.query.CopyOut;
import dev.howdah.query.Query;
import dev.howdah.testing.Copies;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** COPY out to a subscriber that takes its time, stops, fails or loses its connection. */
@PostgresTest
class CopyOutStreamDatabaseTest {
  private static final CopyOut ENDLESS =
      CopyOut.csv(
          Query.rows(
              "SELECT a, b, repeat('x', 100) FROM generate_series(1, 50000) a, generate_series(1,"
                  + " 50000) b"));

  @BeforeEach
  void table(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int, \"a name\" text);"
            + "INSERT INTO t SELECT i, 'n\"' || i FROM generate_series(1, 20000) i;"
            + "INSERT INTO t VALUES (20001, NULL), (20002, E'tab\\t back\\\\ é, ;')");
  }

  private static byte[] byJdbc(TestDatabase server, String sql) throws SQLException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    server.jdbc().unwrap(PGConnection.class).getCopyAPI().copyOut(sql, bytes);
    return bytes.toByteArray();
  }

  /** Takes what it asked for. */
  private static final class Probe implements Flow.Subscriber<ByteBuffer> {
    final List<ByteBuffer> chunks = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    final CountDownLatch subscribed = new CountDownLatch(1);
    Flow.@Nullable Subscription subscription;
    final long first;

    Probe(long first) {
      this.first = first;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      if (first > 0) {
        given.request(first);
      }
      subscribed.countDown();
    }

    Flow.Subscription subscription() {
      Flow.Subscription given = subscription;
      if (given == null) {
        throw new AssertionError("not subscribed");
      }
      return given;
    }

    @Override
    public void onNext(ByteBuffer chunk) {
      chunks.add(chunk);
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

  @Test
  void subscribersGetAllInChunks(TestDatabase server) throws Exception {
    try (Database db = poolOfOne(server)) {
      Flow.Publisher<ByteBuffer> all = db.copyOut(CopyOut.csv("t"));
      for (int i = 0; i < 2; i++) {
        Probe probe = new Probe(Long.MAX_VALUE);
        all.subscribe(probe);
        probe.end.get(60, TimeUnit.SECONDS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        probe.chunks.forEach(
            chunk -> bytes.writeBytes(Arrays.copyOf(chunk.array(), chunk.limit())));
        assertThat(bytes.toByteArray()).isEqualTo(byJdbc(server, "COPY t TO STDOUT (FORMAT csv)"));
        assertThat(probe.chunks).hasSizeLessThan(10);
      }
      Probe nothing = new Probe(1);
      db.copyOut(CopyOut.csv(Query.rows("SELECT 1 WHERE false"))).subscribe(nothing);
      nothing.end.get(60, TimeUnit.SECONDS);
      assertThat(nothing.chunks).isEmpty();
      Probe broken = new Probe(Long.MAX_VALUE);
      db.copyOut(CopyOut.csv("nowhere")).subscribe(broken);
      assertThatThrownBy(() -> await(broken.end)).isInstanceOf(UndefinedTable.class);
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void theServerWaitsForTheSubscriberAndStopsWithIt(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Probe probe = new Probe(0);
      db.copyOut(ENDLESS).subscribe(probe);
      assertThat(Copies.running(server)).isZero();
      probe.subscription().request(3);
      Eventually.require("three have come", () -> probe.chunks.size() == 3);
      Eventually.require(
          "the server waits",
          () ->
              server.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'ClientWrite'").size()
                  == 1);
      assertThat(probe.chunks).hasSize(3);
      probe.subscription().request(2);
      Eventually.require("two more have come", () -> probe.chunks.size() == 5);
      probe.subscription().cancel();
      Eventually.require("it is back", () -> db.status().inUse() == 0);
      Copies.requireUsable(db, server);
      assertThat(probe.end).isNotDone();
      Probe wrong = new Probe(0);
      db.copyOut(ENDLESS).subscribe(wrong);
      wrong.subscription().request(0);
      assertThatThrownBy(() -> await(wrong.end)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aConsumerThatFailsStopsTheServerAndItsFailureArrives(TestDatabase server) {
    IOException mine = new IOException("disk full");
    try (Database db = poolOfOne(server)) {
      for (int good : new int[] {0, 1, 5}) {
        OutputStream full =
            new OutputStream() {
              private int taken;

              @Override
              public void write(int b) {}

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                if (taken++ == good) {
                  throw mine;
                }
              }
            };
        assertThatThrownBy(() -> await(db.copyOut(ENDLESS, full))).hasCause(mine);
        Copies.requireUsable(db, server);
      }
      IllegalStateException thrown = new IllegalStateException("mine");
      CompletableFuture<Throwable> heard = new CompletableFuture<>();
      db.copyOut(ENDLESS)
          .subscribe(
              new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                  given.request(10);
                }

                @Override
                public void onNext(ByteBuffer chunk) {
                  throw thrown;
                }

                @Override
                public void onError(Throwable failure) {
                  heard.complete(failure);
                }

                @Override
                public void onComplete() {}
              });
      assertThat(heard.join()).isSameAs(thrown);
      Eventually.require("it is back", () -> db.status().inUse() == 0);
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void cancelsAndTimeoutsStopTheServer(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      CompletableFuture<Long> copied = db.copyOut(ENDLESS, OutputStream.nullOutputStream());
      Eventually.require("it runs", () -> Copies.running(server) == 1);
      copied.cancel(true);
      Copies.requireUsable(db, server);
      CopyOut short0 = ENDLESS.timeout(Duration.ofMillis(200));
      assertThatThrownBy(() -> await(db.copyOut(short0, OutputStream.nullOutputStream())))
          .isInstanceOf(QueryTimeout.class)
          .hasMessageContaining("copyOut took longer than its 200 ms");
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void anErrorInTheMiddleArrives(TestDatabase server) {
    CopyOut breaking =
        CopyOut.csv(Query.rows("SELECT 1 / (100000 - i) FROM generate_series(1, 300000) i"));
    try (Database db = poolOfOne(server)) {
      AtomicLong bytes = new AtomicLong();
      OutputStream counting =
          new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void write(byte[] chunk, int offset, int length) {
              bytes.addAndGet(length);
            }
          };
      assertThatThrownBy(() -> await(db.copyOut(breaking, counting)))
          .isInstanceOf(DivisionByZero.class);
      assertThat(bytes.get()).isPositive();
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void aConnectionLostInTheMiddleFailsTheCopy(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = poolOfOne(server.url(proxy))) {
      Probe probe = new Probe(2);
      db.copyOut(ENDLESS).subscribe(probe);
      Eventually.require("two have come", () -> probe.chunks.size() == 2);
      proxy.cutConnections();
      probe.subscription().request(Long.MAX_VALUE);
      assertThatThrownBy(() -> await(probe.end)).isInstanceOf(ConnectionLost.class);
      Eventually.require("the server has noticed", () -> Copies.running(server) == 0);
      Copies.requireUsable(db, server);
    }
  }

  @Test
  void inATransactionItSeesItsRowsAndStoppingItFailsIt(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      await(tx.execute("DELETE FROM t WHERE id > 5"));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(await(tx.copyOut(CopyOut.csv("t"), bytes))).isEqualTo(5);
      assertThatThrownBy(
              () -> await(tx.transaction(inner -> inner.copyOut(CopyOut.csv("nowhere"), bytes))))
          .isInstanceOf(UndefinedTable.class);
      Probe probe = new Probe(1);
      tx.copyOut(ENDLESS).subscribe(probe);
      Eventually.require("one has come", () -> probe.chunks.size() == 1);
      assertThatThrownBy(() -> await(tx.fetch("SELECT 1")))
          .isInstanceOf(TransactionState.class)
          .hasMessageContaining("while a copyOut of it is under way");
      probe.subscription().cancel();
      Eventually.require("it has stopped", () -> !isCopying(tx));
      assertThatThrownBy(() -> await(tx.fetch("SELECT 1"))).isInstanceOf(InFailedTransaction.class);
      await(tx.rollback());
      assertThat(await(db.fetchOne(Long.class, "SELECT count(*) FROM t"))).isEqualTo(20_002);
    }
  }

  /** The transaction hears of the end a moment after the server has stopped. */
  private static boolean isCopying(Transaction tx) {
    try {
      await(tx.fetch("SELECT 1"));
      return false;
    } catch (TransactionState underWay) {
      return true;
    } catch (InFailedTransaction stopped) {
      return false;
    }
  }

  @Test
  void aRollbackStopsACopyThatNobodyReads(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Transaction tx = await(db.begin());
      Probe probe = new Probe(1);
      tx.copyOut(ENDLESS).subscribe(probe);
      Eventually.require("one has come", () -> probe.chunks.size() == 1);
      await(tx.rollback());
      Copies.requireUsable(db, server);
      probe.subscription().request(1);
      assertThatThrownBy(() -> await(probe.end)).isInstanceOf(QueryCanceled.class);
    }
  }
}
