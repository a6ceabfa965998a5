package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.query.Query;
import dev.howdah.row.ColumnName;
import dev.howdah.row.KindColumn;
import dev.howdah.row.Row;
import dev.howdah.row.RowMappers;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows as a server sends them, read and mapped. */
@PostgresTest
class RowsDatabaseTest {

  private static void with(TestDatabase server, Consumer<Database> test) {
    server.sql(
        """
        CREATE TYPE level AS ENUM ('guest', 'full-member');
        CREATE TABLE cities (id int PRIMARY KEY, name text, zip text);
        CREATE TABLE users (id bigint PRIMARY KEY, full_name text, age smallint, level level,
          scores int[], city_id int REFERENCES cities);
        INSERT INTO cities VALUES (1, 'Riga', NULL);
        INSERT INTO users VALUES (1, 'Anna', 30, 'full-member', '{1,NULL,3}', 1),
          (2, 'Boris', NULL, 'guest', '{}', NULL)""");
    try (Database db = Database.connect(server.url()).join()) {
      test.accept(db);
    }
  }

  enum Level {
    GUEST,
    FULL_MEMBER
  }

  record City(String name, @Nullable String zip) {}

  record User(
      int id,
      String fullName,
      Optional<Long> age,
      Level level,
      List<@Nullable Long> scores,
      @Nullable City city,
      @ColumnName("city") Optional<City> sameCity) {}

  private static final String JOIN =
      """
      SELECT u.*, c.name AS "city.name", c.zip AS "city.zip"
      FROM users u LEFT JOIN cities c ON c.id = u.city_id ORDER BY u.id""";

  @Test
  void joinedRowsBecomeNestedRecords(TestDatabase server) {
    with(
        server,
        db ->
            assertThat(db.fetch(User.class, JOIN).join())
                .containsExactly(
                    new User(
                        1,
                        "Anna",
                        Optional.of(30L),
                        Level.FULL_MEMBER,
                        Arrays.asList(1L, null, 3L),
                        new City("Riga", null),
                        Optional.of(new City("Riga", null))),
                    new User(
                        2,
                        "Boris",
                        Optional.empty(),
                        Level.GUEST,
                        List.of(),
                        null,
                        Optional.empty())));
  }

  @Test
  void equalNamesOfAJoinAreAllKept(TestDatabase server) {
    with(
        server,
        db -> {
          Row row = db.fetchOne("SELECT * FROM users u JOIN cities c ON c.id = u.city_id").join();
          assertThat(row.columns().names())
              .containsExactly(
                  "id", "full_name", "age", "level", "scores", "city_id", "id", "name", "zip");
          assertThat(row.get("id")).isEqualTo(1L);
          assertThat(row.get(6)).isEqualTo(1);
          assertThat(row.values()).hasSize(9);
          assertThat(row.asMap().keySet())
              .containsExactly(
                  "id", "full_name", "age", "level", "scores", "city_id", "name", "zip");
          assertThatThrownBy(() -> row.get("user_id"))
              .isInstanceOf(UnknownColumn.class)
              .hasMessageContaining("the row has: id, full_name, age");
          assertThat(row)
              .isEqualTo(
                  db.fetchOne("SELECT * FROM users u JOIN cities c ON c.id = u.city_id").join());
        });
  }

  @Test
  void strictAndLenientAreChosenForEachQuery(TestDatabase server) {
    with(
        server,
        db -> {
          assertThatThrownBy(
                  () -> db.fetch(RowMappers.strict(City.class), "SELECT * FROM cities").join())
              .hasCauseInstanceOf(MappingFailure.class)
              .hasMessageContaining("record City has no component for column 'id'");
          assertThat(db.fetch(City.class, "SELECT * FROM cities").join())
              .containsExactly(new City("Riga", null));
          assertThat(db.fetch(RowMappers.lenient(City.class), "SELECT name FROM cities").join())
              .containsExactly(new City("Riga", null));
        });
  }

  @Test
  void aMappingFailureNamesItsStatement(TestDatabase server) {
    with(
        server,
        db -> {
          CompletionException thrown =
              catchThrowableOfType(
                  CompletionException.class,
                  () -> db.fetch(City.class, "SELECT name FROM cities WHERE id > $1", 0).join());
          assertThat(thrown.getCause())
              .isInstanceOf(MappingFailure.class)
              .hasToString(
                  """
                  MappingFailure: record City has no value for component 'zip': the row has name
                    SQL:    SELECT name FROM cities WHERE id > $1\
                  """);
        });
  }

  @KindColumn("level")
  sealed interface Person {
    record Guest(long id) implements Person {}

