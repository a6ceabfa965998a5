package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.row.Interval;
import dev.howdah.row.Json;
import dev.howdah.row.KindColumn;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents of json and jsonb columns as records, beans, and classes that are Jackson's. */
@PostgresTest
class JsonObjectsDatabaseTest {
  enum Level {
    LOW,
    HIGH
  }

  record Address(String street, @Nullable String city) {}

  record User(
      long userId,
      String name,
      Optional<Integer> age,
      Level level,
      List<Address> addresses,
      Map<String, BigDecimal> scores,
      UUID id,
      LocalDate born,
      Instant seen,
      Interval rest,
      byte[] photo,
      @Nullable Address home) {}

  /** A bean. */
  public static class Settings {
    private String theme = "light";
    private int size;

    public void setTheme(String theme) {
      this.theme = theme;
    }

    public void setSize(int size) {
      this.size = size;
    }
  }

  record Renamed(@JsonProperty("the-name") String name, int age) {}

  /** Only Jackson can choose what to make. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
  interface Shape {}

  record Circle(double radius) implements Shape {}

  @KindColumn("kind")
  sealed interface Animal {}

  record Cat(String name, LocalDate born) implements Animal {}

  record Dog(String name) implements Animal {}

  record Box<T>(T content, List<T> more) {}

  /** Types with arguments, which have no literal. */
  @SuppressWarnings("unused")
  static final class Types {
    Box<LocalDate> box;
  }

  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    server.sql("CREATE TABLE docs (id serial, doc jsonb, plain json)");
    db = Database.connect(server.url()).join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  private Row document(String json) {
    return one("SELECT $1::jsonb AS doc", json);
  }

  @Test
  void recordsTravelAsDocumentsAndBack() {
    User user =
        new User(
            Long.MAX_VALUE,
            "Anna \"q\"",
            Optional.of(30),
            Level.HIGH,
            Arrays.asList(new Address("a", null), null),
            Map.of("x", new BigDecimal("1.50")),
            UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            LocalDate.of(2000, 2, 29),
            Instant.parse("2024-02-29T12:00:00.123456Z"),
            new Interval(1, 2, 3_000_000),
            new byte[] {0, -1},
            null);

    db.execute("INSERT INTO docs (doc, plain) VALUES ($1, $2)", Json.of(user), Json.of(user))
        .join();

    for (String column : List.of("doc", "plain")) {
      User read = one("SELECT * FROM docs").get(column, User.class);
      assertThat(read).usingRecursiveComparison().isEqualTo(user);
      assertThat(one("SELECT * FROM docs").get(column, String.class)).contains("\"userId\":");
    }
  }

  @Test
  void namesAreFoundAsThoseOfColumnsAre() {
    Address address =
        document("{\"STREET\": \"a\", \"city\": \"b\", \"more\": 1}").get("doc", Address.class);

    assertThat(address).isEqualTo(new Address("a", "b"));
  }

