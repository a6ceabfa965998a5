package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.PlpgsqlError;
import dev.howdah.error.ServerReport;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.observe.QueryEvent;
import dev.howdah.observe.SqlEcho;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.Query;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RAISE NOTICE and its like: by query, by connection, by database. */
@PostgresTest
class NoticesDatabaseTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void makeFunctions(TestDatabase server) {
    server.sql(
        """
        CREATE FUNCTION say(first int, last int) RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
          FOR n IN first..last LOOP RAISE NOTICE 'n %', n; END LOOP;
          RETURN last;
        END $$;
        CREATE FUNCTION fail() RETURNS int LANGUAGE plpgsql AS $$
        BEGIN
          RAISE WARNING 'about to fail' USING DETAIL = 'd', HINT = 'h', ERRCODE = '01234';
          RAISE EXCEPTION 'failed';
        END $$""");
  }

  private void hear(ServerReport notice) {
    heard.add(notice.message());
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(n -> "n " + n).toList();
  }

  private static DatabaseOptions poolOfOne(TestDatabase server) {
    return DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1));
  }

  @Test
  void aQuerysNoticesComeInOrderAheadOfItsAnswer(TestDatabase server) {
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      List<String> plain = new ArrayList<>();
      int last =
          await(
              db.run(
                  Query.one(Integer.class, "SELECT say($1, $2)", 1, 1_000)
                      .onNotice(notice -> plain.add(notice.message()))));
      assertThat(last).isEqualTo(1_000);
      // An ordinary list: the answer comes behind the last notice, and so do its contents.
      assertThat(plain).isEqualTo(numbers(1, 1_000));
      await(db.run(Query.execute("SELECT say(1, 3)").onNotice(this::hear)));
      await(db.execute("SELECT say(4, 5)"));
      assertThat(heard).isEqualTo(numbers(1, 3));
    }
  }

  @Test
  void aFailingStatementsNoticesComeAheadOfItsFailure(TestDatabase server) {
    List<ServerReport> reports = new CopyOnWriteArrayList<>();
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      for (String sql : List.of("SELECT fail()", "SELECT fail() WHERE $1")) {
        Object[] arguments = sql.contains("$1") ? new Object[] {true} : new Object[0];
        assertThatThrownBy(
                () -> await(db.run(Query.execute(sql, arguments).onNotice(reports::add))))
            .isInstanceOf(PlpgsqlError.RaiseException.class);
      }
      assertThat(reports).hasSize(2);
      assertThat(reports)
          .allSatisfy(
              report -> {
                assertThat(report.severity()).isEqualTo("WARNING");
                assertThat(report.sqlState()).isEqualTo("01234");
                assertThat(report.message()).isEqualTo("about to fail");
                assertThat(report.detail()).isEqualTo("d");
                assertThat(report.hint()).isEqualTo("h");
                assertThat(report.where()).contains("fail()");
              });
    }
  }

  @Test
  void noticesComeWhileTheStatementRuns(TestDatabase server) throws InterruptedException {
    server.sql("SELECT pg_advisory_lock(42)");
    CountDownLatch told = new CountDownLatch(1);
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      CompletableFuture<Long> running =
          db.run(
              Query.execute("SELECT say(1, 1), pg_advisory_xact_lock($1)", 42)
                  .onNotice(notice -> told.countDown()));
      assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(running).isNotDone();
      server.sql("SELECT pg_advisory_unlock(42)");
      assertThat(await(running)).isEqualTo(1);
    }
  }

  @Test
  void everyQueryOfAGatherHasItsOwn(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      List<List<String>> each = new ArrayList<>();
      List<Query<Integer>> queries = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        List<String> notices = new ArrayList<>();
        each.add(notices);
        queries.add(
            Query.one(Integer.class, "SELECT say($1, $2)", i, i + 9)
                .onNotice(notice -> notices.add(notice.message())));
      }
      await(db.gather(queries));
      for (int i = 0; i < 50; i++) {
        assertThat(each.get(i)).isEqualTo(numbers(i, i + 9));
      }
    }
  }

  @Test
  void aStreamsNoticesComeWithItsPages(TestDatabase server) {
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      List<Integer> rows = new ArrayList<>();
      Query<List<Integer>> query =
          Query.rows(Integer.class, "SELECT say(n, n) FROM generate_series(1, 20) n")
              .fetchSize(3)
              .onNotice(this::hear);
      await(db.stream(query).forEach(rows::add));
      assertThat(rows).hasSize(20);
      assertThat(heard).isEqualTo(numbers(1, 20));
      heard.clear();
      await(
          db.transaction(
              tx ->
                  tx.cursor(query)
                      .thenCompose(cursor -> cursor.fetch(2).thenCompose(two -> cursor.skip(2)))));
      assertThat(heard).isEqualTo(numbers(1, 4));
    }
  }

  @Test
  void aConnectionsListenerHearsAllThatRunsOnIt(TestDatabase server) {
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      Connection held = await(db.acquire());
      List<String> second = new CopyOnWriteArrayList<>();
      held.onNotice(this::hear);
      held.onNotice(notice -> second.add(notice.message()));
      await(held.execute("SELECT say(1, 2)"));
      assertThat(heard).isEqualTo(numbers(1, 2));
      await(held.executeScript("SELECT say(3, 3); SELECT say(4, 4); DROP TABLE IF EXISTS nowhere"));
      assertThat(heard).startsWith("n 1", "n 2", "n 3", "n 4").hasSize(5);
      assertThat(heard.get(4)).contains("nowhere").contains("skipping");
      await(
          held.transaction(
              tx ->
                  tx.execute("SELECT say(6, 6)")
                      .thenCompose(
                          n -> tx.transaction(nested -> nested.execute("SELECT say(7, 7)")))));
      await(held.stream("SELECT say(n, n) FROM generate_series(8, 9) n").forEach(row -> {}));
      assertThatThrownBy(() -> await(held.execute("SELECT fail()")));
      assertThat(heard.subList(5, heard.size()))
          .containsExactly("n 6", "n 7", "n 8", "n 9", "about to fail");
      assertThat(second).isEqualTo(heard);
      held.close();
      assertThatThrownBy(() -> held.onNotice(this::hear)).isInstanceOf(HandleReturned.class);
      // The same physical connection, in other hands.
      await(db.execute("SELECT say(10, 10)"));
      assertThat(heard).hasSize(10);
    }
  }

  /** A trigger that says something when its row comes, or when its transaction commits. */
  private static void makeTalkingTable(TestDatabase server, String trigger) {
    server.sql(
        """
        CREATE TABLE talking (n int PRIMARY KEY);
        CREATE FUNCTION talk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE NOTICE 'row %', NEW.n; RETURN NEW; END $$;
        """
            + trigger
            + " FOR EACH ROW EXECUTE FUNCTION talk()");
  }

  private static List<String> rows(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(n -> "row " + n).toList();
  }

  private static List<List<Integer>> elements(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(List::of).toList();
  }

  @Test
  void aBatchsNoticesComeInTheOrderOfItsElements(TestDatabase server) {
    makeTalkingTable(server, "CREATE TRIGGER talks BEFORE INSERT ON talking");
    String insert = "INSERT INTO talking VALUES ($1)";
    List<String> told = new CopyOnWriteArrayList<>();
    DatabaseOptions options = poolOfOne(server).withListener(noticesTo(told));
    try (Database db = await(Database.connect(options))) {
      await(db.executeMany(insert, elements(1, 3)));
      // More than one portion, in a transaction of its own.
      await(db.fetchMany(insert + " RETURNING n", elements(4, 1_000)));
      assertThat(told.subList(0, 3)).allMatch(line -> line.startsWith("executeMany: NOTICE row "));
      assertThat(told.subList(3, 1_000)).allMatch(line -> line.startsWith("fetchMany: NOTICE row"));
      Connection held = await(db.acquire());
      held.onNotice(this::hear);
      await(held.executeMany(insert, elements(1_001, 1_500)));
      assertThat(heard).isEqualTo(rows(1_001, 1_500));
      await(held.transaction(tx -> tx.executeMany(insert, elements(1_501, 1_503))));
      assertThat(heard).isEqualTo(rows(1_001, 1_503));
      held.close();
    }
    assertThat(told).hasSize(1_503);
  }

  @Test
  void copiesAreHeardToo(TestDatabase server) {
    makeTalkingTable(server, "CREATE TRIGGER talks BEFORE INSERT ON talking");
    List<String> told = new CopyOnWriteArrayList<>();
    DatabaseOptions options = poolOfOne(server).withListener(noticesTo(told));
    try (Database db = await(Database.connect(options))) {
      await(db.copyIn(CopyIn.csv("talking"), "1\n2\n".getBytes(UTF_8)));
      assertThat(told).containsExactly("copyIn: NOTICE row 1", "copyIn: NOTICE row 2");
      Connection held = await(db.acquire());
      held.onNotice(this::hear);
      await(held.copyIn("talking", elements(3, 500)));
      assertThat(heard).isEqualTo(rows(3, 500));
      CopyOut talk = CopyOut.csv(Query.rows("SELECT say(n, n) FROM generate_series(1, 300) n"));
      await(held.copyOut(talk, OutputStream.nullOutputStream()));
      assertThat(heard.subList(498, heard.size())).isEqualTo(numbers(1, 300));
      held.close();
    }
  }

  @Test
  void whatDeferredTriggersSayComesAheadOfTheCommitsAnswer(TestDatabase server) {
    makeTalkingTable(
        server,
        "CREATE CONSTRAINT TRIGGER talks AFTER INSERT ON talking DEFERRABLE INITIALLY DEFERRED");
    List<String> told = new CopyOnWriteArrayList<>();
    DatabaseOptions options = poolOfOne(server).withListener(noticesTo(told));
    try (Database db = await(Database.connect(options))) {
      await(db.transaction(tx -> tx.execute("INSERT INTO talking VALUES (1)")));
      assertThat(told).containsExactly("commit: NOTICE row 1");
      Connection held = await(db.acquire());
      held.onNotice(this::hear);
      Transaction tx = await(held.begin());
      await(tx.execute("INSERT INTO talking VALUES (2)"));
      assertThat(heard).isEmpty();
      await(tx.commit());
      assertThat(heard).containsExactly("row 2");
      Transaction undone = await(held.begin());
      await(undone.execute("INSERT INTO talking VALUES (3)"));
      await(undone.rollback());
      // Outside a transaction it is the statement that commits.
      await(held.execute("INSERT INTO talking VALUES ($1)", 4));
      assertThat(heard).containsExactly("row 2", "row 4");
      held.close();
    }
    assertThat(told)
        .containsExactly("commit: NOTICE row 1", "commit: NOTICE row 2", "execute: NOTICE row 4");
  }

  @Test
  void aHooksListenerHearsWhatTheHookRuns(TestDatabase server) {
    ConnectionHooks hooks =
        ConnectionHooks.none()
            .withSetup(
                connection -> {
                  connection.onNotice(this::hear);
                  return connection.execute("SELECT say(1, 1)");
                });
    try (Database db = await(Database.connect(poolOfOne(server), hooks))) {
      heard.clear();
      await(db.execute("SELECT say(2, 2)"));
      assertThat(heard).containsExactly("n 1");
    }
  }

  private static DatabaseListener noticesTo(List<String> lines) {
    return new DatabaseListener() {
      @Override
      public void noticeReceived(QueryEvent query, ServerReport notice) {
        lines.add(query.verb() + ": " + notice.severity() + " " + notice.message());
      }
    };
  }

  @Test
  void aDatabasesListenerIsToldOfEachStatementsNotices(TestDatabase server) {
    List<String> events = new CopyOnWriteArrayList<>();
    DatabaseOptions options = poolOfOne(server).withListener(noticesTo(events));
    try (Database db = await(Database.connect(options))) {
      await(db.execute("SELECT say(1, 1)"));
      await(db.fetch("SELECT say($1, 2)", 2));
      await(db.executeScript("SELECT say(3, 3); DO $$ BEGIN RAISE INFO 'info'; END $$"));
      assertThatThrownBy(() -> await(db.fetchRow("SELECT fail()")));
      await(db.transaction(tx -> tx.execute("SELECT say(4, 4)")));
      assertThat(events)
          .containsExactly(
              "execute: NOTICE n 1",
              "fetch: NOTICE n 2",
              "executeScript: NOTICE n 3",
              "executeScript: INFO info",
              "fetchRow: WARNING about to fail",
              "execute: NOTICE n 4");
    }
  }

  @Test
  void echoPrintsNotices(TestDatabase server) {
    SqlEcho echo = new SqlEcho(heard::add, ParameterDisplay.HIDDEN);
    try (Database db = await(Database.connect(poolOfOne(server).withListener(echo)))) {
      await(db.execute("SELECT say(1, 2)"));
      assertThat(heard.subList(0, 3))
          .containsExactly("SELECT say(1, 2)", "-- NOTICE: n 1", "-- NOTICE: n 2");
      assertThat(heard.get(3)).startsWith("-- 1 row in ");
    }
  }

  @Test
  void whatIsBelowTheSessionsLevelIsNotSent(TestDatabase server) {
    DatabaseOptions options = poolOfOne(server).withSetting("client_min_messages", "warning");
    try (Database db = await(Database.connect(options))) {
      await(db.run(Query.execute("SELECT say(1, 5)").onNotice(this::hear)));
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void aNoticeListenerThatThrowsChangesNothing(TestDatabase server) {
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      int last =
          await(
              db.run(
                  Query.one(Integer.class, "SELECT say(1, 3)")
                      .onNotice(
                          notice -> {
                            hear(notice);
                            throw new IllegalStateException("on purpose");
                          })));
      assertThat(last).isEqualTo(3);
      assertThat(heard).isEqualTo(numbers(1, 3));
      assertThatThrownBy(() -> Query.execute("SELECT 1").onNotice(null))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void aSlowNoticeListenerHoldsNobodyElseUp(TestDatabase server) throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    try (Database db = await(Database.connect(poolOfOne(server)))) {
      CompletableFuture<Long> slow =
          db.run(
              Query.execute("SELECT say(1, 2)")
                  .onNotice(
                      notice -> {
                        waiting.countDown();
                        hear(notice);
                        try {
                          gate.await(120, TimeUnit.SECONDS);
                        } catch (InterruptedException stopped) {
                          Thread.currentThread().interrupt();
                        }
                      }));
      assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
      // The statement has ended and its connection, the only one, is back.
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
      assertThat(slow).isNotDone();
      gate.countDown();
      await(slow);
      assertThat(heard).isEqualTo(numbers(1, 2));
    }
  }
}
