package dev.howdah;

import static dev.howdah.testing.Copies.poolOfOne;
import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.error.OperatorIntervention.QueryCanceled;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyRecords;
import dev.howdah.testing.Copies;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COPY in as a part of a transaction, beside other calls, and many at once. */
@PostgresTest
class CopyInTransactionsDatabaseTest {
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
      Copies.requireRunning(server);
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
      Copies.requireRunning(server);
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
}
