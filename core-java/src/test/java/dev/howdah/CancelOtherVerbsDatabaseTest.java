package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.ExplainOptions;
import dev.howdah.error.ClientException;
import dev.howdah.error.InvalidTransactionState.InFailedTransaction;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.Query;
import dev.howdah.testing.Backends;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Interruption;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The verbs that are more than one plain statement × every way in which a caller can end their
 * future, on every handle.
 */
@PostgresTest
class CancelOtherVerbsDatabaseTest {
  private static final String SLOW = "SELECT pg_sleep($1)";

  /** A verb at work for ten minutes. */
  private enum Other {
    EXECUTE_MANY("PgSleep", on -> on.executeMany(SLOW, List.of(List.of(600)))),
    FETCH_MANY("PgSleep", on -> on.fetchMany(SLOW, List.of(List.of(0), List.of(600)))),
    EXECUTE_MANY_PORTIONS("PgSleep", on -> on.executeMany(SLOW, portions())),
    EXPLAIN("PgSleep", on -> on.explain(ExplainOptions.analyzing(), SLOW, 600)),
    STREAM("PgSleep", on -> on.stream(SLOW, 600).forEach(row -> {})),
    COPY_OUT("PgSleep", on -> on.copyOut(sleepers(), OutputStream.nullOutputStream())),
    COPY_IN("ClientRead", on -> on.copyIn(CopyIn.csv("t"), new Stalling()));

    private final String waitsFor;
    private final Function<Queries, CompletableFuture<?>> call;

    Other(String waitsFor, Function<Queries, CompletableFuture<?>> call) {
      this.waitsFor = waitsFor;
      this.call = call;
    }

    private static List<List<Integer>> portions() {
      return IntStream.range(0, 1_000).mapToObj(n -> List.of(n == 700 ? 600 : 0)).toList();
    }

    private static CopyOut sleepers() {
      return CopyOut.csv(Query.rows(SLOW, 600));
    }

    /** Whether it has a savepoint of its own inside a transaction, which then goes on. */
    boolean hasSavepoint() {
      return this == EXPLAIN || this == EXECUTE_MANY_PORTIONS;
    }

    boolean isCopy() {
      return this == COPY_OUT || this == COPY_IN;
    }

    CompletableFuture<?> on(Queries handle) {
      return call.apply(handle);
    }

