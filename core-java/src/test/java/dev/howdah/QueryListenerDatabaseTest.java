package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError;
import dev.howdah.error.OperatorIntervention.QueryCanceled;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every start has exactly one end, and a listener changes nothing. */
@PostgresTest
class QueryListenerDatabaseTest {
  /** Counts, and notices what must not be: an end without a start, or a second one. */
  private static final class Ledger implements DatabaseListener {
    private final Map<Long, QueryEvent> open = new ConcurrentHashMap<>();
    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger succeeded = new AtomicInteger();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final List<String> wrong = new CopyOnWriteArrayList<>();

    @Override
    public void queryStarted(QueryEvent query) {
      started.incrementAndGet();
      if (open.put(query.id(), query) != null) {
        wrong.add("started twice: " + query);
      }
    }

    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      succeeded.incrementAndGet();
      end(query, end.took());
    }

    @Override
    public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
      failures.add(failure);
      end(query, end.took());
    }

    private void end(QueryEvent query, Duration took) {
      if (!query.equals(open.remove(query.id()))) {
        wrong.add("ended without a start, or twice: " + query);
      }
      if (took.isNegative()) {
        wrong.add("took " + took + ": " + query);
      }
    }

    void requireBalanced() {
      Eventually.require("every start has its end, " + open, open::isEmpty);
      assertThat(wrong).isEmpty();
      assertThat(started.get()).isEqualTo(succeeded.get() + failures.size());
    }
  }

  private static Database connect(DatabaseOptions options, DatabaseListener... listeners) {
    DatabaseOptions told = options;
    for (DatabaseListener listener : listeners) {
      told = told.withListener(listener);
    }
    return await(Database.connect(told));
  }

  @TestFactory
  Stream<DynamicTest> successAndFailureAreToldForEveryVerb(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      Ledger ledger = new Ledger();
                      try (Database db = connect(Pools.options(server, 1), ledger)) {
                        await(verb.on(db, "SELECT '1'"));
                        Eventually.require("it is told", () -> ledger.succeeded.get() == 1);
                        Throwable failure = Verb.failureOf(verb.on(db, "SELECT 1 / 0"));
                        assertThat(failure).isInstanceOf(DataError.DivisionByZero.class);
                        Eventually.require("it is told", () -> ledger.failures.size() == 1);
                        assertThat(ledger.failures.get(0)).isSameAs(failure);
                        ledger.requireBalanced();
                        assertThat(ledger.started.get()).isEqualTo(2);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aCancelIsToldForEveryVerb(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      Ledger ledger = new Ledger();
                      try (Database db = connect(Pools.options(server, 1), ledger)) {
                        CompletableFuture<?> running = verb.on(db, "SELECT pg_sleep(600)");
                        backends.requireRunning(1, "pg_sleep");
                        running.cancel(true);
                        Eventually.require("it is told", () -> ledger.failures.size() == 1);
                        assertThat(ledger.failures.get(0)).matches(told -> isCancel(verb, told));
                        Pools.requireAllBack(db);
                        ledger.requireBalanced();
                      }
                    }));
  }

  /** In a block it was the block that was cancelled; its statement is told what the server says. */
  private static boolean isCancel(Verb verb, Throwable told) {
    return told instanceof CancellationException
        || (verb.isBlock() && told instanceof QueryCanceled);
  }

  @TestFactory
  Stream<DynamicTest> aTimeoutIsToldForEveryVerb(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Verb.values())
        .map(
            verb ->
                backends.test(
                    verb.toString(),
                    () -> {
                      Ledger ledger = new Ledger();
                      DatabaseOptions limited =
                          Pools.options(server, 1)
                              .withTimeouts(
                                  TimeoutOptions.defaults().withQuery(Duration.ofMillis(200)));
                      try (Database db = connect(limited, ledger)) {
                        Throwable failure = Verb.failureOf(verb.on(db, "SELECT pg_sleep(600)"));
                        assertThat(failure).isInstanceOf(QueryTimeout.class);
                        Eventually.require("it is told", () -> ledger.failures.size() == 1);
                        assertThat(ledger.failures.get(0)).isSameAs(failure);
                        Pools.requireAllBack(db);
                        ledger.requireBalanced();
                      }
                    }));
  }

  @Test
  void refusalsAreToldOrNotStarted(TestDatabase server) {
    Ledger ledger = new Ledger();
    DatabaseOptions options =
        DatabaseOptions.of(server.url())
            .withPool(
                PoolOptions.defaults().withSize(1).withAcquireTimeout(Duration.ofMillis(300)));
    Database db = connect(options, ledger);
    Connection held = await(db.acquire());
    for (Verb verb : Verb.values()) {
      assertThat(Verb.failureOf(verb.on(db, "SELECT '1'"))).isInstanceOf(PoolTimeout.class);
      ledger.requireBalanced();
    }
    CompletableFuture<Long> waiting = db.execute("SELECT 1");
    Eventually.require("it waits", () -> db.status().waiting() == 1);
    waiting.cancel(true);
    ledger.requireBalanced();
    held.close();
    for (Verb verb : Verb.ofEveryHandle()) {
      assertThatThrownBy(() -> await(verb.on(held, "SELECT '1'"))).isNotNull();
    }
    assertThatThrownBy(() -> db.execute("SELECT $1", 1, 2)).isInstanceOf(WrongArguments.class);
    ledger.requireBalanced();
    db.close();
    for (Verb verb : Verb.values()) {
      assertThat(Verb.failureOf(verb.on(db, "SELECT '1'"))).isInstanceOf(DatabaseClosed.class);
    }
    ledger.requireBalanced();
    assertThat(ledger.succeeded.get()).isZero();
  }

  @Test
  void aStormHasAsManyEndsAsStarts(TestDatabase server) {
    Random random = Seed.of("aStormHasAsManyEndsAsStarts");
    Ledger ledger = new Ledger();
    server.sql(Storm.TABLES);
    try (Database db = connect(Pools.options(server, 4), ledger)) {
      Storm storm = new Storm(db, 500);
      storm.rage(random);
      assertThat(storm.unexpected()).isEmpty();
      Pools.requireAllBack(db);
      ledger.requireBalanced();
      assertThat(ledger.started.get()).isGreaterThan(500);
    }
  }

  @Test
  void aCancelInTheInstantOfTheAnswerIsNotASecondEnd(TestDatabase server) {
    Random random = Seed.of("aCancelInTheInstantOfTheAnswerIsNotASecondEnd");
    Ledger ledger = new Ledger();
    try (Database db = connect(Pools.options(server, 1), ledger)) {
      for (int i = 0; i < 3_000; i++) {
        CompletableFuture<Long> call = db.execute("SELECT 1");
        Seed.moment(random, 400);
        call.cancel(true);
        Pools.requireAllBack(db);
      }
      ledger.requireBalanced();
    }
  }

  /** Throws wherever it is called. */
  private static final class Thrower implements DatabaseListener {
    private final Throwable thrown;
    final AtomicInteger calls = new AtomicInteger();

    Thrower(Throwable thrown) {
      this.thrown = thrown;
    }

    private void called() {
      calls.incrementAndGet();
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }

    @Override
    public void queryStarted(QueryEvent query) {
      called();
    }

    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      called();
    }

    @Override
    public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
      called();
    }
  }

  @TestFactory
  Stream<DynamicTest> aListenerThatThrowsChangesNothing(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(
            new IllegalStateException("a listener's"),
            new AssertionError("a listener's"),
            new NoClassDefFoundError("a listener's"))
        .map(
            thrown ->
                backends.test(
                    thrown.toString(),
                    () -> {
                      Thrower thrower = new Thrower(thrown);
                      Ledger ledger = new Ledger();
                      try (Database db = connect(Pools.options(server, 1), thrower, ledger)) {
                        unchanged(db, backends);
                        // Whoever comes after the one that throws is told all the same.
                        ledger.requireBalanced();
                        assertThat(ledger.succeeded.get()).isPositive();
                        assertThat(thrower.calls.get()).isEqualTo(2 * ledger.started.get());
                      }
                    }));
  }

  private static void unchanged(Database db, Backends backends) {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Optional<Integer>> call = db.fetchValue(Integer.class, "SELECT $1::int", i);
      assertThat(call).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Optional.of(i));
    }
    assertThat(Verb.failureOf(db.execute("SELECT 1 / $1::int", 0)))
        .isInstanceOf(DataError.DivisionByZero.class);
    CompletableFuture<Long> block =
        db.transaction(tx -> tx.execute("SELECT 1").thenCompose(one -> tx.execute("SELECT 2")));
    assertThat(block).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1L);
    CompletableFuture<Long> running = db.execute("SELECT pg_sleep(600)");
    backends.requireRunning(1, "pg_sleep");
    running.cancel(true);
    Pools.requireAllBack(db);
    assertThat(backends.running("pg_sleep")).isZero();
    assertThat(db.fetchValue(Integer.class, "SELECT 42"))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(Optional.of(42));
  }
}
