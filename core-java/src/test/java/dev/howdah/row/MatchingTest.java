package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which columns and components meet, and what becomes of those that do not. */
@SuppressWarnings("UnusedMethod") // the constructors are the point
class MatchingTest {

  record User(long userId, String name, int age) {}

  record City(String name, @Nullable String zip) {}

  record Flat(int id, City city) {}

  record Node(int id, @Nullable Node parent) {}

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  @Test
  void extraColumnsAreIgnoredUnlessStrict() {
    Row row = row(List.of("user_id", "name", "age", "note", "more"), 1, "Anna", 3, "x", "y");
    assertThat(row.as(User.class)).isEqualTo(new User(1, "Anna", 3));
    assertThatThrownBy(() -> RowMappers.strict(User.class).map(row))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "record User has no component for columns 'note', 'more', and strict mapping takes"
                + " them all");
    assertThat(
            RowMappers.strict(User.class).map(row(List.of("age", "name", "user_id"), 3, "Anna", 1)))
        .isEqualTo(new User(1, "Anna", 3));
  }

  @Test
  void strictRefusesTheSecondOfEqualNames() {
    Row joined = row(List.of("user_id", "name", "age", "name"), 1, "Anna", 3, "other");
    assertThat(joined.as(User.class)).isEqualTo(new User(1, "Anna", 3));
    assertThatThrownBy(() -> RowMappers.strict(User.class).map(joined))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "record User has no component for column 'name', and strict mapping takes them all; of"
                + " columns with the same name only the first is taken: rename by AS");
  }

  @Test
  void strictCountsNestedColumnsAndRefusesStrangersAmongThem() {
    RowMapper<Flat> strict = RowMappers.strict(Flat.class);
    assertThat(strict.map(row(List.of("id", "city.name", "city.zip"), 1, "Riga", "Z")))
        .isEqualTo(new Flat(1, new City("Riga", "Z")));
    assertThatThrownBy(
            () ->
                strict.map(row(List.of("id", "city.name", "city.zip", "city.tax"), 1, "R", "Z", 5)))
        .hasMessageStartingWith("record Flat has no component for column 'city.tax'");
  }

  @Test
  void lenientLetsComponentsWithoutColumnBeNull() {
    record Guest(int id, @Nullable String name, Optional<Integer> age, @Nullable City city) {}
    RowMapper<Guest> lenient = RowMappers.lenient(Guest.class);
    assertThat(lenient.map(row(List.of("id", "note"), 1, "x")))
        .isEqualTo(new Guest(1, null, Optional.empty(), null));
    assertThat(lenient.map(row(List.of("id", "city_name"), 1, "Riga")))
        .isEqualTo(new Guest(1, null, Optional.empty(), new City("Riga", null)));
    assertThatThrownBy(() -> lenient.map(row(List.of("name"), "Anna")))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("record Guest has no value for component 'id': the row has name");
    assertThatThrownBy(() -> RowMappers.of(Guest.class).map(row(List.of("id"), 1)))
        .hasMessageContaining("components 'name', 'age', 'city'");
  }

  @Test
  void lenientStillRefusesARowThatFillsNothing() {
    assertThatThrownBy(() -> RowMappers.lenient(City.class).map(row(List.of("a", "b"), 1, 2)))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "record City takes none of the row's columns: it has name, zip, the row has a, b");
  }

  @Test
  void lenientEndsRecordsInsideThemselves() {
    assertThat(RowMappers.lenient(Node.class).map(row(List.of("id", "parent_id"), 1, 2)))
        .isEqualTo(new Node(1, new Node(2, null)));
  }

  @Test
  void namesWithDigitsAndAcronymsFindTheirColumns() {
    record Odd(String userID, int line1, int line2Total, String oAuth2Token, String URLPath) {}
    Odd expected = new Odd("u", 1, 2, "t", "p");
    List<List<String>> spellings =
        List.of(
            List.of("user_id", "line1", "line2_total", "o_auth2_token", "url_path"),
            List.of("user_id", "line_1", "line_2_total", "oauth2_token", "url_path"),
            List.of("userID", "line1", "line2Total", "oAuth2Token", "URLPath"),
            List.of("USER_ID", "LINE_1", "LINE_2_TOTAL", "OAUTH_2_TOKEN", "URL_PATH"),
            List.of("userid", "line1", "line2total", "oauth2token", "urlpath"));
    for (List<String> names : spellings) {
      assertThat(row(names, "u", 1, 2, "t", "p").as(Odd.class)).isEqualTo(expected);
    }
  }

  @Test
  void namesAreReadTheSameInEveryLocale() {
    record Item(int itemId, String TITLE) {}
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(row(List.of("ITEM_ID", "title"), 1, "t").as(Item.class))
          .isEqualTo(new Item(1, "t"));
    } finally {
      Locale.setDefault(before);
    }
  }

  record Range(int low, int high) {
    Range(int both) {
      this(both, both);
    }

    public Range(String text) {
      this(text.length());
    }
  }

  @Test
  void ofSeveralConstructorsARecordsCanonicalOneIsCalled() {
    assertThat(row(List.of("low", "high"), 1, 2).as(Range.class)).isEqualTo(new Range(1, 2));
    assertThatThrownBy(() -> row(List.of("both"), 1).as(Range.class))
        .hasMessageContaining("no value for components 'low', 'high'");
  }
}
