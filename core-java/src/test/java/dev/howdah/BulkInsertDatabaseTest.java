package dev.howdah;

import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEvent;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts of so many rows that they go by COPY: with the outcome of INSERT, or as INSERT. */
@PostgresTest
class BulkInsertDatabaseTest {
  private static final int MANY = 4_000;

  /** A manager, and what it sent. */
  private static final class Watched implements AutoCloseable, DatabaseListener {
    final Queue<String> inserts = new ConcurrentLinkedQueue<>();
    final Database db;
    final DatabaseManager manager;

    Watched(TestDatabase server) {
      this(server, 4);
    }

    Watched(TestDatabase server, int connections) {
      db =
          await(
              Database.connect(
                  DatabaseOptions.builder()
                      .url(server.url())
                      .pool(PoolOptions.defaults().withSize(0, connections))
                      .listener(this)
                      .build()));
      manager = DatabaseManager.of(db, ManagerOptions.of("please"));
    }

    @Override
    public void queryStarted(QueryEvent event) {
      if (event.verb().equals("insert")) {
        inserts.add(event.sql());
      }
    }

    private long insert(String table, Iterable<?> records, String how) {
      inserts.clear();
      long count = await(manager.insert(table, records));
      assertThat(inserts).isNotEmpty().allMatch(sql -> sql.startsWith(how));
      return count;
    }

    long copied(String table, Iterable<?> records) {
      return insert(table, records, "COPY ");
    }

    long inserted(String table, Iterable<?> records) {
      return insert(table, records, "INSERT ");
    }

    @Override
    public void close() {
      db.close();
    }
  }

  private static List<Map<String, @Nullable Object>> records(
      int count, IntFunction<Map<String, @Nullable Object>> record) {
    return IntStream.range(0, count).mapToObj(record).toList();
  }

  private static List<Map<String, @Nullable Object>> numbered(int count) {
    return records(count, i -> Map.of("id", i, "name", "n" + i));
  }

  private static Object one(TestDatabase server, String sql) {
    return server.query(sql).get(0).get(0);
  }

