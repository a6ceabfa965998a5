package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.query.Query;
import dev.howdah.row.Json;
import dev.howdah.row.Multirange;
import dev.howdah.row.Range;
import dev.howdah.row.Row;
import dev.howdah.testing.MoodsAndAddresses;
import dev.howdah.testing.PostgresTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Types that only the catalog knows: enums, domains, ranges and arrays of them. */
@PostgresTest
class CatalogTypesDatabaseTest extends MoodsAndAddresses {
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
}
