package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.IntegrityViolation;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.error.OperatorIntervention;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many elements of one INSERT in one statement: the same outcome as one statement for each. */
@PostgresTest
class ManyAsSetDatabaseTest {
  private static final int COUNT = 3_000;

  private static Database open(TestDatabase server) {
    return await(Database.connect(server.url()));
  }

  private static List<List<Object>> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> List.<Object>of(i, "n" + i)).toList();
  }

  private static Object one(TestDatabase server, String sql) {
    return server.query(sql).get(0).get(0);
  }

  /** A column of which the default is the text of its statement. */
  private static boolean wentAsSet(TestDatabase server, String table) {
    return Boolean.TRUE.equals(one(server, "SELECT bool_or(sql LIKE '%unnest%') FROM " + table));
  }

  @Test
  void aSetThatIsStoppedFromOutsideNamesItsElements(TestDatabase server) {
    server.sql("CREATE TABLE s (id int PRIMARY KEY, name text)");
    try (Database other = open(server);
        Database db =
            await(
                Database.connect(
                    DatabaseOptions.builder()
                        .url(server.url())
                        .setting("statement_timeout", "500")
                        .build()))) {
      Transaction holder = await(other.begin());
      await(holder.execute("INSERT INTO s VALUES (2000, 'held')"));
      assertThatThrownBy(
              () -> await(db.executeMany("INSERT INTO s VALUES ($1, $2)", numbered(COUNT))))
          .isInstanceOf(OperatorIntervention.class)
          .satisfies(
              stopped ->
                  assertThat(stopped.getSuppressed())
                      .extracting(Throwable::getMessage)
                      .containsExactly("executeMany was running elements 128..2999 (from 0)"));
      await(holder.rollback());
      assertThat(one(server, "SELECT count(*) FROM s")).isEqualTo(0L);
    }
  }

  @Test
  void rowsAndCountersAreInTheOrderOfTheElements(TestDatabase server) {
    server.sql(
        "CREATE TABLE s (n serial, id int, name text, r float DEFAULT random(), u uuid,"
            + " sql text DEFAULT current_query())");
    try (Database db = open(server)) {
      String insert =
          "INSERT INTO s (name, id, u) VALUES (upper($2) || '!', $1 + 1, gen_random_uuid())";
      assertThat(await(db.executeMany(insert, numbered(COUNT)))).isEqualTo(COUNT);
      assertThat(
              server.query("SELECT count(*) FROM s WHERE n = id AND name = 'N' || (id - 1) || '!'"))
          .isEqualTo(List.of(List.of((long) COUNT)));
      assertThat(one(server, "SELECT count(DISTINCT r)::int + count(DISTINCT u)::int FROM s"))
          .isEqualTo(2 * COUNT);
      assertThat(
              one(
                  server,
                  "SELECT string_agg(id::text, ',') = string_agg(id::text, ',' ORDER BY n) FROM s"))
          .isEqualTo(true);
      assertThat(wentAsSet(server, "s")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 700, 2_999})
  void theElementAtFaultIsNamedAndNothingStays(int wrong, TestDatabase server) {
    server.sql("CREATE TABLE s (id int PRIMARY KEY, name text, sql text DEFAULT current_query())");
    server.sql("INSERT INTO s VALUES (" + wrong + ", 'there')");
    String insert = "INSERT INTO s VALUES ($1, $2)";
    try (Database db = open(server)) {
      assertThatThrownBy(() -> await(db.executeMany(insert, numbered(COUNT))))
          .isInstanceOfSatisfying(
              UniqueViolation.class,
              failure -> {
                assertThat(failure.element()).hasValue(wrong);
                assertThat(failure.sql()).isEqualTo(insert);
              });
      assertThat(one(server, "SELECT count(*) FROM s")).isEqualTo(1L);
    }
  }

  @Test
  void aTransactionGoesOnBehindABatchThatFailed(TestDatabase server) {
    server.sql("CREATE TABLE s (id int PRIMARY KEY, name text, sql text DEFAULT current_query())");
    try (Database db = open(server)) {
      long rows =
          await(
              db.transaction(
                  tx ->
                      tx.execute("INSERT INTO s VALUES (2000, 'before')")
                          .thenCompose(
                              n -> tx.executeMany("INSERT INTO s VALUES ($1, $2)", numbered(COUNT)))
                          .exceptionally(failure -> -1L)
                          .thenCompose(
                              n ->
                                  tx.executeMany(
                                      "INSERT INTO s VALUES ($1 + 5000, $2)", numbered(COUNT)))));
      assertThat(rows).isEqualTo(COUNT);
      assertThat(one(server, "SELECT count(*) FROM s")).isEqualTo(COUNT + 1L);
      assertThat(wentAsSet(server, "s")).isTrue();
    }
  }

  @Test
  void elementsThatMeetInOneRowComeOneAfterTheOther(TestDatabase server) {
    server.sql("CREATE TABLE s (id int PRIMARY KEY, n int, sql text DEFAULT current_query())");
    try (Database db = open(server)) {
      List<List<Integer>> elements =
          IntStream.range(0, COUNT).mapToObj(i -> List.of(i % 1_700, i)).toList();
      String upsert =
          "INSERT INTO s VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET n = s.n * 10 + excluded.n";
      assertThat(await(db.executeMany(upsert, elements))).isEqualTo(COUNT);
      assertThat(
              one(
                  server,
                  "SELECT count(*) FROM s WHERE n = CASE WHEN id < 1300 THEN id * 11 + 1700 ELSE id END"))
          .isEqualTo(1_700L);
      String ignore = "INSERT INTO s VALUES ($1 + 10000, $2) ON CONFLICT DO NOTHING";
      assertThat(await(db.executeMany(ignore, elements))).isEqualTo(1_700);
      assertThat(one(server, "SELECT count(*) FROM s WHERE id >= 10000 AND n = id - 10000"))
          .isEqualTo(1_700L);
      assertThat(wentAsSet(server, "s")).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER g AFTER INSERT ON s FOR EACH STATEMENT EXECUTE FUNCTION told()",
        "CREATE TRIGGER g BEFORE INSERT ON s FOR EACH ROW EXECUTE FUNCTION told()",
        "CREATE RULE g AS ON INSERT TO s DO ALSO INSERT INTO log VALUES (1)",
        "ALTER TABLE s ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE s ALTER name SET DEFAULT seen()::text",
        "ALTER TABLE s ADD CHECK (seen() > -1)",
        "ALTER TABLE s ADD FOREIGN KEY (parent) REFERENCES s DEFERRABLE",
        "ALTER TABLE s ALTER name TYPE word"
      })
  void aTableThatWouldSeeTheDifferenceGetsItsRowsOneByOne(String change, TestDatabase server) {
    server.sql(
        "CREATE DOMAIN word AS text; CREATE TABLE log (n int);"
            + "CREATE TABLE s (id int PRIMARY KEY, parent int, name text,"
            + " sql text DEFAULT current_query());"
            + "CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            + " INSERT INTO log VALUES (1); RETURN new; END $$;"
            + "CREATE FUNCTION seen() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM log'");
    String insert = "INSERT INTO s (id, parent) VALUES ($1, $1)";
    try (Database db = open(server)) {
      List<List<Integer>> elements = IntStream.range(0, 1_500).mapToObj(List::of).toList();
      assertThat(await(db.executeMany(insert, elements))).isEqualTo(1_500);
      assertThat(wentAsSet(server, "s")).isTrue();
      server.sql("TRUNCATE s");
      server.sql(change);
      assertThat(await(db.executeMany(insert, elements))).isEqualTo(1_500);
      assertThat(wentAsSet(server, "s")).isFalse();
      assertThat(one(server, "SELECT count(*) FROM log"))
          .isEqualTo(change.contains("told") || change.contains("RULE") ? 1_500L : 0L);
    }
  }

  @Test
  void aKeyThatPointsAtALaterElementIsRefusedAsAlone(TestDatabase server) {
    server.sql("CREATE TABLE s (id int PRIMARY KEY, parent int REFERENCES s)");
    List<List<Integer>> elements =
        new ArrayList<>(IntStream.range(0, 1_500).mapToObj(i -> List.of(i, i)).toList());
    elements.set(900, List.of(900, 901));
    try (Database db = open(server)) {
      assertThatThrownBy(() -> await(db.executeMany("INSERT INTO s VALUES ($1, $2)", elements)))
          .isInstanceOfSatisfying(
              IntegrityViolation.class, failure -> assertThat(failure.element()).hasValue(900));
    }
  }

  @Test
  void valuesThatCannotBeElementsGoOneByOne(TestDatabase server) {
    server.sql("CREATE TABLE s (id bigint, a int[], d date, b bytea)");
    try (Database db = open(server)) {
      List<Object[]> elements = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        elements.add(
            new @Nullable Object[] {
              i < 1_400 ? (Object) i : (Object) Long.valueOf(i),
              i < 2_000 ? null : new int[] {i, 1},
              i < 1_000 ? null : i < 2_500 ? "2026-01-01" : LocalDate.of(2026, 1, 1),
              i < 2_800 ? null : new byte[] {1, 2}
            });
      }
      String insert = "INSERT INTO s VALUES ($1, $2, $3, $4)";
      assertThat(await(db.executeMany(insert, elements))).isEqualTo(COUNT);
      assertThat(
              server.query(
                  "SELECT sum(id)::int, count(a), min(a)::text, count(d), count(DISTINCT d),"
                      + " count(b) FROM s"))
          .isEqualTo(
              List.of(
                  Arrays.asList(COUNT * (COUNT - 1) / 2, 1_000L, "{2000,1}", 2_000L, 1L, 200L)));
      elements.get(2_700)[2] = "no date";
      assertThatThrownBy(() -> await(db.executeMany(insert, elements)))
          .isInstanceOfSatisfying(
              DatabaseException.class, failure -> assertThat(failure.element()).hasValue(2_700));
    }
  }

  @Test
  void textThatCannotBeSentNamesItsElement(TestDatabase server) {
    server.sql("CREATE TABLE s (id int, name text)");
    List<List<Object>> elements = new ArrayList<>(numbered(COUNT));
    elements.set(1_900, List.of(1_900, "a\0b"));
    try (Database db = open(server)) {
      assertThatThrownBy(() -> await(db.executeMany("INSERT INTO s VALUES ($1, $2)", elements)))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("element 1900")
          .hasMessageContaining("$2");
      assertThat(one(server, "SELECT count(*) FROM s")).isEqualTo(0L);
    }
  }

  @Test
  void everyTypeArrivesAsAlone(TestDatabase server) {
    String columns =
        "(i2 int2, i4 int4, i8 int8, f4 float4, f8 float8, n numeric(12, 2), b bool, t text,"
            + " v varchar(40), c char(30), u uuid, d date, ts timestamp, tz timestamptz(3))";
    server.sql("CREATE TABLE s " + columns + "; CREATE TABLE alone " + columns);
    Random random = Seed.of("everyTypeArrivesAsAlone");
    List<Object[]> elements = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      elements.add(values(random));
    }
    String places = "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    try (Database db = open(server)) {
      await(db.executeMany("INSERT INTO s VALUES " + places, elements));
      await(db.fetchMany("INSERT INTO alone VALUES " + places + " RETURNING 1", elements));
      assertThat(server.query("SELECT s::text FROM s"))
          .isEqualTo(server.query("SELECT alone::text FROM alone"));
    }
  }

  private static @Nullable Object[] values(Random random) {
    @Nullable Object[] values = {
      (short) random.nextInt(),
      random.nextInt(),
      random.nextLong(),
      random.nextFloat(),
      random.nextGaussian(),
      BigDecimal.valueOf(random.nextInt(), random.nextInt(5)),
      random.nextBoolean(),
      "é\"{}\\,NULL'" + random.nextInt(),
      random.nextInt(3) == 0 ? "" : "v " + random.nextInt(),
      "c" + random.nextInt(),
      new UUID(random.nextLong(), random.nextLong()),
      LocalDate.ofEpochDay(random.nextInt(100_000)),
      LocalDateTime.of(2020, 1, 1, 0, 0).plusNanos(random.nextLong() >>> 8),
      Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))
    };
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(5) == 0 ? null : values[i];
    }
    return values;
  }
}
