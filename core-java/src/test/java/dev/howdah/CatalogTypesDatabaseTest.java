package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.query.Query;
import dev.howdah.row.Columns;
import dev.howdah.row.Json;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types that only the catalog knows: enums, domains, composites, ranges and arrays of them. */
@PostgresTest
class CatalogTypesDatabaseTest {
  enum Mood {
    HAPPY,
    SO_SO
  }

  record Address(String street, @Nullable String city) {}

  record Person(int id, Address home, List<Address> others, Mood mood, Optional<LocalDate> born) {}

  record Swapped(String city, String street) {}

  record NoCity(String street) {}

  record WithZip(String street, @Nullable String city, @Nullable Integer zip) {}

  record Mixed(
      long id, boolean flag, BigDecimal price, Instant at, List<Integer> list, Mood mood) {}

  private TestDatabase server;
  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    this.server = server;
    server.sql("CREATE TYPE mood AS ENUM ('happy', 'so_so')");
    server.sql("CREATE TYPE address AS (street text, city text)");
    db = Database.connect(server.url()).join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  private @Nullable Object value(String sql, @Nullable Object... arguments) {
    return one(sql, arguments).get(0);
  }

  @Test
  void enumsNeedNoRegistration() {
    Row row = one("SELECT 'happy'::mood AS mood, ARRAY['so_so', NULL]::mood[] AS moods");

    assertThat(row.get("mood")).isEqualTo("happy");
    assertThat(row.get("mood", Mood.class)).isEqualTo(Mood.HAPPY);
    assertThat(row.get("moods")).isEqualTo(Arrays.asList("so_so", null));
    assertThat(row.get("moods", Mood[].class)).isEqualTo(new Mood[] {Mood.SO_SO, null});
    assertThat(row.get("moods", String.class)).isEqualTo("{so_so,NULL}");
  }

  @Test
  void enumsAreWrittenByName() {
    server.sql("CREATE TYPE loud AS ENUM ('HAPPY', 'SO_SO')");
    server.sql("CREATE TABLE days (mood loud, moods loud[])");

    db.execute("INSERT INTO days VALUES ($1, $2)", Mood.HAPPY, List.of(Mood.SO_SO, Mood.HAPPY))
        .join();

    Row row =
        one(
            "SELECT * FROM days WHERE mood = $1 AND moods @> $2",
            Mood.HAPPY,
            new Mood[] {Mood.SO_SO});
    assertThat(row.get("moods")).isEqualTo(List.of("SO_SO", "HAPPY"));
  }

  @Test
  void enumsOfOneNameInTwoSchemasDoNotClash() {
    server.sql("CREATE SCHEMA shop");
    server.sql("CREATE TYPE shop.mood AS (low int, high int)");

    Row row =
        one(
            "SELECT ARRAY['happy']::public.mood[] AS a, ARRAY[ROW(1, 2)]::shop.mood[] AS b,"
                + " '(3,4)'::shop.mood AS c");

    assertThat(row.get("a")).isEqualTo(List.of("happy"));
    assertThat((Object) row.get("c", Map.class)).isEqualTo(Map.of("low", 3, "high", 4));
    assertThat(((Row) ((List<?>) row.get("b")).get(0)).asMap())
        .isEqualTo(Map.of("low", 1, "high", 2));
  }

  @Test
  void domainsAreWhatTheyAreMadeOf() {
    server.sql("CREATE DOMAIN positive AS int CHECK (value > 0)");
    server.sql("CREATE DOMAIN positives AS int[] CHECK (0 < ALL (value))");
    server.sql("CREATE DOMAIN homes AS address[]");
    server.sql("CREATE DOMAIN home AS address");
    server.sql("CREATE TYPE domains AS (one positive, many positives, list positive[])");

    Row row =
        one(
            "SELECT 1::positive AS one, ARRAY[1, 2]::positive[] AS many, ARRAY[1, 2]::positives AS"
                + " list, ARRAY['{1,2}', '{3}']::positives[] AS lists,"
                + " ARRAY['(a,b)']::homes AS homes, '(a,b)'::home AS home,"
                + " ROW(1, '{2}', '{3,NULL}')::domains AS parts");

    assertThat(row.get("one")).isEqualTo(1);
    assertThat(row.get("many")).isEqualTo(List.of(1, 2));
    assertThat(row.get("list")).isEqualTo(List.of(1, 2));
    assertThat(row.get("lists")).isEqualTo(List.of(List.of(1, 2), List.of(3)));
    assertThat(row.get("homes", Address[].class)).isEqualTo(new Address[] {new Address("a", "b")});
    assertThat(row.get("home", Address.class)).isEqualTo(new Address("a", "b"));
    assertThat(((Row) row.get("parts")).values())
        .isEqualTo(List.of(1, List.of(2), Arrays.asList(3, null)));
  }

