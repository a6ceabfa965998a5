package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One statement for many rows of arguments: all or nothing, in order, lazily. */
@PostgresTest
class ManyDatabaseTest {
  private static final String INSERT = "INSERT INTO t VALUES ($1, $2)";

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
  }

  private static Database poolOfOne(TestDatabase server) {
    return await(
        Database.connect(
            DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1))));
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  private static Iterable<List<Object>> numbered(int count) {
    return () ->
        IntStream.range(0, count).<List<Object>>mapToObj(i -> List.of(i, "n" + i)).iterator();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 129, 5_000, 100_000})
  void everyElementIsRunOnce(int count, TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      assertThat(await(db.executeMany(INSERT, numbered(count)))).isEqualTo(count);
      assertThat(rows(server)).isEqualTo(count);
      assertThat(db.status().inUse()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1_000})
  void rowsComeInTheOrderOfTheElements(int count, TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      List<Integer> ids =
          await(db.fetchMany(Integer.class, INSERT + " RETURNING id * 2", numbered(count)));
      assertThat(ids).isEqualTo(IntStream.range(0, count).map(i -> i * 2).boxed().toList());
      assertThat(
              await(
                  db.fetchMany(
                      "SELECT g FROM generate_series(1, $1::int) g",
                      List.of(List.of(2), List.of(0), List.of(1)))))
          .extracting(row -> row.get(0))
          .containsExactly(1, 2, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 57, 2_000, 9_999})
  void oneThatTheServerRefusesUndoesAll(int wrong, TestDatabase server) {
    server.sql("INSERT INTO t VALUES (" + wrong + ", 'there')");
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> await(db.executeMany(INSERT, numbered(10_000))))
          .isInstanceOfSatisfying(
              UniqueViolation.class,
              dup -> {
                assertThat(dup.element()).hasValue(wrong);
                assertThat(dup.toString()).contains("ELEMENT: " + wrong + " of the batch");
              });
      assertThat(rows(server)).isEqualTo(1);
      assertThat(db.status().inUse()).isZero();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void anElementThatCannotBeEncodedUndoesAllAndIsNamed(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      List<Object> elements = new ArrayList<>();
      numbered(3_000).forEach(elements::add);
      elements.set(2_500, List.of(2_500, new Object()));
      assertThatThrownBy(() -> await(db.executeMany(INSERT, elements)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("element 2500")
          .hasMessageContaining("$2");
      elements.set(2_500, List.of(2_500));
      assertThatThrownBy(() -> await(db.executeMany(INSERT, elements)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("element 2500")
          .hasMessageContaining("2 arguments");
      elements.set(2_500, "text");
      assertThatThrownBy(() -> await(db.executeMany(INSERT, elements)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("element 2500")
          .hasMessageContaining("List or an array");
      assertThat(rows(server)).isZero();
    }
  }

  @Test
  void anIteratorThatThrowsUndoesAllAndIsPulledNoFurther(TestDatabase server) {
    IllegalStateException mine = new IllegalStateException("mine");
    AtomicInteger pulled = new AtomicInteger();
    Iterable<List<Object>> broken =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public List<Object> next() {
                if (pulled.incrementAndGet() > 2_000) {
                  throw mine;
                }
                return List.of(pulled.get(), "x");
              }
            };
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> await(db.executeMany(INSERT, broken))).isSameAs(mine);
      assertThat(mine.getSuppressed()[0])
          .hasMessageContaining("executeMany was pulling behind element");
      assertThat(pulled).hasValue(2_001);
      assertThat(rows(server)).isZero();
      assertThat(db.status().inUse()).isZero();
    }
  }

  @Test
  void pullingStopsSoonAfterAFailureOfTheServer(TestDatabase server) {
    server.sql("INSERT INTO t VALUES (5, 'there')");
    AtomicInteger pulled = new AtomicInteger();
    Iterable<List<Object>> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public List<Object> next() {
                return List.of(pulled.getAndIncrement(), "x");
              }
            };
    try (Database db = poolOfOne(server)) {
      assertThatThrownBy(() -> await(db.executeMany(INSERT, endless)))
          .isInstanceOf(UniqueViolation.class);
      // What was on its way, and one portion ahead.
      assertThat(pulled).hasValueLessThan(5_000);
      assertThat(rows(server)).isEqualTo(1);
    }
  }

  @Test
  void nullsAndOtherTypesInLaterElementsAreFine(TestDatabase server) {
    server.sql("CREATE TABLE n (v numeric, t text)");
    try (Database db = poolOfOne(server)) {
      List<List<Object>> elements =
          List.of(
              Arrays.asList(null, null),
              Arrays.asList(1, "one"),
              Arrays.asList(2L, null),
              Arrays.asList(new java.math.BigDecimal("3.50"), 'c'),
              Arrays.asList(null, "last"));
      assertThat(await(db.executeMany("INSERT INTO n VALUES ($1, $2)", elements))).isEqualTo(5);
      assertThat(
              server.query(
                  "SELECT string_agg(coalesce(v::text, '-') || coalesce(t, '-'), ' ') FROM n"))
          .containsExactly(List.of("-- 1one 2- 3.50c -last"));
    }
  }

  @Test
  void largeValuesArePortionedByTheirSize(TestDatabase server) {
    String large = "x".repeat(200_000);
    try (Database db = poolOfOne(server)) {
      assertThat(
              await(
                  db.executeMany(
                      INSERT,
                      () -> IntStream.range(0, 200).mapToObj(i -> List.of(i, large)).iterator())))
          .isEqualTo(200);
    }
  }

  @Test
  void aPublisherIsAskedForWhatGoes(TestDatabase server) {
    SubmissionPublisher<List<Object>> source = new SubmissionPublisher<>();
    try (Database db = poolOfOne(server)) {
      CompletableFuture<Long> done = db.executeMany(INSERT, source);
      Eventually.require("it is subscribed to", source::hasSubscribers);
      for (int i = 0; i < 3_000; i++) {
        source.submit(List.of(i, "p"));
      }
      source.close();
      assertThat(await(done)).isEqualTo(3_000);
      assertThat(rows(server)).isEqualTo(3_000);
    }
  }

  @Test
  void aPublisherThatFailsUndoesAll(TestDatabase server) {
    SubmissionPublisher<List<Object>> source = new SubmissionPublisher<>();
    try (Database db = poolOfOne(server)) {
      CompletableFuture<Long> done = db.executeMany(INSERT, source);
      Eventually.require("it is subscribed to", source::hasSubscribers);
      for (int i = 0; i < 1_500; i++) {
        source.submit(List.of(i, "p"));
      }
      IllegalStateException mine = new IllegalStateException("mine");
      source.closeExceptionally(mine);
      assertThatThrownBy(() -> await(done)).isSameAs(mine);
      assertThat(rows(server)).isZero();
      assertThat(db.status().inUse()).isZero();
    }
  }

  @Test
  void aCancelledBatchLeavesNothing(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      CompletableFuture<Long> slow =
          db.executeMany("INSERT INTO t SELECT $1, $2 FROM pg_sleep(0.01)", numbered(100_000));
      Eventually.require(
          "it runs",
          () ->
              (Long)
                      server
                          .query(
                              "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                  + " AND query LIKE 'INSERT INTO t SELECT%'")
                          .get(0)
                          .get(0)
                  == 1);
      slow.cancel(true);
      Eventually.require("it is back", () -> db.status().inUse() == 0);
      assertThat(rows(server)).isZero();
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void insideATransactionItIsPartOfIt(TestDatabase server) {
    try (Database db = poolOfOne(server);
        Transaction tx = await(db.begin())) {
      assertThat(await(tx.executeMany(INSERT, numbered(2_000)))).isEqualTo(2_000);
      Iterator<List<Object>> broken =
          IntStream.range(5_000, 9_000)
              .<List<Object>>mapToObj(
                  i -> {
                    if (i == 8_000) {
                      throw new IllegalStateException("mine");
                    }
                    return List.of(i, "x");
                  })
              .iterator();
      assertThatThrownBy(() -> await(tx.executeMany(INSERT, () -> broken)))
          .hasMessageContaining("mine");
      // What the broken one had sent is undone, the transaction goes on.
      assertThat(await(tx.fetchOne(Long.class, "SELECT count(*) FROM t"))).isEqualTo(2_000);
      await(tx.commit());
      assertThat(rows(server)).isEqualTo(2_000);
    }
  }

  @Test
  void refusalsNameTheVerb(TestDatabase server) {
    try (Database db = poolOfOne(server)) {
      Connection held = await(db.acquire());
      held.close();
      assertThatThrownBy(() -> await(held.executeMany(INSERT, numbered(3))))
          .isInstanceOf(HandleReturned.class)
          .hasMessageContaining("executeMany");
      assertThatThrownBy(() -> await(db.executeMany("SELECT 1; SELECT 2", List.of())))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("executeMany");
      assertThatThrownBy(() -> await(db.executeMany("COMMIT", List.of(List.of()))))
          .isInstanceOf(TransactionState.class);
      assertThatThrownBy(() -> db.executeMany(INSERT, (Iterable<?>) null))
          .isInstanceOf(WrongArguments.class);
    }
  }
}
