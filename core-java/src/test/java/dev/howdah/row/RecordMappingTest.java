package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"ArrayRecordComponent", "UnusedMethod"}) // the shapes are the point
class RecordMappingTest {

  enum Status {
    ACTIVE,
    GONE
  }

  record User(long userId, String name, int age) {}

  record City(String name, @Nullable String zip) {}

  record Address(String street, @Nullable City city) {}

  record Person(int id, @Nullable Address address) {}

  record Flat(int id, City city) {}

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  @Test
  void columnsAreMatchedByNameSnakeCaseAndLooseSpelling() {
    User anna = new User(1, "Anna", 30);
    assertThat(row(List.of("userId", "name", "age"), 1, "Anna", 30).as(User.class)).isEqualTo(anna);
    assertThat(row(List.of("age", "name", "user_id"), 30, "Anna", 1L).as(User.class))
        .isEqualTo(anna);
    assertThat(row(List.of("USERID", "Name", "AGE"), 1, "Anna", 30).as(User.class)).isEqualTo(anna);
  }

  @Test
  void closerSpellingWins() {
    assertThat(row(List.of("USERID", "user_id", "name", "age"), 9, 1, "Anna", 30).as(User.class))
        .isEqualTo(new User(1, "Anna", 30));
    assertThat(row(List.of("user_id", "userId", "name", "age"), 9, 1, "Anna", 30).as(User.class))
        .isEqualTo(new User(1, "Anna", 30));
  }

