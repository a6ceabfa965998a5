package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.CallSite;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.observe.SlowQueryLog;
import dev.howdah.query.Query;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listeners, time limits and reports say of what runs. */
@PostgresTest
class WatchingDatabaseTest {
  /** Remembers every event, in words. */
  private static final class Ledger implements DatabaseListener {
    final Map<Long, AtomicInteger> ends = new ConcurrentHashMap<>();
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<QueryEnd> details = new CopyOnWriteArrayList<>();

    @Override
    public void queryStarted(QueryEvent query) {
      ends.put(query.id(), new AtomicInteger());
      lines.add("start " + query.verb() + " " + query.sql());
    }

    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      ends.get(query.id()).incrementAndGet();
      lines.add("success " + query.verb() + " " + end.rows());
      details.add(end);
    }

    @Override
    public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
      ends.get(query.id()).incrementAndGet();
      lines.add("failure " + query.verb() + " " + failure.getClass().getSimpleName());
      details.add(end);
    }

    void requireOneEndEach() {
      Eventually.require(
          "each has ended", () -> ends.values().stream().allMatch(count -> count.get() == 1));
    }
  }

  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1));
  }

  @Test
  void everyStartHasOneEndWithItsFigures(TestDatabase server) {
    Ledger ledger = new Ledger();
    try (Database db = await(Database.connect(poolOfOne(server).withListener(ledger)))) {
      await(db.fetch("SELECT generate_series(1, $1::int)", 3));
      assertThatThrownBy(() -> await(db.execute("SELECT 1 / 0"))).hasMessageContaining("zero");
      await(db.executeScript("SELECT 1; SELECT 2"));
      await(db.gather(List.of(Query.execute("SELECT 1"))));
      await(db.transaction(tx -> tx.fetchOne("SELECT 7")));
      await(db.stream("SELECT generate_series(1, 5)").forEach(row -> {}));
      CompletableFuture<Long> slow = db.execute("SELECT pg_sleep(600)");
      Eventually.require(
          "it runs",
          () ->
              db.borrowedConnections().stream()
                  .anyMatch(b -> String.valueOf(b.statement()).contains("pg_sleep")));
      slow.cancel(true);
      ledger.requireOneEndEach();
      assertThat(ledger.lines)
          .containsExactly(
              "start fetch SELECT generate_series(1, $1::int)",
              "success fetch 3",
              "start execute SELECT 1 / 0",
              "failure execute DivisionByZero",
              "start executeScript SELECT 1; SELECT 2",
              "success executeScript 0",
              "start execute SELECT 1",
              "success execute 1",
              "start fetchOne SELECT 7",
              "success fetchOne 1",
              "start stream SELECT generate_series(1, 5)",
              "success stream 5",
              "start execute SELECT pg_sleep(600)",
              "failure execute CancellationException");
      assertThat(ledger.details)
          .allSatisfy(
              end -> {
                assertThat(end.connection()).contains(server.address());
                assertThat(end.took()).isGreaterThanOrEqualTo(end.waited());
              });
    }
  }

  @Test
  void aCallThatNeverGotAConnectionSaysSo(TestDatabase server) {
    Ledger ledger = new Ledger();
    try (Database db = await(Database.connect(poolOfOne(server).withListener(ledger)));
        Connection held = await(db.acquire())) {
      assertThatThrownBy(
              () -> await(db.run(Query.execute("SELECT 1").timeout(Duration.ofMillis(50)))))
          .isInstanceOfSatisfying(
              QueryTimeout.class, late -> assertThat(late.nothingWasSent()).isTrue())
          .hasMessageContaining("50 ms")
          .hasMessageContaining("waiting for a connection");
      assertThat(ledger.details.get(0).connection()).isNull();
      assertThat(held).isNotNull();
    }
  }

  @Test
  void aTimeoutSaysHowLongItWaited(TestDatabase server) {
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      assertThatThrownBy(
              () ->
                  await(
                      db.run(Query.execute("SELECT pg_sleep(600)").timeout(Duration.ofMillis(80)))))
          .isInstanceOfSatisfying(
              QueryTimeout.class, late -> assertThat(late.nothingWasSent()).isFalse())
          .hasMessageContaining("waiting for a connection, the rest preparing and running");
    }
  }

  @Test
  void theDefaultTimeoutHoldsForScriptsAndStreamsToo(TestDatabase server) {
    DatabaseOptions options =
        poolOfOne(server).withTimeouts(TimeoutOptions.defaults().withQuery(Duration.ofMillis(100)));
    try (Database db = await(Database.connect(options))) {
      assertThatThrownBy(() -> await(db.executeScript("SELECT pg_sleep(600)")))
          .isInstanceOf(QueryTimeout.class)
          .hasMessageContaining("executeScript");
      assertThatThrownBy(() -> await(db.stream("SELECT pg_sleep(600)").forEach(row -> {})))
          .isInstanceOf(QueryTimeout.class)
          .hasMessageContaining("stream");
      assertThatThrownBy(
              () -> await(db.executeScript("SELECT pg_sleep(600)", Duration.ofMillis(60))))
          .isInstanceOf(QueryTimeout.class)
          .hasMessageContaining("60 ms");
      assertThatThrownBy(() -> db.executeScript("SELECT 1", Duration.ZERO))
          .isInstanceOf(WrongArguments.class);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aListenerThatThrowsChangesNothing(TestDatabase server) {
    DatabaseListener broken =
        new DatabaseListener() {
          @Override
          public void queryStarted(QueryEvent query) {
            throw new AssertionError("start");
          }

          @Override
          public void querySucceeded(QueryEvent query, QueryEnd end) {
            throw new IllegalStateException("end");
          }
        };
    Ledger ledger = new Ledger();
    try (Database db =
        await(Database.connect(poolOfOne(server).withListener(broken).withListener(ledger)))) {
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      ledger.requireOneEndEach();
    }
  }

  @Test
  void slowQueriesAreReportedAndOthersAreNot(TestDatabase server) {
    List<String> lines = new CopyOnWriteArrayList<>();
    SlowQueryLog log =
        new SlowQueryLog(Duration.ofMillis(100), ParameterDisplay.HIDDEN, lines::add);
    try (Database db = await(Database.connect(poolOfOne(server).withListener(log)))) {
      await(db.execute("SELECT 1"));
      await(db.execute("SELECT pg_sleep($1)", 0.12));
      Eventually.require("a line", () -> lines.stream().anyMatch(l -> l.contains("pg_sleep($1)")));
      assertThat(lines.get(lines.size() - 1))
          .startsWith("slow execute: ")
          .contains("waiting")
          .contains("1 row")
          .contains(server.address())
          .doesNotContain("0.12");
    }
    assertThatThrownBy(() -> new SlowQueryLog(Duration.ZERO, ParameterDisplay.HIDDEN, lines::add))
        .isInstanceOf(InvalidOption.class);
  }

  @Test
  void aListenerCanFindThePlaceOfTheCall(TestDatabase server) {
    List<@Nullable StackTraceElement> places = new CopyOnWriteArrayList<>();
    DatabaseListener listener =
        new DatabaseListener() {
          @Override
          public void queryStarted(QueryEvent query) {
            places.add(CallSite.current());
          }
        };
    try (Database db = await(Database.connect(poolOfOne(server).withListener(listener)))) {
      await(db.fetch("SELECT 1"));
      assertThat(places.get(0)).isNotNull();
      assertThat(places.get(0).getMethodName()).isEqualTo("aListenerCanFindThePlaceOfTheCall");
    }
  }

  @Test
  void borrowedConnectionsAreListedWithThePlaceThatBorrowed(TestDatabase server) {
    DatabaseOptions options =
        DatabaseOptions.of(server.url())
            .withPool(
                PoolOptions.defaults()
                    .withSize(0, 1)
                    .withAcquireTimeout(Duration.ofMillis(100))
                    .withLeakDetectionThreshold(Duration.ofMinutes(1)));
    try (Database db = await(Database.connect(options))) {
      assertThat(db.borrowedConnections()).isEmpty();
      try (Connection held = await(db.acquire())) {
        await(held.fetch("SELECT 'held'"));
        BorrowedConnection borrowed = db.borrowedConnections().get(0);
        assertThat(borrowed.statement()).isEqualTo("SELECT 'held'");
        assertThat(borrowed.place().getMethodName())
            .isEqualTo("borrowedConnectionsAreListedWithThePlaceThatBorrowed");
        assertThatThrownBy(() -> await(db.fetch("SELECT 1")))
            .isInstanceOf(PoolTimeout.class)
            .hasMessageContaining("SELECT 'held'")
            .hasMessageContaining("WatchingDatabaseTest");
      }
      assertThat(db.borrowedConnections()).isEmpty();
    }
  }

  @Test
  void cancelledCallsAreToldAsCancelled(TestDatabase server) {
    Ledger ledger = new Ledger();
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    DatabaseListener listener =
        new DatabaseListener() {
          @Override
          public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
            failures.add(failure);
          }
        };
    try (Database db =
            await(Database.connect(poolOfOne(server).withListener(ledger).withListener(listener)));
        Connection held = await(db.acquire())) {
      CompletableFuture<?> waiting = db.fetch("SELECT 1");
      waiting.cancel(true);
      ledger.requireOneEndEach();
      assertThat(failures).singleElement().isInstanceOf(CancellationException.class);
      assertThat(held).isNotNull();
    }
  }
}