  @Test
  void compositesAreRowsByTheNamesOfTheirAttributes() {
    Row row = one("SELECT ROW('Main \"St\", 1', NULL)::address AS home, NULL::address AS none");

    assertThat(row.get("none")).isNull();
    Row home = (Row) row.get("home");
    assertThat(home.get("street")).isEqualTo("Main \"St\", 1");
    assertThat(home.get("city")).isNull();
    assertThat(home.columns().names()).containsExactly("street", "city");
    assertThat(row.get("home", String.class)).isEqualTo("(\"Main \"\"St\"\", 1\",)");
    assertThat(row.get("home", Row.class)).isEqualTo(home);
    assertThat((Object) row.get("home", Map.class)).isEqualTo(home.asMap());
  }

  @Test
  void compositesBecomeRecordsByName() {
    Row row = one("SELECT ROW('a', 'b')::address AS home, ARRAY[ROW('c', NULL)]::address[] AS all");

    assertThat(row.get("home", Address.class)).isEqualTo(new Address("a", "b"));
    assertThat(row.get("home", Swapped.class)).isEqualTo(new Swapped("b", "a"));
    assertThat(row.get("all", Address[].class)).isEqualTo(new Address[] {new Address("c", null)});
  }

  @Test
  void missingAndUnknownAttributesAreNamed() {
    Row row = one("SELECT ROW('a', 'b')::address AS home");

    assertThatThrownBy(() -> row.get("home", WithZip.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'home': record WithZip has no value for component 'zip'");
    assertThatThrownBy(() -> row.get("home", NoCity.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'home': record NoCity has no component for column 'city'");
  }

  @Test
  void recordsTravelIntoCompositesAndBack() {
    server.sql(
        "CREATE TYPE person AS (id int, home address, others address[], mood mood, born date)");
    server.sql("CREATE TABLE people (person person, all_of_them person[])");
    Person anna =
        new Person(
            1,
            new Address("Main \"St\", (1)", null),
            List.of(new Address("", "{x}"), new Address("\\", "NULL")),
            Mood.HAPPY,
            Optional.of(LocalDate.of(2000, 2, 29)));
    Person ben = new Person(2, new Address("x", "y"), List.of(), Mood.SO_SO, Optional.empty());
    server.sql("ALTER TYPE mood RENAME VALUE 'happy' TO 'HAPPY'");
    server.sql("ALTER TYPE mood RENAME VALUE 'so_so' TO 'SO_SO'");

    db.execute("INSERT INTO people VALUES ($1, $2)", anna, List.of(anna, ben)).join();

    Row row = one("SELECT * FROM people WHERE (person).id = 1");
    assertThat(row.get("person", Person.class)).isEqualTo(anna);
    assertThat(row.get("all_of_them", Person[].class)).isEqualTo(new Person[] {anna, ben});
    assertThat(value("SELECT (person).home.street FROM people")).isEqualTo("Main \"St\", (1)");
    assertThat(value("SELECT person = $1::person FROM people", row.get("person"))).isEqualTo(true);
  }

  @Test
  void tablesByNameTakeRecordsForCompositesAndForJson() {
    server.sql("CREATE TABLE homes (home address, homes address[], doc jsonb, note text)");
    Address address = new Address("a b", null);
    try (DatabaseManager manager = DatabaseManager.connect(server.url(), "secret").join()) {
      manager
          .insert(
              "homes", Map.of("home", address, "homes", List.of(address, address), "doc", address))
          .join();

      Row row = manager.select("homes").join().get(0);
      assertThat(row.get("home", Address.class)).isEqualTo(address);
      assertThat(row.get("homes", Address[].class)).containsExactly(address, address);
      assertThat(row.get("doc")).isEqualTo("{\"city\": null, \"street\": \"a b\"}");
      assertThatThrownBy(() -> manager.insert("homes", Map.of("note", address)).join())
          .hasMessageContaining("note")
          .hasMessageContaining("takes a single value, or null, not a " + Address.class.getName());
    }
  }

  @Test
  void wrongNumberOfAttributesIsTheServersError() {
    assertThatThrownBy(() -> one("SELECT $1::address", new NoCity("a")))
        .hasMessageContaining("malformed record literal");
    assertThat(value("SELECT 1")).isEqualTo(1);
  }

  @Test
  void wholeRowsOfTablesAreComposites() {
    server.sql("CREATE TABLE users (user_id int, dropped int, user_name text)");
    server.sql("ALTER TABLE users DROP COLUMN dropped");
    server.sql("INSERT INTO users VALUES (1, 'Anna')");
    record User(int userId, String userName) {}

    Row row = one("SELECT u, u.user_id, array_agg(u) OVER () AS list FROM users u");

    assertThat(row.get("u", User.class)).isEqualTo(new User(1, "Anna"));
    assertThat(row.get("list", User[].class)).containsExactly(new User(1, "Anna"));
  }

  @Test
  void recordsWithoutATypeAreReadByPosition() {
    Row row =
        one(
            "SELECT ROW(1::int8, true, 1.50, '2024-02-29 12:00:00+02'::timestamptz, ARRAY[1, 2],"
                + " 'happy'::mood) AS r, ARRAY[ROW('a', 'b'), ROW('c', NULL)] AS list");

    Mixed mixed = row.get("r", Mixed.class);
    assertThat(mixed)
        .isEqualTo(
            new Mixed(
                1,
                true,
                new BigDecimal("1.50"),
                Instant.parse("2024-02-29T10:00:00Z"),
                List.of(1, 2),
                Mood.HAPPY));
    assertThat(row.get("list", Address[].class))
        .containsExactly(new Address("a", "b"), new Address("c", null));
    assertThatThrownBy(() -> row.get("r", Address.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "column 'r': the composite has 6 attributes, record Address has 2 parts: their names"
                + " are not known, so the numbers must agree");
  }

  @Test
  void rangesOfUsersAreRanges() {
    server.sql("CREATE TYPE price AS RANGE (subtype = float8)");
    server.sql("CREATE TYPE words AS RANGE (subtype = text, collation = \"C\")");
    Row row =
        one(
            "SELECT '[1.5,2e20)'::price AS price, $1::words AS words,"
                + " ARRAY['[1,2]', 'empty']::price[] AS prices",
            Range.closed("a b", "a,\"c"));

    assertThat(row.get("price")).isEqualTo(Range.closedOpen(1.5, 2e20));
    assertThat(row.get("price", String.class)).isEqualTo("[1.5,2e+20)");
    assertThat(row.get("words")).isEqualTo(Range.closed("a b", "a,\"c"));
    assertThat(row.get("prices")).isEqualTo(List.of(Range.closed(1.0, 2.0), Range.empty()));
    if (Boolean.TRUE.equals(value("SELECT to_regtype('price_multirange') IS NOT NULL"))) {
      assertThat(value("SELECT ARRAY['{[1,2],[3,4]}']::price_multirange[]"))
          .isEqualTo(List.of(Multirange.of(Range.closed(1.0, 2.0), Range.closed(3.0, 4.0))));
    }
  }

  @Test
  void typesOfTheServerItselfAreReadByTheCatalogToo() {
    server.sql("CREATE TABLE t (id int)");
    server.sql("GRANT SELECT ON t TO PUBLIC");

    Row row = one("SELECT relacl, c FROM pg_class c WHERE relname = 't'");

    assertThat((List<?>) row.get("relacl")).hasSize(2).allMatch(item -> item instanceof String);
    assertThat(((Row) row.get("c")).get("relname")).isEqualTo("t");
  }

  @Test
  void functionsWithoutAResultAnswerNull() {
    assertThat(value("SELECT pg_sleep(0)")).isNull();
    assertThat(db.fetchValue(String.class, "SELECT pg_sleep(0)").join()).isEmpty();
  }

  @Test
  void manyCallsAtOnceLearnTheSameTypes() {
    List<Query<List<Row>>> queries = new ArrayList<>();
    IntStream.range(0, 200)
        .forEach(i -> queries.add(Query.rows("SELECT ROW($1::text, NULL)::address AS a", "s" + i)));

    List<List<Row>> answers = db.gather(queries).join();

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get(0).get("a", Address.class))
          .isEqualTo(new Address("s" + i, null));
    }
  }

  @Test
  void streamsReadThemPageByPage() {
    List<Address> seen = new ArrayList<>();

    db.stream(
            "SELECT ROW('s' || i, NULL)::address AS home, ARRAY['happy'::mood] AS moods"
                + " FROM generate_series(1, 1000) i")
        .forEach(
            row -> {
              assertThat(row.get("moods")).isEqualTo(List.of("happy"));
              seen.add(row.get("home", Address.class));
            })
        .join();

    assertThat(seen).hasSize(1000).endsWith(new Address("s1000", null));
  }

  @Test
  void batchesWriteAndReadThem() {
    server.sql("CREATE TABLE homes (id int, home address, moods mood[])");
    List<List<Object>> elements = new ArrayList<>();
    IntStream.range(0, 300)
        .forEach(i -> elements.add(List.of(i, new Address("s" + i, null), List.of("happy"))));

    List<Row> rows =
        db.fetchMany("INSERT INTO homes VALUES ($1, $2, $3) RETURNING *", elements).join();

    for (int i = 0; i < 300; i++) {
      assertThat(rows.get(i).get("home", Address.class)).isEqualTo(new Address("s" + i, null));
      assertThat(rows.get(i).get("moods")).isEqualTo(List.of("happy"));
    }
    assertThatThrownBy(
            () ->
                db.executeMany(
                        "INSERT INTO homes VALUES ($1, $2, $3)",
                        List.of(
                            List.of(1, new Address("a", "b"), List.of()),
                            List.of(2, new Address("a", "\0"), List.of())))
                    .join())
        .cause()
        .hasMessageContaining("element 1 of executeMany (from 0): argument $2, attribute 2: the");
  }

  @Test
  void typesMadeInATransactionAreReadInIt() {
    String street =
        db.transaction(
                tx ->
                    tx.execute("CREATE TYPE fresh AS (a int, b text)")
                        .thenCompose(n -> tx.fetchOne("SELECT ROW(1, 'x')::fresh AS f"))
                        .thenApply(row -> (String) ((Row) row.get("f")).get("b")))
            .join();

    assertThat(street).isEqualTo("x");
    assertThat(value("SELECT ROW(2, 'y')::fresh")).isInstanceOf(Row.class);
  }

  @Test
  void typeMadeAgainIsAnother() {
    assertThat(value("SELECT ARRAY['(a,b)']::address[]")).isInstanceOf(List.class);
    server.sql("DROP TYPE address");
    server.sql("CREATE TYPE address AS ENUM ('(a,b)')");

    assertThat(value("SELECT ARRAY['(a,b)']::address[] AS again")).isEqualTo(List.of("(a,b)"));
  }

  @Test
  void attributesAddedByOthersAreSeen() {
    String query = "SELECT v AS home, ARRAY[v] AS list FROM homes";
    server.sql("CREATE TABLE homes (v address)");
    server.sql("INSERT INTO homes VALUES ('(a,b)')");
    assertThat(((Row) one(query).get("home")).asMap())
        .isEqualTo(Map.of("street", "a", "city", "b"));

    server.sql("ALTER TYPE address ADD ATTRIBUTE zip int");

    assertThat(one(query).get("home", WithZip.class)).isEqualTo(new WithZip("a", "b", null));
    server.sql("ALTER TYPE address DROP ATTRIBUTE city");
    server.sql("UPDATE homes SET v = '(a,7)'");
    assertThat(((Row) ((List<?>) one(query).get("list")).get(0)).asMap())
        .isEqualTo(Map.of("street", "a", "zip", 7));
  }

  @Test
  void attributesOfAnotherTypeAreSeen() {
    server.sql("CREATE TYPE reading AS (at int)");
    server.sql("CREATE TABLE readings (v reading)");
    server.sql("INSERT INTO readings VALUES ('(1)')");
    assertThat(((Row) value("SELECT v FROM readings")).get("at")).isEqualTo(1);

    server.sql("DROP TABLE readings");
    server.sql("ALTER TYPE reading ALTER ATTRIBUTE at TYPE text");
    server.sql("CREATE TABLE readings (v reading)");
    server.sql("INSERT INTO readings VALUES ('(now)')");

    assertThat(((Row) value("SELECT v FROM readings")).get("at")).isEqualTo("now");
  }

  @Test
  void attributesRenamedHereAreSeen() {
    assertThat(((Row) value("SELECT '(a,b)'::address")).asMap()).containsKey("city");

    db.execute("ALTER TYPE address RENAME ATTRIBUTE city TO town").join();
    assertThat(((Row) value("SELECT '(a,b)'::address")).asMap()).containsKey("town");

    db.executeScript("SELECT 1; ALTER TYPE address RENAME ATTRIBUTE town TO village").join();
    assertThat(((Row) value("SELECT '(a,b)'::address")).asMap()).containsKey("village");
  }

  @Test
  void singleNullAttributeIsNoEmptyComposite() {
    server.sql("CREATE TYPE single AS (part text)");

    Row row = one("SELECT ROW(NULL)::single AS a, ROW('')::single AS b, '(x)'::single AS c");

    assertThat(((Row) row.get("a")).get("part")).isNull();
    assertThat(((Row) row.get("b")).get("part")).isEqualTo("");
    assertThat(((Row) row.get("c")).get("part")).isEqualTo("x");
  }

  @Test
  void whereTheCatalogIsClosedValuesStayTextAndTransactionsGoOn() {
    server.sql("CREATE ROLE outsider LOGIN PASSWORD 'x'");
    try {
      server.sql("REVOKE SELECT ON pg_catalog.pg_range FROM PUBLIC");
      String url = "postgresql://outsider:x@" + server.address() + "/" + server.name();
      try (Database outside = Database.connect(url).join()) {
        Row row =
            outside.fetchOne("SELECT ARRAY['happy']::mood[] AS m, '(a,b)'::address AS a").join();
        assertThat(row.get("m")).isEqualTo("{happy}");
        assertThat(row.get("a", Address.class)).isEqualTo(new Address("a", "b"));
        List<Object> seen = new ArrayList<>();
        outside
            .transaction(
                tx ->
                    tx.fetchOne("SELECT ARRAY['happy']::mood[] AS m")
                        .thenCompose(
                            first -> {
                              seen.add(first.get("m"));
                              return tx.fetchOne("SELECT 7 AS seven");
                            })
                        .thenAccept(second -> seen.add(second.get("seven"))))
            .join();
        assertThat(seen).containsExactly("{happy}", 7);
      }
    } finally {
      server.sql("DROP OWNED BY outsider");
      server.sql("DROP ROLE outsider");
    }
  }

  @Test
  void typesAreReadInJsonOfRowsAsObjects() {
    Row row = one("SELECT ROW('a', NULL)::address AS home");

    assertThat(Json.of(row).text()).isEqualTo("{\"home\":{\"street\":\"a\",\"city\":null}}");
  }

  @Test
  void rowsAreCompositesAsArguments() {
    Row home = Row.of(Columns.of(List.of("x", "y")), new @Nullable Object[] {"a", null});

    assertThat(one("SELECT $1::address AS home", home).get("home", Address.class))
        .isEqualTo(new Address("a", null));
  }
}