    /** How many are at that point on the server. */
    long running(TestDatabase server) {
      return (Long)
          server
              .query(
                  "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND state = 'active' AND wait_event = '"
                      + waitsFor
                      + "'")
              .get(0)
              .get(0);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** A source that gives one row and no more. */
  private static final class Stalling implements Flow.Publisher<ByteBuffer> {
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private boolean given;

            @Override
            public void request(long buffers) {
              if (!given) {
                given = true;
                subscriber.onNext(ByteBuffer.wrap("1\n".getBytes(US_ASCII)));
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }

  private interface Case {
    void run(Database db, Other verb, Interruption way) throws Exception;
  }

  /** On one connection. */
  Database open(TestDatabase server) {
    return Pools.of(server, 1);
  }

  /** Whether there are copies. */
  boolean copies() {
    return true;
  }

  private Stream<DynamicTest> each(TestDatabase server, Case test) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    return Stream.of(Other.values())
        .filter(verb -> copies() || !verb.isCopy())
        .flatMap(
            verb ->
                Stream.of(Interruption.values())
                    .map(
                        way ->
                            backends.test(
                                verb + ", " + way,
                                () -> {
                                  try (Database db = open(server)) {
                                    test.run(db, verb, way);
                                    Pools.requireAllBack(db);
                                    backends.requireNothingLeft();
                                    assertThat(db.status().size()).isEqualTo(1);
                                  }
                                })));
  }

  private static void end(
      TestDatabase server, Other verb, Interruption way, CompletableFuture<?> call) {
    Eventually.require(verb + " runs", () -> verb.running(server) == 1 || call.isDone());
    assertThat(call).as(verb + " at work").isNotDone();
    way.end(call);
    way.requireSeen(call);
  }

  @TestFactory
  Stream<DynamicTest> itStopsOnTheServerAndTheConnectionIsKept(TestDatabase server) {
    return each(
        server,
        (db, verb, way) -> {
          int pid = pid(db);
          end(server, verb, way, verb.on(db));
          assertThat(pid(db)).isEqualTo(pid);
          assertThat(verb.running(server)).isZero();
        });
  }

  @TestFactory
  Stream<DynamicTest> aHeldConnectionIsUsedAgain(TestDatabase server) {
    return each(
        server,
        (db, verb, way) -> {
          try (Connection held = await(db.acquire())) {
            int pid = pid(held);
            end(server, verb, way, verb.on(held));
            requireAnswer(held, pid);
            assertThat(verb.running(server)).isZero();
          }
        });
  }

  /** What was stopped refuses others until it has cleared up. */
  private static void requireAnswer(Queries handle, int pid) {
    Eventually.require(
        "an answer",
        () -> {
          try {
            return pid(handle) == pid;
          } catch (RuntimeException refused) {
            assertThat(refused).isInstanceOf(ClientException.class);
            return false;
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aTransactionIsLostUnlessThereIsASavepoint(TestDatabase server) {
    return each(
        server,
        (db, verb, way) -> {
          int pid = pid(db);
          Transaction tx = await(db.begin());
          await(tx.execute("INSERT INTO t VALUES (1)"));
          end(server, verb, way, verb.on(tx));
          if (verb.hasSavepoint()) {
            requireAnswer(tx, pid);
          } else {
            Eventually.require("the server refuses", () -> isRefusedByServer(tx));
          }
          await(tx.rollback());
          assertThat(pid(db)).isEqualTo(pid);
          assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
        });
  }

  private static boolean isRefusedByServer(Queries handle) {
    try {
      await(handle.execute("SELECT 1"));
      throw new AssertionError("the transaction goes on");
    } catch (InFailedTransaction refused) {
      return true;
    } catch (ClientException clearingUp) {
      return false;
    }
  }

  /** A page of a cursor, while its transaction goes on being used. */
  @TestFactory
  Stream<DynamicTest> aPageOfACursorStops(TestDatabase server) {
    Backends backends = Backends.of(server);
    return Stream.of(Interruption.values())
        .map(
            way ->
                backends.test(
                    way.toString(),
                    () -> {
                      try (Database db = open(server)) {
                        int pid = pid(db);
                        Transaction tx = await(db.begin());
                        Cursor<?> cursor = await(tx.cursor(Query.rows(SLOW, 600)));
                        end(server, Other.STREAM, way, cursor.fetch(1));
                        assertThatThrownBy(() -> await(tx.execute("SELECT 1")))
                            .isInstanceOf(InFailedTransaction.class);
                        await(cursor.closeAsync());
                        await(tx.rollback());
                        assertThat(pid(db)).isEqualTo(pid);
                        backends.requireNothingLeft();
                      }
                    }));
  }

  /** Verbs that wait for a connection, those among them that never run for long. */
  @TestFactory
  Stream<DynamicTest> whileWaitingForAConnectionNothingIsTaken(TestDatabase server) {
    server.sql("CREATE TABLE t (id int)");
    Backends backends = Backends.of(server);
    String insert = "INSERT INTO t VALUES ($1)";
    List<Function<Database, CompletableFuture<?>>> calls =
        List.of(
            db -> db.executeMany(insert, List.of(List.of(1))),
            db -> db.fetchMany(insert + " RETURNING id", List.of(List.of(1))),
            db -> db.stream(insert + " RETURNING id", 1).forEach(row -> {}),
            db -> db.stream("SELECT 1").forEach(row -> {}),
            db -> db.copyIn("t", List.of(List.of(1))),
            db -> db.copyOut(CopyOut.csv("t"), OutputStream.nullOutputStream()),
            db -> db.explain(ExplainOptions.analyzing(), insert, 1),
            db -> db.explain(insert, 1),
            db -> db.notify("orders", "one"),
            db -> db.serverVersion(),
            db -> db.serverSettings(),
            db -> db.begin());
    return IntStream.range(0, calls.size())
        .boxed()
        .flatMap(
            index ->
                Arrays.stream(Interruption.values())
                    .map(
                        way ->
                            backends.test(
                                "call " + index + ", " + way,
                                () -> stopWaiting(server, calls.get(index), way))));
  }

  private void stopWaiting(
      TestDatabase server, Function<Database, CompletableFuture<?>> verb, Interruption way) {
    try (Database db = open(server)) {
      Connection held = await(db.acquire());
      CompletableFuture<?> call = verb.apply(db);
      Eventually.require("the call waits", () -> db.status().waiting() == 1);
      way.end(call);
      way.requireSeen(call);
      Eventually.require("nobody waits", () -> db.status().waiting() == 0);
      assertThat(db.status().inUse()).isEqualTo(1);
      held.close();
      assertThat(await(db.fetchValue(Long.class, "SELECT count(*) FROM t"))).contains(0L);
      Pools.requireAllBack(db);
    }
  }
}