    record FullMember(String fullName, int age) implements Person {}
  }

  @Test
  void anEnumColumnTellsTheClass(TestDatabase server) {
    with(
        server,
        db ->
            assertThat(db.fetch(Person.class, "SELECT * FROM users ORDER BY id").join())
                .containsExactly(new Person.FullMember("Anna", 30), new Person.Guest(2)));
  }

  static class Bean {
    private int id;
    private String name = "nobody";
    @Nullable BigDecimal price;

    public void setFullName(String name) {
      this.name = name.toUpperCase(Locale.ROOT);
    }
  }

  @Test
  void beansAreFilledBySettersAndFields(TestDatabase server) {
    with(
        server,
        db -> {
          Bean bean =
              db.fetchOne(Bean.class, "SELECT id, full_name, 1.50 AS price FROM users WHERE id = 1")
                  .join();
          assertThat(bean.id).isEqualTo(1);
          assertThat(bean.name).isEqualTo("ANNA");
          assertThat(bean.price).isEqualTo(new BigDecimal("1.50"));
        });
  }

  record Number(long n, String text, boolean even) {}

  @Test
  void aHundredThousandRowsBecomeRecords(TestDatabase server) {
    with(
        server,
        db -> {
          List<Number> numbers =
              db.fetch(
                      Number.class,
                      "SELECT n, n::text AS text, n % 2 = 0 AS even FROM generate_series(1, 100000) n")
                  .join();
          assertThat(numbers).hasSize(100_000);
          assertThat(IntStream.range(0, numbers.size()))
              .allMatch(
                  i ->
                      numbers
                          .get(i)
                          .equals(new Number(i + 1, Integer.toString(i + 1), (i + 1) % 2 == 0)));
        });
  }

  @Test
  void rowsOfNoAndOfManyColumnsAreRows(TestDatabase server) {
    with(
        server,
        db -> {
          assertThat(db.fetchOne("SELECT FROM cities").join()).hasToString("{}");
          String many =
              "SELECT "
                  + String.join(
                      ", ", IntStream.range(0, 1_600).mapToObj(i -> i + " AS c" + i).toList());
          Row row = db.fetchOne(many).join();
          assertThat(row.get("c1599")).isEqualTo(1_599);
          assertThat(row.toString()).endsWith("… (1600 columns)}").hasSizeLessThan(3_000);
          assertThatThrownBy(() -> row.get(1_600))
              .hasMessageContaining("index 1600 is outside 0..1599")
              .hasMessageContaining("… (1600 in all)");
          assertThat(db.fetchOne(Map.class, "SELECT 1 AS b, NULL AS a").join().toString())
              .isEqualTo("{b=1, a=null}");
        });
  }

  @Test
  void aFailureInOneOfManyRowsNamesTheRow(TestDatabase server) {
    String sql = "SELECT CASE WHEN i <> 4 THEN i END AS i FROM generate_series(0, 5) AS i";
    with(
        server,
        db -> {
          assertThat(failure(() -> db.fetch(int.class, sql).join()))
              .hasMessageStartingWith("row 4 (from 0): column 'i': the value is null")
              .extracting(MappingFailure::sql)
              .isEqualTo(sql);
          assertThat(
                  failure(
                      () ->
                          db.stream(Query.rows(int.class, sql).fetchSize(2))
                              .forEach(i -> {})
                              .join()))
              .hasMessageStartingWith("row 4 (from 0): column 'i': ");
          assertThat(
                  failure(
                      () ->
                          db.transaction(
                                  tx ->
                                      tx.cursor(Query.rows(int.class, sql))
                                          .thenCompose(
                                              cursor ->
                                                  cursor
                                                      .skip(3)
                                                      .thenCompose(skipped -> cursor.fetch(2))))
                              .join()))
              .hasMessageStartingWith("row 4 (from 0): column 'i': ");
          assertThat(
                  failure(
                      () ->
                          db.fetchMany(int.class, "SELECT $1::int AS i", List.of(row(1), row(null)))
                              .join()))
              .hasMessageStartingWith("row 1 (from 0): column 'i': ");
          assertThat(failure(() -> db.fetchOne(int.class, "SELECT NULL AS i").join()))
              .hasMessageStartingWith("column 'i': ");
        });
  }

  private static List<@Nullable Object> row(@Nullable Object argument) {
    return Arrays.asList(argument);
  }

  private static MappingFailure failure(Runnable call) {
    CompletionException thrown = catchThrowableOfType(CompletionException.class, call::run);
    return (MappingFailure) thrown.getCause();
  }
}