  private static Map<String, @Nullable Object> varied(int i) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("id", (long) i);
    record.put(
        "price", i % 7 == 0 ? null : new BigDecimal("1.005").multiply(BigDecimal.valueOf(i)));
    record.put("code", i % 3 == 0 ? "abc   " : "é" + i % 100);
    record.put("padded", "x" + i % 10);
    record.put("percent", i % 100);
    record.put("at", Instant.ofEpochSecond(i, 999_999_499L));
    record.put("day", i % 5 == 0 ? LocalDate.MAX : LocalDate.of(2020, 1, 1).plusDays(i));
    record.put("real", i % 11 == 0 ? Double.NaN : (Number) i);
    record.put("bytes", new byte[] {(byte) i, 0, 92});
    record.put("json", Map.of("i", i, "text", "a\"b\\"));
    record.put("tags", Arrays.asList("a,b", null, "{" + i + "}"));
    record.put("key", new UUID(i, i));
    return record;
  }

  @Test
  void whatIsCopiedIsWhatWouldHaveBeenInserted(TestDatabase server) {
    server.sql("CREATE DOMAIN percentage AS int CHECK (value BETWEEN 0 AND 100)");
    for (String table : List.of("many", "few")) {
      server.sql(
          "CREATE TABLE "
              + table
              + " (id bigint PRIMARY KEY, price numeric(10,2), code varchar(3), padded char(4),"
              + " percent percentage, at timestamptz(0), day date, real real, bytes bytea,"
              + " json jsonb, tags text[], key uuid, serial serial, twice numeric GENERATED ALWAYS"
              + " AS (price * 2) STORED, note text NOT NULL DEFAULT 'none')");
    }
    try (Watched watched = new Watched(server)) {
      List<Map<String, @Nullable Object>> all = records(MANY, BulkInsertDatabaseTest::varied);
      assertThat(watched.copied("many", all)).isEqualTo(MANY);
      for (int i = 0; i < MANY; i += 500) {
        watched.inserted("few", all.subList(i, i + 500));
      }
      assertThat(
              one(
                  server,
                  "SELECT count(*) FROM (SELECT m::text FROM many m EXCEPT SELECT f::text FROM few"
                      + " f) AS other"))
          .isEqualTo(0L);
      assertThat(one(server, "SELECT count(DISTINCT serial) FROM many")).isEqualTo((long) MANY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 500, MANY})
  void howManyTravelTogetherDoesNotMatter(int together, TestDatabase server) {
    for (String table : List.of("one", "several")) {
      server.sql(
          "CREATE TABLE "
              + table
              + " (id bigint PRIMARY KEY, price numeric(10,2), code varchar(3), padded char(4),"
              + " percent smallint, at timestamptz(0), day date, real real, bytes bytea, json jsonb,"
              + " key uuid)");
    }
    try (Watched watched = new Watched(server)) {
      List<Map<String, @Nullable Object>> all = records(MANY, BulkInsertDatabaseTest::varied);
      all.forEach(record -> record.remove("tags"));
      for (int i = 0; i < MANY; i += together) {
        await(watched.manager.insert("several", all.subList(i, i + together)));
        await(watched.manager.upsert("several", all.subList(i, i + together)));
      }
      for (int i = 0; i < MANY; i += 20) {
        await(watched.manager.insert("one", all.subList(i, i + 20)));
      }
      assertThat(
              one(
                  server,
                  "SELECT count(*) FROM (SELECT o::text FROM one o EXCEPT SELECT s::text FROM"
                      + " several s) AS other"))
          .isEqualTo(0L);
    }
  }

  @Test
  void triggersFireAsForAnInsert(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int, name text); CREATE TABLE seen (what text);"
            + "CREATE FUNCTION before() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " IF NEW.id % 10 = 0 THEN RETURN NULL; END IF; NEW.name := NEW.name || '!';"
            + " RETURN NEW; END $$;"
            + "CREATE FUNCTION after() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO seen VALUES (TG_OP || TG_LEVEL); RETURN NULL; END $$;"
            + "CREATE TRIGGER b BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION before();"
            + "CREATE TRIGGER a AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION after();"
            + "CREATE TRIGGER s AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION after()");
    try (Watched watched = new Watched(server)) {
      assertThat(watched.copied("t", numbered(MANY))).isEqualTo(MANY * 9 / 10);
      assertThat(one(server, "SELECT count(*) FROM t WHERE name = 'n' || id || '!'"))
          .isEqualTo(MANY * 9L / 10);
      assertThat(server.query("SELECT what, count(*) FROM seen GROUP BY what ORDER BY what"))
          .containsExactly(List.of("INSERTROW", MANY * 9L / 10), List.of("INSERTSTATEMENT", 1L));
    }
  }

  @Test
  void whatStandsBeforeATableStandsBeforeIt(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int, name text); CREATE VIEW v AS SELECT * FROM t;"
            + "CREATE TABLE ruled (id int, name text);"
            + "CREATE RULE r AS ON INSERT TO ruled DO INSTEAD INSERT INTO t VALUES (NEW.id, 'rule');"
            + "CREATE TABLE guarded (id int, name text);"
            + "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;"
            + "ALTER TABLE guarded FORCE ROW LEVEL SECURITY;"
            + "CREATE TABLE parts (id int, name text) PARTITION BY RANGE (id);"
            + "CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (1000);"
            + "CREATE TABLE rest PARTITION OF parts DEFAULT");
    try (Watched watched = new Watched(server)) {
      assertThat(watched.inserted("v", numbered(MANY))).isEqualTo(MANY);
      watched.inserted("ruled", numbered(MANY));
      assertThat(one(server, "SELECT count(*) FROM t WHERE name = 'rule'")).isEqualTo((long) MANY);
      assertThat(watched.inserted("guarded", numbered(MANY))).isEqualTo(MANY);
      assertThat(watched.copied("parts", numbered(MANY))).isEqualTo(MANY);
      assertThat(one(server, "SELECT count(*) FROM low")).isEqualTo(1_000L);
    }
  }

  @Test
  void anIdentityThatIsAlwaysGeneratedCannotBeGiven(TestDatabase server) {
    server.sql(
        "CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY, name text);"
            + "CREATE TABLE b (id int GENERATED BY DEFAULT AS IDENTITY, name text)");
    try (Watched watched = new Watched(server)) {
      assertThatThrownBy(() -> watched.copied("a", numbered(MANY)))
          .isInstanceOfSatisfying(
              DatabaseException.class, wrong -> assertThat(wrong.sqlState()).isEqualTo("428C9"));
      assertThat(watched.copied("a", records(MANY, i -> Map.of("name", "n" + i)))).isEqualTo(MANY);
      assertThat(one(server, "SELECT count(DISTINCT id) FROM a")).isEqualTo((long) MANY);
      assertThat(watched.copied("b", numbered(MANY))).isEqualTo(MANY);
    }
  }

  @Test
  void whatOnlyAnInsertCanSayGoesAsOne(TestDatabase server) {
    server.sql(
        "CREATE TYPE mood AS ENUM ('happy');"
            + "CREATE TABLE t (id int PRIMARY KEY, name text DEFAULT 'none', day date, at"
            + " timestamptz, mood mood)");
    try (Watched watched = new Watched(server)) {
      assertThat(watched.inserted("t", records(MANY, i -> Map.of("id", i, "day", "2020-01-02"))))
          .isEqualTo(MANY);
      LocalDateTime local = LocalDateTime.of(2020, 1, 1, 0, 0);
      watched.inserted("t", records(MANY, i -> Map.of("id", MANY + i, "at", local)));
      watched.inserted("t", records(MANY, i -> Map.of("id", 2 * MANY + i, "mood", "happy")));
      watched.inserted(
          "t", records(MANY, i -> Map.of("id", 3 * MANY + i, "name", i == 9 ? sql("'x'") : "y")));
      watched.inserted(
          "t",
          records(
              MANY,
              i ->
                  i % 1_000 == 0
                      ? Map.of("id", 4 * MANY + i)
                      : Map.of("id", 4 * MANY + i, "name", "given")));
      assertThat(one(server, "SELECT count(*) FROM t WHERE id >= 16000 AND name = 'none'"))
          .isEqualTo(4L);
      assertThat(
              await(watched.manager.insert("t", numbered(5 * MANY + 1), onConflict("id").ignore())))
          .isEqualTo(1);
      assertThat(
              await(
                  watched.manager.insertReturning(
                      "t", records(MANY, i -> Map.of("id", 6 * MANY + i)), "id")))
          .hasSize(MANY)
          .first()
          .satisfies(row -> assertThat(row.get("id")).isEqualTo(6 * MANY));
    }
  }

  @Test
  void aRecordThatDoesNotFitIsNamedAndNothingIsSent(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
    try (Watched watched = new Watched(server)) {
      List<Map<String, @Nullable Object>> records = new ArrayList<>(numbered(MANY));
      records.set(3_456, Map.of("id", Long.MAX_VALUE, "name", "x"));
      assertThatThrownBy(() -> await(watched.manager.insert("t", records)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 3457")
          .hasMessageContaining("column 'id' of table 't' (int4) takes whole numbers from");
      assertThat(one(server, "SELECT count(*) FROM t")).isEqualTo(0L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MANY, 25_000})
  void allOrNothingInAndOutOfTransactions(int count, TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
    List<Map<String, @Nullable Object>> clash = new ArrayList<>(numbered(count));
    clash.add(Map.of("id", 0, "name", "again"));
    try (Watched watched = new Watched(server, 1)) {
      assertThatThrownBy(() -> watched.copied("t", clash))
          .isInstanceOfSatisfying(
              UniqueViolation.class,
              twice -> {
                assertThat(twice.constraint()).isEqualTo("t_pkey");
                assertThat(twice.detail()).contains("(id)=(0)");
              });
      assertThat(one(server, "SELECT count(*) FROM t")).isEqualTo(0L);
      CompletableFuture<Long> rolledBack =
          watched.manager.transaction(
              tx ->
                  tx.insert("t", numbered(count))
                      .thenCompose(all -> tx.count("t"))
                      .thenCompose(
                          all -> {
                            assertThat(all).isEqualTo(count);
                            return CompletableFuture.failedFuture(
                                new IllegalStateException("mine"));
                          }));
      assertThatThrownBy(() -> await(rolledBack)).hasMessage("mine");
      assertThat(one(server, "SELECT count(*) FROM t")).isEqualTo(0L);
      long kept =
          await(
              watched.manager.transaction(
                  tx -> tx.insert("t", numbered(count)).thenCompose(all -> tx.count("t"))));
      assertThat(kept).isEqualTo(count);
    }
  }

  @Test
  void aTableThatWasAlteredUnseenIsNotMisread(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text)");
    try (Watched watched = new Watched(server)) {
      assertThat(watched.copied("t", numbered(MANY))).isEqualTo(MANY);
      // As many bytes as before, and another meaning.
      server.sql("TRUNCATE t; ALTER TABLE t ALTER id TYPE real");
      assertThat(watched.inserted("t", numbered(MANY))).isEqualTo(MANY);
      assertThat(one(server, "SELECT count(*) FROM t WHERE 'n' || id = name"))
          .isEqualTo((long) MANY);
      server.sql("DROP TABLE t; CREATE TABLE t (name text, id bigint)");
      assertThat(await(watched.manager.insert("t", numbered(MANY)))).isEqualTo(MANY);
      assertThat(one(server, "SELECT count(*) FROM t WHERE 'n' || id = name"))
          .isEqualTo((long) MANY);
    }
  }

  @Test
  void cancelsAtAnyInstantLeaveAllOrNothing(TestDatabase server) {
    server.sql("CREATE TABLE t (id int, name text)");
    Random random = Seed.of("cancelsAtAnyInstantLeaveAllOrNothing");
    try (Watched watched = new Watched(server, 2)) {
      List<Map<String, @Nullable Object>> records = numbered(MANY);
      for (int i = 0; i < 100; i++) {
        CompletableFuture<Long> inserting = watched.manager.insert("t", records);
        Seed.moment(random, 30_000);
        inserting.cancel(true);
        assertThat(await(watched.db.fetchOne(Integer.class, "SELECT $1::int", i))).isEqualTo(i);
      }
      Eventually.require("all are back", () -> watched.db.status().inUse() == 0);
      assertThat(one(server, "SELECT count(*) % " + MANY + " FROM t")).isEqualTo(0L);
    }
  }
}
