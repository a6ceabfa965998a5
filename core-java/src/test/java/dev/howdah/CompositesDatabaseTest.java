package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.testing.MoodsAndAddresses;
import dev.howdah.testing.PostgresTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Composites and rows of tables as rows, records and arguments. */
@PostgresTest
class CompositesDatabaseTest extends MoodsAndAddresses {
  record Person(int id, Address home, List<Address> others, Mood mood, Optional<LocalDate> born) {}

  record Swapped(String city, String street) {}

  record NoCity(String street) {}

  record WithZip(String street, @Nullable String city, @Nullable Integer zip) {}

  record Mixed(
      long id, boolean flag, BigDecimal price, Instant at, List<Integer> list, Mood mood) {}

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
  void rowsAreCompositesAsArguments() {
    Row home = Row.of(Columns.of(List.of("x", "y")), new @Nullable Object[] {"a", null});

    assertThat(one("SELECT $1::address AS home", home).get("home", Address.class))
        .isEqualTo(new Address("a", null));
  }
}