  @Test
  void membersThatAreLeftOutAreNullOrAnError() {
    assertThat(document("{\"street\": \"a\"}").get("doc", Address.class))
        .isEqualTo(new Address("a", null));
    assertThatThrownBy(
            () -> document("{\"theme\": null, \"size\": null}").get("doc", Settings.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("column 'doc': ")
        .hasMessageContaining("the value is null, which int cannot hold");
  }

  @Test
  void sealedTypesAndTypeArgumentsAreKept() throws NoSuchFieldException {
    Row row =
        one(
            "SELECT '[{\"kind\": \"cat\", \"name\": \"Tom\", \"born\": \"2024-02-29\"},"
                + " {\"kind\": \"Dog\", \"name\": \"Rex\"}]'::jsonb AS animals,"
                + " '{\"content\": \"2024-02-29\", \"more\": [\"2024-03-01\"]}'::jsonb AS box,"
                + " '{\"kind\": \"cow\"}'::jsonb AS cow");

    assertThat(row.get("animals", Animal[].class))
        .containsExactly(new Cat("Tom", LocalDate.of(2024, 2, 29)), new Dog("Rex"));
    assertThat(row.get("box", Types.class.getDeclaredField("box").getGenericType()))
        .isEqualTo(new Box<>(LocalDate.of(2024, 2, 29), List.of(LocalDate.of(2024, 3, 1))));
    assertThatThrownBy(() -> row.get("cow", Animal.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'cow': ")
        .hasMessageContaining("Cat, Dog");
  }

  @Test
  void emptyDocumentsAreObjectsWhereTheClassNeedsNothing() {
    assertThat(document("{}").get("doc", Settings.class).theme).isEqualTo("light");
    assertThat(document("{}").get("doc", Address.class)).isEqualTo(new Address(null, null));
    assertThatThrownBy(() -> document("{}").get("doc", Dogs.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("the value is null, which int cannot hold");
  }

  record Dogs(int count) {}

  @Test
  void beansKeepWhatTheDocumentDoesNotSay() {
    Settings settings = document("{\"size\": 7}").get("doc", Settings.class);

    assertThat(settings.theme).isEqualTo("light");
    assertThat(settings.size).isEqualTo(7);
  }

  @Test
  void nullDocumentIsNull() {
    assertThat(document("null").get("doc", Address.class)).isNull();
    assertThat(one("SELECT NULL::jsonb AS doc").get("doc", Address.class)).isNull();
  }

  @Test
  void listsOfObjectsAreRead() {
    Row row =
        one(
            "SELECT '[{\"street\": \"a\"}]'::jsonb AS doc, ARRAY['{\"street\": \"b\"}', NULL]::jsonb[] AS docs");

    assertThat(row.get("doc", Address[].class)).containsExactly(new Address("a", null));
    assertThat(row.get("docs", Address[].class)).containsExactly(new Address("b", null), null);
  }

  @Test
  void documentsThatDoNotFitNameColumnAndTarget() {
    assertThatThrownBy(
            () -> one("SELECT $1::text AS doc", "{\"street\": hunter2").get("doc", Address.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith(
            "column 'doc': Address is read from json, but the text is not valid")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> document("[1]").get("doc", Address.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'doc': there is no conversion from String to Address");
    assertThatThrownBy(() -> document("{\"street\": [\"hunter2\"]}").get("doc", Address.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'doc': ")
        .hasMessageContaining("component 'street' of record Address")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> document("\"hunter2\"").get("doc", Address.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void jacksonsAnnotationsCountWhereItIsThere() {
    Json json = Json.of(new Renamed("Anna", 3));
    assertThat(json.text()).isEqualTo("{\"the-name\":\"Anna\",\"age\":3}");

    assertThat(one("SELECT $1::jsonb AS doc", json).get("doc", Renamed.class))
        .isEqualTo(new Renamed("Anna", 3));
    assertThat(
            one("SELECT $1::jsonb AS doc", Json.of(List.of(new Renamed("Ben", 4))))
                .get("doc", Renamed[].class))
        .containsExactly(new Renamed("Ben", 4));
  }

  @Test
  void whatOurMapperCannotMakeIsJacksons() {
    Shape shape =
        document("{\"kind\": \"circle\", \"radius\": 2.5, \"more\": 1}").get("doc", Shape.class);

    assertThat(shape).isEqualTo(new Circle(2.5));
  }

  @Test
  void jacksonsFailuresNameThePathAndNeverAValue() {
    assertThatThrownBy(
            () -> document("{\"the-name\": \"a\", \"age\": \"hunter2\"}").get("doc", Renamed.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("column 'doc': the json does not fit Renamed at age")
        .hasNoCause();
    assertThatThrownBy(
            () -> one("SELECT $1::text AS doc", "{\"age\": hunter2").get("doc", Renamed.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith(
            "column 'doc': Renamed is read from json, but the text is not valid")
        .hasMessageNotContaining("hunter2");
  }
}
