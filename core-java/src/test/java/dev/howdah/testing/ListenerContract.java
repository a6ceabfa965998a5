package dev.howdah.testing;

import static dev.howdah.testing.DatabaseUnderTest.poolOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.TimeoutOptions;
import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.CallSite;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.observe.SlowQueryLog;
import dev.howdah.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What listeners, time limits and reports promise to say of what runs. */
public interface ListenerContract extends DatabaseUnderTest {
  @Test
  default void everyStartHasOneEndWithItsFigures(TestDatabase server) {
    Ledger ledger = new Ledger();
    onDatabase(
        poolOf(server, 1).withListener(ledger),
        db -> {
          db.fetch("SELECT generate_series(1, $1::int)", 3);
          assertThatThrownBy(() -> db.execute("SELECT 1 / 0")).hasMessageContaining("zero");
          db.executeScript("SELECT 1; SELECT 2");
          db.gather(List.of(Query.execute("SELECT 1")));
          db.transaction(tx -> tx.fetchOne("SELECT 7"));
          db.stream(Query.rows("SELECT generate_series(1, 5)"), row -> {});
          db.transaction(
              tx -> {
                BlockingTransaction.Cursor<?> cursor = tx.cursor(Query.rows("VALUES (1), (2)"));
                cursor.fetch(1);
                cursor.close();
                return "done";
              });
          ledger.requireOneEndEach();
          assertThat(ledger.lines())
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
                  "start cursor VALUES (1), (2)",
                  "success cursor 1");
          assertThat(ledger.details())
              .allSatisfy(
                  end -> {
                    assertThat(end.connection()).contains(server.address());
                    assertThat(end.took()).isGreaterThanOrEqualTo(end.waited());
                  });
        });
  }

  @Test
  default void aStreamThatIsStoppedOrFailsHasOneEndToo(TestDatabase server) {
    Ledger ledger = new Ledger();
    onDatabase(
        poolOf(server, 1).withListener(ledger),
        db -> {
          assertThat(db.stream(1, Query.rows("SELECT generate_series(1, 9)").fetchSize(2)))
              .hasSize(1);
          assertThatThrownBy(() -> db.stream(Query.rows("SELECT 1 / 0"), row -> {}))
              .hasMessageContaining("zero");
          assertThatThrownBy(() -> db.stream(Query.rows("SELECT nope"), row -> {}))
              .hasMessageContaining("nope");
          ledger.requireOneEndEach();
          assertThat(ledger.lines())
              .filteredOn(line -> line.startsWith("failure"))
              .containsExactly("failure stream DivisionByZero", "failure stream UndefinedColumn");
        });
  }

  @Test
  default void aCursorThatIsLeftOpenEndsWithItsTransaction(TestDatabase server) {
    Ledger ledger = new Ledger();
    onDatabase(
        poolOf(server, 1).withListener(ledger),
        db -> {
          db.transaction(tx -> tx.cursor(Query.rows("VALUES (1), (2)")).fetch(1));
          ledger.requireOneEndEach();
        });
  }

  @Test
  default void aCallThatNeverGotAConnectionSaysSo(TestDatabase server) {
    Ledger ledger = new Ledger();
    onDatabase(
        poolOf(server, 1).withListener(ledger),
        db -> {
          try (BlockingConnection held = db.acquire()) {
            assertThatThrownBy(
                    () -> db.run(Query.execute("SELECT 1").timeout(Duration.ofMillis(50))))
                .isInstanceOfSatisfying(
                    QueryTimeout.class, late -> assertThat(late.nothingWasSent()).isTrue())
                .hasMessageContaining("50 ms")
                .hasMessageContaining("waiting for a connection");
            assertThat(ledger.details().get(0).connection()).isNull();
            assertThat(held.fetchOne(Integer.class, "SELECT 42")).isEqualTo(42);
          }
        });
  }

  @Test
  default void aTimeoutSaysHowLongItWaited(TestDatabase server) {
    onDatabase(
        poolOf(server, 1),
        db ->
            assertThatThrownBy(
                    () ->
                        db.run(
                            Query.execute("SELECT pg_sleep(600)").timeout(Duration.ofSeconds(1))))
                .isInstanceOfSatisfying(
                    QueryTimeout.class, late -> assertThat(late.nothingWasSent()).isFalse())
                .hasMessageContaining("waiting for a connection, the rest preparing and running"));
  }

  @Test
  default void theDefaultTimeoutHoldsForEveryVerb(TestDatabase server) {
    onDatabase(
        poolOf(server, 1).withTimeouts(TimeoutOptions.defaults().withQuery(Duration.ofSeconds(1))),
        db -> {
          assertThatThrownBy(() -> db.fetch("SELECT pg_sleep(600)"))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("fetch");
          assertThatThrownBy(() -> db.executeScript("SELECT pg_sleep(600)"))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("executeScript");
          assertThatThrownBy(() -> db.stream(Query.rows("SELECT pg_sleep(600)"), row -> {}))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("stream");
          assertThatThrownBy(() -> db.executeScript("SELECT pg_sleep(600)", Duration.ofMillis(60)))
              .isInstanceOf(QueryTimeout.class)
              .hasMessageContaining("60 ms");
          assertThatThrownBy(() -> db.executeScript("SELECT 1", Duration.ZERO))
              .isInstanceOf(WrongArguments.class);
          assertThatThrownBy(() -> db.executeScript("SELECT 1", Duration.ofMillis(-1)))
              .isInstanceOf(WrongArguments.class);
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
        });
  }

  @Test
  default void aListenerThatThrowsChangesNothing(TestDatabase server) {
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
    onDatabase(
        poolOf(server, 1).withListener(broken).withListener(ledger),
        db -> {
          assertThat(db.fetchValue(Integer.class, "SELECT 42")).contains(42);
          db.stream(Query.rows("SELECT 1"), row -> {});
          ledger.requireOneEndEach();
        });
  }

  @Test
  default void slowQueriesAreReportedAndOthersAreNot(TestDatabase server) {
    List<String> lines = new CopyOnWriteArrayList<>();
    SlowQueryLog log =
        new SlowQueryLog(Duration.ofMillis(400), ParameterDisplay.HIDDEN, lines::add);
    onDatabase(
        poolOf(server, 1).withListener(log),
        db -> {
          db.execute("SELECT 1");
          db.execute("SELECT pg_sleep($1)", 0.45);
          Eventually.require("a line", () -> lines.stream().anyMatch(l -> l.contains("pg_sleep")));
          assertThat(lines.get(lines.size() - 1))
              .startsWith("slow execute: ")
              .contains("waiting")
              .contains("1 row")
              .contains(server.address())
              .doesNotContain("0.45");
        });
    assertThatThrownBy(() -> new SlowQueryLog(Duration.ZERO, ParameterDisplay.HIDDEN, lines::add))
        .isInstanceOf(InvalidOption.class);
  }

  @Test
  default void aListenerCanFindThePlaceOfTheCall(TestDatabase server) {
    List<@Nullable StackTraceElement> places = new CopyOnWriteArrayList<>();
    DatabaseListener listener =
        new DatabaseListener() {
          @Override
          public void queryStarted(QueryEvent query) {
            places.add(CallSite.current());
          }
        };
    onDatabase(
        poolOf(server, 1).withListener(listener),
        db -> {
          db.fetch("SELECT 1");
          // The contract's adapters are what calls the library here.
          assertThat(places).singleElement().asString().contains("Handles.");
        });
  }
}
