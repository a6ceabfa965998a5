package dev.howdah.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Columns;
import dev.howdah.row.Interval;
import dev.howdah.row.Row;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentBinderTest {
  private static final ParsedSql NONE = ParsedSql.of("SELECT 1");
  private static final ParsedSql ONE = ParsedSql.of("SELECT $1");
  private static final ParsedSql TWO = ParsedSql.of("SELECT $1, $2");
  private static final ParsedSql NAMED = ParsedSql.of("SELECT :b, :a, :b");

  @Test
  void positionalArgumentsKeepTheirOrder() {
    assertThat(TWO.bind("x", null)).containsExactly("x", null);
    assertThat(NONE.bind()).isEmpty();
  }

  @Test
  void boundArgumentsDoNotChangeWithTheCallersArray() {
    Object[] mine = {1, 2};

    Object[] bound = TWO.bind(mine);
    mine[0] = 3;

    assertThat(bound).containsExactly(1, 2);
  }

  @Test
  void nullArrayIsOneNullValue() {
    assertThat(ONE.bind((Object[]) null)).containsExactly((Object) null);
    assertThat(ONE.bind((Object) null)).containsExactly((Object) null);
    assertThatThrownBy(() -> NONE.bind((Object[]) null))
        .hasMessage("the server expects 0 arguments, 1 was passed");
  }

  @Test
  void wrongCountIsSaidInWords() {
    assertThatThrownBy(() -> TWO.bind(1))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("the server expects 2 arguments, 1 was passed");
    assertThatThrownBy(TWO::bind).hasMessage("the server expects 2 arguments, 0 were passed");
    assertThatThrownBy(() -> ONE.bind(1, 2, 3))
        .hasMessage("the server expects 1 argument, 3 were passed");
    assertThatThrownBy(() -> NONE.bind("secret"))
        .hasMessage("the server expects 0 arguments, 1 was passed");
  }

  @Test
  void questionMarksAsInJdbcAreExplained() {
    assertThatThrownBy(() -> ParsedSql.of("SELECT ?").bind(1))
        .hasMessage(
            "the server expects 0 arguments, 1 was passed;"
                + " write $1, $2 … or :name where an argument belongs, ? stands for none");
    assertThatThrownBy(() -> ParsedSql.of("SELECT j ? $1").bind())
        .hasMessage("the server expects 1 argument, 0 were passed");
  }

  @Test
  void failureShowsTheTextAndThatNothingWasSent() {
    assertThatThrownBy(() -> TWO.bind("secret"))
        .isInstanceOfSatisfying(
            WrongArguments.class,
            failure -> {
              assertThat(failure.sql()).isEqualTo("SELECT $1, $2");
              assertThat(failure.nothingWasSent()).isTrue();
              assertThat(failure.toString()).doesNotContain("secret");
            });
  }

  @Test
  void mapIsAValueForAPositionalText() {
    Map<String, Integer> map = Map.of("a", 1);

    assertThat(ONE.bind(map)).containsExactly(map);
  }

  @Test
  void mapForATextWithoutNamesIsExplained() {
    assertThatThrownBy(() -> NONE.bind(Map.of("a", 1)))
        .hasMessage(
            "the server expects 0 arguments, 1 was passed;"
                + " a Map gives values to :names, and the text has none");
  }

  @Test
  void namesTakeTheirValuesFromTheMap() {
    assertThat(NAMED.bind(Map.of("a", 1, "b", 2))).containsExactly(2, 1);
    assertThat(NAMED.bind(new TreeMap<>(Map.of("a", 1, "b", 2)))).containsExactly(2, 1);
  }

  @Test
  void nullInTheMapIsAValue() {
    Map<String, Object> values = new HashMap<>();
    values.put("a", null);
    values.put("b", 2);

    assertThat(NAMED.bind(values)).containsExactly(2, null);
  }

  @Test
  void missingAndUnknownNamesAreListed() {
    assertThatThrownBy(() -> NAMED.bind(Map.of("a", "secret")))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("no value for :b; the text has :b, :a");
    assertThatThrownBy(() -> NAMED.bind(Map.of("a", 1, "b", 2, "c", "secret")))
        .hasMessage("no such parameter as :c; the text has :b, :a");
    assertThatThrownBy(() -> NAMED.bind(Map.of("c", "secret", "b", 1)))
        .hasMessage("no value for :a, and no such parameter as :c; the text has :b, :a");
    assertThatThrownBy(() -> NAMED.bind(Map.of()))
        .hasMessage("no value for :b, :a; the text has :b, :a");
  }

  @Test
  void keysThatAreNoTextAreUnknownNames() {
    Map<Object, Object> values = new LinkedHashMap<>();
    values.put("a", 1);
    values.put("b", 2);
    values.put(3, 4);
    values.put(null, 5);

    assertThatThrownBy(() -> NAMED.bind(values))
        .hasMessage("no such parameter as :3, :null; the text has :b, :a");
  }

  @Test
  void namedTextTellsWhatToPass() {
    String start =
        "the text has named parameters (:b, :a): pass one Map, record or data class with their"
            + " values; ";

    assertThatThrownBy(NAMED::bind).hasMessage(start + "0 were passed");
    assertThatThrownBy(() -> NAMED.bind(1, 2)).hasMessage(start + "2 were passed");
    assertThatThrownBy(() -> NAMED.bind("secret"))
        .hasMessage(start + "it was given a java.lang.String");
    assertThatThrownBy(() -> NAMED.bind(Interval.ZERO))
        .hasMessage(start + "it was given a dev.howdah.row.Interval");
    assertThatThrownBy(() -> NAMED.bind((Object[]) null)).hasMessage(start + "it was given null");
    assertThatThrownBy(() -> NAMED.bind(Map.of(), Map.of())).hasMessage(start + "2 were passed");
  }

  @Test
  void namesTakeTheirValuesFromARecord() {
    record Both(int a, @Nullable String b, String more) {}

    assertThat(NAMED.bind(new Both(1, null, "unused"))).containsExactly(null, 1);
  }

  @Test
  void namesFindComponentsInSnakeCase() {
    record User(long userId, String URLPath) {}

    assertThat(ParsedSql.of("SELECT :user_id, :url_path").bind(new User(7, "/")))
        .containsExactly(7L, "/");
  }

  @Test
  void theVeryNameGoesBeforeOneThatIsAlike() {
    record Twins(int userId, int user_id, int userid) {}

    assertThat(ParsedSql.of("SELECT :user_id").bind(new Twins(1, 2, 3))).containsExactly(2);
    assertThatThrownBy(() -> ParsedSql.of("SELECT :USER_ID").bind(new Twins(1, 2, 3)))
        .isInstanceOf(WrongArguments.class)
        .hasMessage(":USER_ID could be userId or user_id of Twins");
  }

  @Test
  void missingComponentsAreListedWithThoseThatAreThere() {
    record User(long id, String name) {}

    assertThatThrownBy(() -> ParsedSql.of("SELECT :id, :nmae, :x").bind(new User(1, "secret")))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("no value for :nmae, :x; User has id, name");
  }

  @Test
  void namesTakeTheirValuesFromARow() {
    Row row = Row.of(Columns.of(List.of("a", "b")), new Object[] {1, "x"});

    assertThat(NAMED.bind(row)).containsExactly("x", 1);
    assertThatThrownBy(() -> ParsedSql.of("SELECT :c").bind(row))
        .hasMessage("no value for :c; the row has a, b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 WHERE 1 IN ($1)",
        "SELECT 1 WHERE 1 not in ( /* ids */ $1 )",
        "SELECT 1 WHERE 1 IN (:p)"
      })
  void aListInTheBracketsOfInIsToldAboutAny(String text) {
    ParsedSql sql = ParsedSql.of(text);
    boolean named = text.contains(":p");
    String place = named ? ":p" : "$1";
    for (Object list : List.of(List.of(1, 2), new int[] {1}, new String[0], Set.of())) {
      assertThatThrownBy(() -> sql.bind(named ? Map.of("p", list) : list))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("write = ANY(" + place + ") in place of IN, <> ALL(" + place + ")");
    }
    assertThat(sql.bind(named ? Map.of("p", 1) : 1)).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 WHERE 1 IN ($1, $1)",
        "SELECT 1 WHERE 1 = ANY($1)",
        "SELECT 1 WHERE '{1}' IN ($1::int[])",
        "SELECT 1 WHERE 1 IN (SELECT unnest($1))",
        "SELECT 'IN ($1)', $1"
      })
  void aListIsFineWhereAnArrayMayStand(String text) {
    List<Integer> list = List.of(1, 2);

    assertThat(ParsedSql.of(text).bind(list)).containsExactly(list);
  }

  @Test
  void bytesAreOneValueForIn() {
    byte[] bytes = {1};

    assertThat(ParsedSql.of("SELECT 1 WHERE b IN ($1)").bind(bytes)).containsExactly(bytes);
  }

  @Test
  void longListsOfNamesAreCut() {
    List<String> names = IntStream.range(0, 30).mapToObj(i -> "p" + i).toList();
    ParsedSql sql =
        ParsedSql.of(
            names.stream().map(":"::concat).collect(Collectors.joining(", ", "SELECT ", "")));

    assertThatThrownBy(() -> sql.bind(Collections.emptyMap()))
        .hasMessageContaining(":p19 and 10 more;")
        .hasMessageNotContaining(":p20");
  }
}
