package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Columns;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an element of a batch may be: the arguments of one run of its statement. */
@PostgresTest
class ManyElementsDatabaseTest {
  private static final String INSERT = "INSERT INTO t VALUES ($1, $2)";

  @BeforeEach
  void table(TestDatabase server) {
    server.sql("CREATE TABLE t (id int PRIMARY KEY, name text)");
  }

  private static Database open(TestDatabase server) {
    return await(Database.connect(DatabaseOptions.of(server.url())));
  }

  private static long rows(TestDatabase server) {
    return (Long) server.query("SELECT count(*) FROM t").get(0).get(0);
  }

  @Test
  void namedParametersTakeMapsAndArraysTakePlaces(TestDatabase server) {
    try (Database db = open(server)) {
      await(
          db.executeMany(
              "INSERT INTO t VALUES (:id, :name)",
              List.of(Map.of("id", 1, "name", "a"), Map.of("name", "b", "id", 2))));
      await(db.executeMany(INSERT, List.of(new Object[] {3, "c"}, new Object[] {4, "d"})));
      assertThat(await(db.fetch(String.class, "SELECT name FROM t ORDER BY id")))
          .containsExactly("a", "b", "c", "d");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5_000})
  void bareValuesAreTheOneArgument(int count, TestDatabase server) {
    server.sql("CREATE TABLE bare (v int)");
    try (Database db = open(server)) {
      List<Integer> values = IntStream.range(0, count).boxed().toList();
      assertThat(await(db.executeMany("INSERT INTO bare VALUES ($1)", values))).isEqualTo(count);
      assertThat(await(db.fetch(Integer.class, "SELECT v FROM bare ORDER BY v"))).isEqualTo(values);
    }
  }

  @Test
  void bareValuesMayBeNullBytesOrDocuments(TestDatabase server) {
    try (Database db = open(server)) {
      assertThat(
              await(
                  db.fetchMany(
                      String.class, "SELECT upper($1::text)", Arrays.asList("a", null, "b"))))
          .containsExactly("A", null, "B");
      assertThat(
              await(
                  db.fetchMany(
                      Integer.class,
                      "SELECT length($1::bytea)",
                      List.of(new byte[] {1, 2}, new byte[0]))))
          .containsExactly(2, 0);
      assertThat(
              await(
                  db.fetchMany(
                      String.class, "SELECT $1::jsonb ->> 'k'", List.of(Map.of("k", "v")))))
          .containsExactly("v");
    }
  }

  @Test
  void listsAndArraysStayArgumentsOfTheOneParameter(TestDatabase server) {
    String sql = "SELECT cardinality($1::int[])";
    try (Database db = open(server)) {
      assertThat(await(db.fetchMany(Integer.class, sql, List.of(List.of(List.of(1, 2, 3))))))
          .containsExactly(3);
      assertThatThrownBy(() -> await(db.fetchMany(sql, List.of(List.of(1, 2, 3)))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("the server expects 1 argument, 3 were passed");
    }
  }

  static List<Object> notBare() {
    record Item(int id) {}
    return List.of(
        new int[] {1},
        Set.of(1),
        new Item(1),
        Row.of(Columns.of(List.of("id")), new Object[] {1}),
        new ArrayDeque<>());
  }

  @ParameterizedTest
  @MethodSource("notBare")
  void whatCouldBeSeveralArgumentsIsNoBareValue(Object element, TestDatabase server) {
    try (Database db = open(server)) {
      assertThatThrownBy(
              () -> await(db.executeMany("DELETE FROM t WHERE id = $1", List.of(3, element))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageStartingWith("element 1 of executeMany (from 0): it is of ")
          .hasMessageContaining("pass List.of(value) where that is the value of $1");
    }
  }

  @Test
  void bareValuesAreRefusedForSeveralParameters(TestDatabase server) {
    try (Database db = open(server)) {
      assertThatThrownBy(() -> await(db.executeMany(INSERT, List.of(1, 2))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("must be a List or an array of the 2 arguments")
          .hasMessageContaining("java.lang.Integer");
      assertThatThrownBy(() -> await(db.executeMany("DELETE FROM t WHERE id = :id", List.of(1, 2))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("named parameters (:id): pass one Map, record or data class");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5_000})
  void namedParametersTakeRecords(int count, TestDatabase server) {
    record Item(int id, String itemName) {}
    try (Database db = open(server)) {
      List<Item> items = IntStream.range(0, count).mapToObj(i -> new Item(i, "n" + i)).toList();
      await(db.executeMany("INSERT INTO t VALUES (:id, :item_name)", items));
      assertThat(rows(server)).isEqualTo(count);
      assertThat(
              await(
                  db.fetchOne(
                      "SELECT name FROM t WHERE id = :id AND name = :item_name", items.get(2))))
          .extracting(row -> row.get(0))
          .isEqualTo("n2");
      assertThatThrownBy(() -> await(db.executeMany("INSERT INTO t VALUES (:id, :nmae)", items)))
          .isInstanceOf(WrongArguments.class)
          .hasMessage(
              "element 0 of executeMany (from 0): no value for :nmae; Item has id, itemName");
    }
  }

  @Test
  void rowsOfOneQueryAreElementsOfAnother(TestDatabase server) {
    try (Database db = open(server)) {
      List<Row> rows =
          await(db.fetch("SELECT g AS id, 'n' || g AS name FROM generate_series(1, 3) g"));
      await(db.executeMany("INSERT INTO t VALUES (:id, :name)", rows));
      assertThat(rows(server)).isEqualTo(3);
    }
  }
}