  @Test
  void ambiguousSpellingIsRefused() {
    assertThatThrownBy(
            () -> row(List.of("USERID", "UserID", "name", "age"), 1, 2, "A", 3).as(User.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "component 'userId' of record User may mean column 'USERID' or 'UserID': say which by"
                + " @ColumnName");
  }

  @Test
  void firstOfEqualNamesIsTaken() {
    assertThat(row(List.of("user_id", "name", "age", "name"), 1, "a", 2, "b").as(User.class))
        .isEqualTo(new User(1, "a", 2));
    assertThat(row(List.of("USER_ID", "name", "age", "USER_ID"), 1, "a", 2, 7).as(User.class))
        .isEqualTo(new User(1, "a", 2));
  }

  @Test
  void columnNameIsExact() {
    record Named(@ColumnName("user name") String name, int id) {}
    assertThat(row(List.of("user name", "id"), "Anna", 1).as(Named.class))
        .isEqualTo(new Named("Anna", 1));
    assertThatThrownBy(() -> row(List.of("name", "id"), "Anna", 1).as(Named.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("no value for component 'name'");
  }

  @Test
  void missingComponentIsNamedWithTheColumns() {
    assertThatThrownBy(() -> row(List.of("user_id", "name"), 1, "Anna").as(User.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("record User has no value for component 'age': the row has user_id, name");
    assertThatThrownBy(() -> row(List.of("x", "name"), 1, "Anna").as(User.class))
        .hasMessage("record User has no value for components 'userId', 'age': the row has x, name");
  }

  @Test
  void nullIntoPrimitiveNamesColumnAndComponent() {
    assertThatThrownBy(() -> row(List.of("user_id", "name", "age"), 1, "A", null).as(User.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "column 'age' for component 'age' of record User: the value is null, which int cannot"
                + " hold: let it take null, or use COALESCE in SQL");
  }

  @Test
  void misfitNamesColumnComponentAndRange() {
    assertThatThrownBy(
            () -> row(List.of("user_id", "name", "age"), 1, "A", 1L << 40).as(User.class))
        .hasMessage(
            "column 'age' for component 'age' of record User: the Long value does not fit int"
                + " (-2147483648..2147483647)");
  }

  @Test
  void componentsMayBeOfEveryKind() {
    record Everything(
        List<String> tags,
        Set<Long> numbers,
        int[][] grid,
        Map<String, Object> json,
        Map<String, List<Integer>> lists,
        Optional<Integer> some,
        Optional<Integer> none,
        Status status,
        Status[] history,
        OffsetDateTime time,
        BigDecimal price,
        byte[] bytes,
        Object any,
        char letter,
        Json document) {}
    Everything made =
        row(
                List.of(
                    "tags",
                    "numbers",
                    "grid",
                    "json",
                    "lists",
                    "some",
                    "none",
                    "status",
                    "history",
                    "time",
                    "price",
                    "bytes",
                    "any",
                    "letter",
                    "document"),
                List.of("a", "b"),
                List.of(1, 2),
                List.of(List.of(1, 2), List.of(3, 4)),
                "{\"a\": {\"b\": [1]}}",
                "{\"x\": [1, 2]}",
                5L,
                null,
                "active",
                "{GONE,ACTIVE}",
                Instant.EPOCH,
                7,
                new byte[] {1},
                "x",
                "y",
                "[]")
            .as(Everything.class);
    assertThat(made.tags).containsExactly("a", "b");
    assertThat(made.numbers).containsExactly(1L, 2L);
    assertThat(made.grid).isDeepEqualTo(new int[][] {{1, 2}, {3, 4}});
    assertThat(made.json).isEqualTo(Map.of("a", Map.of("b", List.of(1))));
    assertThat(made.lists).isEqualTo(Map.of("x", List.of(1, 2)));
    assertThat(made.some).contains(5);
    assertThat(made.none).isEmpty();
    assertThat(made.status).isEqualTo(Status.ACTIVE);
    assertThat(made.history).containsExactly(Status.GONE, Status.ACTIVE);
    assertThat(made.time).isEqualTo(Instant.EPOCH.atOffset(ZoneOffset.UTC));
    assertThat(made.price).isEqualTo(new BigDecimal("7"));
    assertThat(made.bytes).containsExactly(1);
    assertThat(made.any).isEqualTo("x");
    assertThat(made.letter).isEqualTo('y');
    assertThat(made.document).isEqualTo(Json.text("[]"));
  }

  @Test
  void genericRecordsTakeValuesAsTheyAre() {
    record Box<T>(T value, List<T> values) {}
    assertThat(row(List.of("value", "values"), 1, List.of("a")).as(Box.class))
        .isEqualTo(new Box<Object>(1, List.of("a")));
  }

  @Test
  void recordsMayBeLocalPrivateAndEmpty() {
    record Local(int a) {}
    record Nothing() {}
    assertThat(row(List.of("a"), 1).as(Local.class)).isEqualTo(new Local(1));
    assertThat(row(List.of("a"), 1).as(Secret.class)).isEqualTo(new Secret(1));
    assertThat(row(List.of("a"), 1).as(Nothing.class)).isEqualTo(new Nothing());
  }

  private record Secret(int a) {}

  @Test
  void nestedRecordsTakeDottedAndUnderscoredNames() {
    Person expected = new Person(1, new Address("Main", new City("Riga", "LV-1")));
    List<List<String>> spellings =
        List.of(
            List.of("id", "address.street", "address.city.name", "address.city.zip"),
            List.of("id", "address_street", "address_city_name", "address_city_zip"),
            List.of("id", "address.street", "address.city_name", "ADDRESS_CITY_ZIP"),
            List.of("ID", "Address.Street", "AddressCityName", "addressCityZip"));
    for (List<String> names : spellings) {
      assertThat(row(names, 1, "Main", "Riga", "LV-1").as(Person.class)).isEqualTo(expected);
    }
  }

  @Test
  void dottedNamesComeBeforeUnderscoredOnes() {
    assertThat(
            row(List.of("id", "city_name", "city.name", "city_zip"), 1, "other", "Riga", "Z")
                .as(Flat.class))
        .isEqualTo(new Flat(1, new City("Riga", "Z")));
  }

  @Test
  void nestedRecordIsNullWhenAllItsColumnsAre() {
    List<String> names = List.of("id", "address.street", "address.city.name", "address.city.zip");
    assertThat(row(names, 1, null, null, null).as(Person.class)).isEqualTo(new Person(1, null));
    assertThat(row(names, 1, "Main", null, null).as(Person.class))
        .isEqualTo(new Person(1, new Address("Main", null)));
  }

  @Test
  void nestedRecordMayBeOptional() {
    record Guest(int id, Optional<City> city) {}
    List<String> names = List.of("id", "city_name", "city_zip");
    assertThat(row(names, 1, "Riga", null).as(Guest.class).city()).contains(new City("Riga", null));
    assertThat(row(names, 1, null, null).as(Guest.class).city()).isEmpty();
  }

  @Test
  void missingNestedComponentIsNamedByItsPath() {
    assertThatThrownBy(
            () ->
                row(List.of("id", "address.street", "address.city.name"), 1, "M", "R")
                    .as(Person.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("record Person has no value for component 'address.city.zip'");
    assertThatThrownBy(() -> row(List.of("id"), 1).as(Person.class))
        .hasMessage("record Person has no value for component 'address': the row has id");
  }

  @Test
  void misfitInsideNestedRecordIsNamedByItsPath() {
    assertThatThrownBy(
            () -> row(List.of("id", "city_name", "city_zip"), 1, new byte[0], "z").as(Flat.class))
        .hasMessageStartingWith(
            "column 'city_name' for component 'city.name' of record Flat: there is no conversion"
                + " from byte[] to String");
  }

  @Test
  void aColumnThatHoldsTheRecordItselfIsTaken() {
    City riga = new City("Riga", "Z");
    assertThat(row(List.of("id", "city"), 1, riga).as(Flat.class)).isEqualTo(new Flat(1, riga));
    assertThat(row(List.of("id", "city", "city_tax"), 1, riga, 3).as(Flat.class))
        .isEqualTo(new Flat(1, riga));
  }

  @Test
  void aTextColumnOfTheSameNameDoesNotHideNestedOnes() {
    assertThat(
            row(List.of("id", "city", "city.name", "city.zip"), 1, "text", "Riga", "Z")
                .as(Flat.class))
        .isEqualTo(new Flat(1, new City("Riga", "Z")));
  }

  @Test
  void columnNameOnNestedRecordGivesThePrefix() {
    record Trip(@ColumnName("src") City from, @ColumnName("dst") City to) {}
    assertThat(
            row(List.of("src_name", "src_zip", "dst.name", "dst.zip"), "a", "1", "b", "2")
                .as(Trip.class))
        .isEqualTo(new Trip(new City("a", "1"), new City("b", "2")));
  }

  record Node(int id, @Nullable Node parent) {}

  @Test
  void recordsInsideThemselvesEndWithTheColumns() {
    assertThatThrownBy(() -> row(List.of("id", "parent_id"), 1, 2).as(Node.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("'parent.parent'");
  }

  @Test
  void whatTheConstructorThrowsIsTheCause() {
    record Checked(int age) {
      Checked {
        if (age < 0) {
          throw new IllegalStateException("no such age: " + age);
        }
      }
    }
    assertThatThrownBy(() -> row(List.of("age"), -77).as(Checked.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "record Checked could not be made from a row with the columns age: it threw"
                + " IllegalStateException")
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no such age: -77");
  }

  @Test
  void recordsMayHaveVeryManyComponents() {
    List<String> names = IntStream.range(0, 24).mapToObj(i -> "c" + i).toList();
    Object[] values = IntStream.range(0, 24).mapToObj(i -> (Object) i).toArray();
    assertThat(Row.of(Columns.of(names), values).as(Wide.class).c23).isEqualTo(23);
  }

  record Wide(
      long c0,
      long c1,
      long c2,
      long c3,
      long c4,
      long c5,
      long c6,
      long c7,
      long c8,
      long c9,
      long c10,
      long c11,
      long c12,
      long c13,
      long c14,
      long c15,
      long c16,
      long c17,
      long c18,
      long c19,
      long c20,
      long c21,
      long c22,
      long c23) {}

  @Test
  void oneMapperServesManyShapesAndThreads() {
    RowMapper<User> mapper = RowMappers.of(User.class);
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<List<String>> shapes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> names = new ArrayList<>(List.of("user_id", "name", "age", "extra" + i));
      Collections.shuffle(names, random);
      shapes.add(names);
    }
    IntStream.range(0, 20_000)
        .parallel()
        .forEach(
            i -> {
              List<String> names = shapes.get(i % shapes.size());
              @Nullable Object[] values = new @Nullable Object[4];
              values[names.indexOf("user_id")] = i;
              values[names.indexOf("name")] = "n" + i;
              values[names.indexOf("age")] = i % 100;
              assertThat(mapper.map(Row.owning(Columns.of(names), values)))
                  .as("seed %d", seed)
                  .isEqualTo(new User(i, "n" + i, i % 100));
            });
  }

  @Test
  void listsWithNullsAreKept() {
    record Tags(List<@Nullable String> tags) {}
    assertThat(row(List.of("tags"), Arrays.asList("a", null)).as(Tags.class).tags())
        .containsExactly("a", null);
  }
}
