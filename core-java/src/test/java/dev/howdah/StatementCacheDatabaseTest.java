package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.InvalidCachedStatement;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Prepared statements: how many a connection keeps, and what a change of the schema does to them.
 */
@PostgresTest
class StatementCacheDatabaseTest {
  private static final String MODES =
      "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')";

  private static final String READ = "SELECT * FROM t WHERE id = $1";

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'Anna')");
  }

  private static Database cacheOf(TestDatabase server, int statements, int connections) {
    DatabaseOptions options =
        Pools.options(server, connections).toBuilder().statementCacheSize(statements).build();
    return await(Database.connect(options));
  }

  /** What the server has prepared for this connection; read without preparing anything. */
  private static List<String> prepared(Queries on) {
    return await(on.fetch(String.class, "SELECT statement FROM pg_prepared_statements"));
  }

  private static String numbered(int number) {
    return "SELECT $1::int + " + number;
  }

  private static void use(Queries on, int number) {
    assertThat(await(on.fetchValue(Integer.class, numbered(number), 1))).contains(number + 1);
  }

  @Test
  void theServerKeepsNoMoreThanTheCacheHolds(TestDatabase server) {
    try (Database db = cacheOf(server, 4, 1)) {
      for (int i = 0; i < 60; i++) {
        use(db, i);
        assertThat(prepared(db)).hasSizeLessThanOrEqualTo(5);
      }
      assertThat(prepared(db)).contains(numbered(59)).doesNotContain(numbered(0));
    }
  }

  @Test
  void manyCallsAtOnceDoNotGoBeyondTheBound(TestDatabase server) {
    try (Database db = cacheOf(server, 4, 2)) {
      List<Query<Optional<Integer>>> queries =
          IntStream.range(0, 500)
              .mapToObj(i -> Query.value(Integer.class, numbered(i % 50), 1))
              .toList();
      List<Optional<Integer>> answers = await(db.<Optional<Integer>>gather(queries));
      for (int i = 0; i < 500; i++) {
        assertThat(answers.get(i)).contains(i % 50 + 1);
      }
      try (Connection one = await(db.acquire());
          Connection other = await(db.acquire())) {
        assertThat(prepared(one)).hasSizeLessThanOrEqualTo(5);
        assertThat(prepared(other)).hasSizeLessThanOrEqualTo(5);
      }
    }
  }

  @Test
  void theOneThatWasNotUsedForLongestGoes(TestDatabase server) {
    try (Database db = cacheOf(server, 3, 1)) {
      use(db, 1);
      use(db, 2);
      use(db, 3);
      use(db, 1);
      use(db, 4);
      assertThat(prepared(db)).contains(numbered(1), numbered(3), numbered(4));
      assertThat(prepared(db)).doesNotContain(numbered(2));
    }
  }

  @Test
  void aStatementThatIsUsedAgainIsNotPreparedAgain(TestDatabase server) {
    try (Database db = cacheOf(server, 10, 1)) {
      use(db, 1);
      String since = "SELECT prepare_time::text FROM pg_prepared_statements";
      List<String> first = await(db.fetch(String.class, since));
      for (int i = 0; i < 20; i++) {
        use(db, 1);
      }
      assertThat(await(db.fetch(String.class, since))).isEqualTo(first).hasSize(1);
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutACacheNothingIsLeftPrepared(TestDatabase server) {
    Backends backends = Backends.of(server);
    DatabaseOptions one = Pools.options(server, 1);
    record Case(String name, DatabaseOptions options) {}
    return Stream.of(
            new Case("a cache of none", one.toBuilder().statementCacheSize(0).build()),
            new Case("pooler mode", one.withPoolerMode(true)))
        .map(
            c ->
                backends.test(
                    c.name(),
                    () -> {
                      try (Database db = await(Database.connect(c.options()))) {
                        for (Verb verb : Verb.values()) {
                          for (int i = 0; i < 5; i++) {
                            await(verb.on(db, "SELECT $1::text", "1"));
                          }
                          assertThat(prepared(db)).as(verb.toString()).isEmpty();
                        }
                      }
                    }));
  }

  /** A change that another session makes while statements are cached here. */
  private static Stream<String> changes() {
    return Stream.of(
        "ALTER TABLE t ADD COLUMN age int DEFAULT 30",
        "ALTER TABLE t ALTER COLUMN id TYPE bigint",
        "ALTER TABLE t DROP COLUMN name",
        "ALTER TABLE t RENAME COLUMN name TO full_name",
        "DROP TABLE t; CREATE TABLE t (other text, id int); INSERT INTO t VALUES ('x', 1)");
  }

  /** The table as it was before any change. */
  private static void reset(TestDatabase server) {
    server.sql(
        "DROP TABLE t; CREATE TABLE t (id int, name text); INSERT INTO t VALUES (1, 'Anna')");
  }

  private static void warm(Queries on) {
    // Often enough for the server to keep one plan for all arguments.
    for (int i = 0; i < 8; i++) {
      assertThat(await(on.fetch(READ, 1))).hasSize(1);
    }
  }

  private static List<String> columns(TestDatabase server) {
    return server
        .query(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = 't'"
                + " ORDER BY ordinal_position")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> aChangeIsNotSeenByCallersOutsideATransaction(TestDatabase server) {
    Backends backends = Backends.of(server);
    return changes()
        .map(
            change ->
                backends.test(
                    change,
                    () -> {
                      try (Database db = cacheOf(server, 10, 1)) {
                        int pid = pid(db);
                        reset(server);
                        warm(db);
                        server.sql(change);
                        List<Row> rows = await(db.fetch(READ, 1));
                        assertThat(rows).hasSize(1);
                        assertThat(rows.get(0).columns().names()).isEqualTo(columns(server));
                        assertThat(pid(db)).isEqualTo(pid);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyVerbGetsOverAChange(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .filter(verb -> verb != Verb.EXECUTE_SCRIPT && verb != Verb.FETCH_TYPE)
        .filter(verb -> !verb.toString().contains("transaction") && verb != Verb.SAVEPOINT)
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      try (Database db = cacheOf(server, 10, 1)) {
                        reset(server);
                        warm(db);
                        server.sql("ALTER TABLE t ADD COLUMN age int");
                        Object answer = await(verb.on(db, READ, 1));
                        if (answer instanceof List<?> all
                            && all.get(0) instanceof Outcome<?> outcome) {
                          assertThat(outcome.succeeded()).as(outcome.toString()).isTrue();
                        }
                      }
                    }));
  }

  @Test
  void aStatementThatWritesIsRunOnceAlthoughItIsTriedTwice(TestDatabase server) {
    String insert = "INSERT INTO t (id) VALUES ($1) RETURNING *";
    try (Database db = cacheOf(server, 10, 1)) {
      for (int i = 0; i < 8; i++) {
        await(db.fetch(insert, 7));
      }
      server.sql("ALTER TABLE t ADD COLUMN age int; DELETE FROM t");
      assertThat(await(db.fetch(insert, 7))).hasSize(1);
      assertThat(server.query("SELECT id FROM t")).containsExactly(List.of(7));
    }
  }

  @Test
  void theWholePoolGetsOverAChange(TestDatabase server) {
    try (Database db = cacheOf(server, 10, 4)) {
      List<Connection> all =
          Stream.generate(db::acquire).limit(4).toList().stream()
              .map(dev.howdah.testing.JavaHandles::await)
              .toList();
      all.forEach(StatementCacheDatabaseTest::warm);
      all.forEach(Connection::close);
      for (String change :
          List.of(
              "ALTER TABLE t ADD COLUMN age int", "ALTER TABLE t ALTER COLUMN id TYPE bigint")) {
        server.sql(change);
        List<CompletableFuture<List<Row>>> calls =
            Stream.generate(() -> db.fetch(READ, 1)).limit(40).toList();
        calls.forEach(call -> assertThat(await(call)).hasSize(1));
        assertThat(await(db.gather(Collections.nCopies(40, Query.row(READ, 1))))).hasSize(40);
      }
    }
  }

  /** Places inside a transaction, where the server gives no second chance. */
  private record Place(String name, Function<Database, CompletableFuture<List<Row>>> read) {}

  @TestFactory
  Stream<DynamicTest> insideATransactionAChangeIsAClearErrorAndGoneAfterwards(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(
            new Place("on the database", db -> db.transaction(tx -> readSecond(tx))),
            new Place(
                "on a connection",
                db -> db.connection(held -> held.transaction(tx -> readSecond(tx)))))
        .map(
            place ->
                backends.test(
                    place.name(),
                    () -> {
                      try (Database db = cacheOf(server, 10, 1)) {
                        int pid = pid(db);
                        reset(server);
                        warm(db);
                        server.sql("ALTER TABLE t ADD COLUMN age int");
                        assertThat(Verb.failureOf(place.read().apply(db)))
                            .isInstanceOfSatisfying(
                                InvalidCachedStatement.class,
                                failure -> {
                                  assertThat(failure.sqlState()).isEqualTo("0A000");
                                  assertThat(failure.isRetryable()).isTrue();
                                })
                            .hasMessageContaining("cached plan");
                        assertThat(await(place.read().apply(db))).hasSize(1);
                        assertThat(await(db.fetch(READ, 1))).hasSize(1);
                        assertThat(pid(db)).isEqualTo(pid);
                      }
                    }));
  }

  private static CompletableFuture<List<Row>> readSecond(Transaction tx) {
    return tx.execute("SELECT $1::int", 1).thenCompose(first -> tx.fetch(READ, 1));
  }

  @Test
  void theFirstStatementOfATransactionGetsOverAChange(TestDatabase server) {
    try (Database db = cacheOf(server, 10, 1)) {
      reset(server);
      warm(db);
      server.sql("ALTER TABLE t ADD COLUMN age int");
      TransactionOptions reading = TransactionOptions.repeatableRead().withReadOnly(true);
      Row modes =
          await(
              db.transaction(
                  reading, tx -> tx.fetch(READ, 1).thenCompose(rows -> tx.fetchOne(MODES))));
      assertThat(modes.values()).containsExactly("repeatable read", "on");
    }
  }

  @Test
  void inASavepointTheSecondTryIsAnswered(TestDatabase server) {
    try (Database db = cacheOf(server, 10, 1)) {
      reset(server);
      warm(db);
      server.sql("ALTER TABLE t ADD COLUMN age int");
      CompletableFuture<List<Row>> block =
          db.transaction(
              tx -> {
                CompletableFuture<List<Row>> first = tx.transaction(in -> in.fetch(READ, 1));
                assertThatThrownBy(() -> await(first))
                    .isInstanceOfSatisfying(
                        InvalidCachedStatement.class,
                        failure -> assertThat(failure.sqlState()).isEqualTo("0A000"));
                return tx.transaction(in -> in.fetch(READ, 1));
              });
      assertThat(await(block)).hasSize(1);
    }
  }

  @Test
  void aListenerSeesOneStatementAlthoughItIsTriedTwice(TestDatabase server) {
    AtomicInteger started = new AtomicInteger();
    AtomicInteger succeeded = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    DatabaseListener counting =
        new DatabaseListener() {
          @Override
          public void queryStarted(QueryEvent query) {
            started.incrementAndGet();
          }

          @Override
          public void querySucceeded(QueryEvent query, QueryEnd end) {
            succeeded.incrementAndGet();
          }

          @Override
          public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
            failed.incrementAndGet();
          }
        };
    try (Database db = await(Database.connect(Pools.options(server, 1).withListener(counting)))) {
      reset(server);
      warm(db);
      server.sql("ALTER TABLE t ADD COLUMN age int");
      started.set(0);
      succeeded.set(0);
      assertThat(await(db.fetch(READ, 1))).hasSize(1);
      Eventually.require("its end is told", () -> succeeded.get() + failed.get() > 0);
      assertThat(List.of(started.get(), succeeded.get(), failed.get())).containsExactly(1, 1, 0);
    }
  }

  /**
   * The user takes statements away behind the driver's back, or leaves some; the next borrower must
   * not pay.
   */
  @TestFactory
  Stream<DynamicTest> whatAUserDoesToStatementsIsNotFeltByTheNext(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of("DEALLOCATE ALL", "DISCARD ALL", "DISCARD PLANS", "PREPARE mine AS SELECT 1")
        .map(
            drop ->
                backends.test(
                    drop,
                    () -> {
                      try (Database db = cacheOf(server, 10, 1)) {
                        List<CompletableFuture<?>> later = new ArrayList<>();
                        warm(db);
                        await(db.execute(drop));
                        later.add(db.fetch(READ, 1));
                        later.add(db.connection(held -> held.execute(drop)));
                        later.add(db.transaction(tx -> tx.fetch(READ, 1)));
                        later.forEach(call -> assertThat(await(call)).isNotNull());
                      }
                    }));
  }
}
