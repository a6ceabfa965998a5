package dev.howdah.query;

import static dev.howdah.query.Clauses.all;
import static dev.howdah.query.Clauses.allOf;
import static dev.howdah.query.Clauses.anyOf;
import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.between;
import static dev.howdah.query.Clauses.contains;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.isNull;
import static dev.howdah.query.Clauses.lessThan;
import static dev.howdah.query.Clauses.like;
import static dev.howdah.query.Clauses.not;
import static dev.howdah.query.Clauses.notIn;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.TableName;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {
  private static final Condition ONE = where("user_id", 1);

  static List<Condition> thatReachTheWholeTable() {
    return List.of(
        Condition.of(null),
        Condition.of(Map.of()),
        Condition.of(List.of()),
        Condition.of(Set.of()),
        Condition.of(new Object[0]),
        Condition.of(List.of(Map.of())),
        Condition.of(List.of(Map.of("user_id", 1), Map.of())),
        Condition.of(List.of(Map.of(), Map.of())),
        Condition.of(List.of(List.of())),
        Condition.of(new Object[] {Map.of()}),
        all(),
        where(Map.of()),
        allOf(Map.of()),
        allOf(new Condition[0]),
        allOf(all(), all()),
        anyOf(List.of()),
        anyOf(Map.of("user_id", 1), Map.of()),
        anyOf(ONE, all()),
        anyOf(List.of(anyOf(List.of()))),
        not(anyOf(List.of())),
        not(not(all())),
        not(where("user_id", in())),
        where("user_id", notIn()),
        where("user_id", notIn(List.of())),
        where(Map.of("user_id", notIn())),
        ONE.or(all()),
        ONE.or(Map.of()),
        all().and(Map.of()),
        where("user_id", notIn()).and(all()));
  }

  @ParameterizedTest
  @MethodSource("thatReachTheWholeTable")
  void conditionsThatReachTheWholeTableAreRefused(Condition condition) {
    assertThatThrownBy(
            () ->
                TableQueries.refuseEverything(
                    TableName.of("users"), condition, "delete", "deleteAll"))
        .isInstanceOf(EmptyCondition.class)
        .hasMessageContaining("delete on table 'users'")
        .hasMessageContaining("deleteAll");
  }

  static List<Condition> thatDoNot() {
    return List.of(
        ONE,
        Condition.of(Map.of("user_id", 1)),
        Condition.of(Collections.singletonMap("user_id", null)),
        Condition.of(List.of(Map.of("user_id", 1), Map.of("user_id", 2))),
        where("user_id", in()),
        where("user_id", List.of()),
        where("user_id", isNull()),
        not(all()),
        not(where("user_id", notIn())),
        ONE.and(all()),
        ONE.and(Map.of()),
        ONE.or("user_id", in()),
        not(ONE),
        where("user_id", notIn(1)),
        where(sql("true")));
  }

  @ParameterizedTest
  @MethodSource("thatDoNot")
  void conditionsThatSayWhichRowsAreAccepted(Condition condition) {
    assertThat(condition.coversEverything()).isFalse();
    assertThatCode(
            () ->
                TableQueries.refuseEverything(
                    TableName.of("users"), condition, "update", "updateAll"))
        .doesNotThrowAnyException();
  }

  @Test
  void theColumnsAreKnownInTheirOrder() {
    assertThat(where("b", 1).and("a", atLeast(2)).or(not(where("c", null))).and("b", 3).columns())
        .containsExactly("b", "a", "c");
    assertThat(all().columns()).isEmpty();
  }

  @Test
  void textHidesValuesUnlessTheyAreAskedFor() {
    Condition condition =
        anyOf(
            where("user_id", 42).and("name", like("secret%")),
            where("age", between(1, 2)).and(not(where("tag", in("x", "y")))),
            where("gone", isNull()),
            where(sql("lower(name) = $1", "anna")));
    assertThat(condition.toString())
        .isEqualTo(
            "(user_id = … AND name LIKE …) OR (age BETWEEN … AND NOT (tag IN …))"
                + " OR gone IS NULL OR lower(name) = $1");
    assertThat(condition.showingValues())
        .isEqualTo(
            "(user_id = 42 AND name LIKE 'secret%') OR (age BETWEEN 1 AND 2 AND NOT (tag IN ('x',"
                + " 'y'))) OR gone IS NULL OR lower(name) = $1('anna')");
    assertThat(all()).hasToString("every row");
    assertThat(anyOf(List.of())).hasToString("no row");
    assertThat(where("x", in(Collections.nCopies(30, 7))).showingValues()).endsWith("… 10 more)");
  }

  @Test
  void whatIsNoConditionIsRefused() {
    assertThatThrownBy(() -> Condition.of("user_id = 1"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("where");
    assertThatThrownBy(() -> Condition.of(List.of("user_id"))).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> Condition.of(Arrays.asList(Map.of("a", 1), null)))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("null");
    assertThatThrownBy(() -> Condition.of(Map.of(1, 2)))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("column names");
    Map<String, Object> nullKey = new HashMap<>();
    nullKey.put(null, 1);
    assertThatThrownBy(() -> where(nullKey)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> where("", 1)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> where("c".repeat(64), 1)).hasMessageContaining("64 bytes");
  }

  @Test
  @SuppressWarnings("NullAway") // what Java callers do
  void comparisonsThatAreNeverTrueAreRefused() {
    assertThatThrownBy(() -> lessThan(null))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("isNull()");
    assertThatThrownBy(() -> between(1, null)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> like(null)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> contains(null)).isInstanceOf(WrongArguments.class);
  }

  @Test
  void conditionsAreValues() {
    assertThat(where("a", in(1, 2)).and("b", null))
        .isEqualTo(where("a", in(List.of(1, 2))).and("b", null))
        .isNotEqualTo(where("a", in(1, 2)).and("b", 0));
    assertThat(where("a", new byte[] {1})).isEqualTo(where("a", new byte[] {1}));
    assertThat(sql("x = $1", 1)).isEqualTo(sql("x = $1", 1)).isNotEqualTo(sql("x = $1", 2));
  }

  @Test
  void fragmentsAreOneExpression() {
    assertThatThrownBy(() -> sql(" ")).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> sql("a = 1; DROP TABLE b"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("semicolon");
    assertThatThrownBy(() -> sql("a = 1;")).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> sql("a = $1")).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> sql("a = 1", 5)).isInstanceOf(WrongArguments.class);
    assertThat(sql("a = ';'")).hasToString("a = ';'");
    assertThatThrownBy(() -> sql("a = 1) OR (b = 2"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("closes a ')' at character 6 that it did not open");
    assertThatThrownBy(() -> sql("(a = 1")).hasMessageContaining("')' is missing");
    assertThatThrownBy(() -> sql("a[(1])")).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> sql("a = 1 /*")).hasMessageContaining("never closes");
    assertThat(sql("a = ')' AND \")\" = $$($$ /* ( */ -- )"))
        .isEqualTo(sql("a = ')' AND \")\" = $$($$ /* ( */ -- )"));
  }
}
