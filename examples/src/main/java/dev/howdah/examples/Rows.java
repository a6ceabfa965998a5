package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.query.Query;
import dev.howdah.row.KindColumn;
import dev.howdah.row.KindValue;
import dev.howdah.row.Row;
import dev.howdah.row.RowMappers;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What docs/rows.md shows: values of a row, and rows as types of one's own. */
final class Rows {
  private Rows() {}

  // region types
  enum Level {
    GUEST,
    MEMBER
  }

  record City(String name, String country) {}

  record Person(
      long id,
      String fullName,
      Optional<Integer> age,
      Level level,
      List<String> tags,
      @Nullable City city) {}

  // endregion

  // region sealed
  @KindColumn("kind")
  sealed interface Payment {
    record Card(String number, BigDecimal amount) implements Payment {}

    @KindValue("cash")
    record Coins(BigDecimal amount) implements Payment {}
  }

  // endregion

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.executeScript(
              """
              CREATE TABLE cities (id int PRIMARY KEY, name text, country text);
              CREATE TABLE people (id bigint PRIMARY KEY, full_name text, age int, level text,
                tags text[], city_id int REFERENCES cities);
              CREATE TABLE payments (id int PRIMARY KEY, kind text, number text, amount numeric);
              INSERT INTO cities VALUES (1, 'Riga', 'LV');
              INSERT INTO people VALUES (1, 'Anna', 30, 'member', '{a,b}', 1),
                (2, 'Boris', NULL, 'guest', '{}', NULL);
              INSERT INTO payments VALUES (1, 'card', '4111', 9.50), (2, 'cash', NULL, 3)""")
          .join();
      values(db);
      people(db);
      payments(db);
      cities(db);
    }
  }

  private static void values(Database db) {
    // region values
    Row row = db.fetchOne("SELECT id, full_name, age FROM people WHERE id = 2").join();
    Object asItCame = row.get("id"); // 2, a Long
    Integer converted = row.get("id", Integer.class); // one too large for it is an error
    String byIndex = row.get(1, String.class);
    int orElse = row.get("age", 18); // for null, and for a column that is not there
    Map<String, Object> map = row.asMap(); // in column order
    // endregion
    System.out.println(asItCame + " " + converted + " " + byIndex + " " + orElse + " " + map);
  }

  private static void people(Database db) {
    // region nested
    List<Person> people =
        db.fetch(
                Person.class,
                """
                SELECT p.*, c.name AS "city.name", c.country AS "city.country"
                FROM people p LEFT JOIN cities c ON c.id = p.city_id
                ORDER BY p.id""")
            .join();
    // endregion
    people.forEach(System.out::println);
  }

  private static void payments(Database db) {
    // region payments
    List<Payment> payments =
        db.fetch(Payment.class, "SELECT kind, number, amount FROM payments ORDER BY id").join();
    // endregion
    System.out.println(payments);
  }

  private static void cities(Database db) {
    // region strict
    String sql = "SELECT name, country FROM cities";
    List<City> all = db.fetch(RowMappers.strict(City.class), sql).join(); // no column may be left
    Query<List<City>> some = Query.rows(RowMappers.lenient(City.class), "SELECT name FROM cities");
    // endregion
    System.out.println(all + " " + db.run(some).join());
  }
}
