package dev.howdah.query;

import static dev.howdah.query.Clauses.all;
import static dev.howdah.query.Clauses.anyOf;
import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.atMost;
import static dev.howdah.query.Clauses.between;
import static dev.howdah.query.Clauses.columns;
import static dev.howdah.query.Clauses.containedBy;
import static dev.howdah.query.Clauses.contains;
import static dev.howdah.query.Clauses.differsFrom;
import static dev.howdah.query.Clauses.eq;
import static dev.howdah.query.Clauses.greaterThan;
import static dev.howdah.query.Clauses.hasAllKeys;
import static dev.howdah.query.Clauses.hasAnyKey;
import static dev.howdah.query.Clauses.hasElement;
import static dev.howdah.query.Clauses.hasKey;
import static dev.howdah.query.Clauses.ilike;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.isNotNull;
import static dev.howdah.query.Clauses.isNull;
import static dev.howdah.query.Clauses.lessThan;
import static dev.howdah.query.Clauses.like;
import static dev.howdah.query.Clauses.limit;
import static dev.howdah.query.Clauses.not;
import static dev.howdah.query.Clauses.notEq;
import static dev.howdah.query.Clauses.notIlike;
import static dev.howdah.query.Clauses.notIn;
import static dev.howdah.query.Clauses.notLike;
import static dev.howdah.query.Clauses.orderBy;
import static dev.howdah.query.Clauses.overlaps;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectQueryTest {
  private static final TableDefinition USERS = SampleTables.users();
  private static final String ALL = "SELECT * FROM \"users\"";

  private static Query<?> select(@Nullable Object condition) {
    return TableQueries.select(USERS, Condition.of(condition), Selection.EVERYTHING);
  }

  private static Query<?> select(Selection selection) {
    return TableQueries.select(USERS, all(), selection);
  }

  private static String whereOf(@Nullable Object condition) {
    String sql = select(condition).sql();
    assertThat(sql).startsWith(ALL + " WHERE ");
    return sql.substring((ALL + " WHERE ").length());
  }

  private static List<@Nullable Object> values(Query<?> query) {
    return query.arguments().stream().map(a -> a instanceof Typed t ? t.value() : a).toList();
  }

  private static List<Integer> types(Query<?> query) {
    return query.arguments().stream().map(a -> ((Typed) a).oid()).toList();
  }

  @Test
  void noConditionMeansEveryRow() {
    assertThat(select((Object) null).sql()).isEqualTo(ALL);
    assertThat(select(Map.of()).sql()).isEqualTo(ALL);
    assertThat(select(List.of(Map.of("user_id", 1), Map.of())).sql()).isEqualTo(ALL);
    assertThat(select(where("user_id", notIn())).sql()).isEqualTo(ALL);
  }

  @Test
  void impossibleConditionsFindNothing() {
    assertThat(whereOf(List.of())).isEqualTo("FALSE");
    assertThat(whereOf(where("user_id", in()))).isEqualTo("FALSE");
    assertThat(whereOf(where("user_id", List.of()))).isEqualTo("FALSE");
    assertThat(whereOf(where("user_id", 1).and("user_age", in()))).isEqualTo("FALSE");
    assertThat(whereOf(where("user_id", 1).or("user_age", in()))).isEqualTo("\"user_id\" = $1");
  }

  @Test
  void aMapIsAllOfItAndAListAnyOfIt() {
    assertThat(whereOf(where("user_id", 1).and("user_name", "Anna")))
        .isEqualTo("\"user_id\" = $1 AND \"user_name\" = $2");
    Query<?> three =
        select(List.of(Map.of("user_id", 1), Map.of("user_id", 3), Map.of("user_id", 4)));
    assertThat(three.sql())
        .isEqualTo(ALL + " WHERE \"user_id\" = $1 OR \"user_id\" = $2 OR \"user_id\" = $3");
    assertThat(values(three)).containsExactly(1, 3, 4);
    assertThat(types(three)).containsOnly(20);
    assertThat(three).hasToString("select[" + three.sql() + "]");
    assertThat(whereOf(anyOf(where("user_id", 1).and("user_age", 2), where("user_name", "x"))))
        .isEqualTo("(\"user_id\" = $1 AND \"user_age\" = $2) OR \"user_name\" = $3");
    assertThat(whereOf(where("user_id", 1).or("user_id", 2).and("user_age", 3)))
        .isEqualTo("(\"user_id\" = $1 OR \"user_id\" = $2) AND \"user_age\" = $3");
    assertThat(whereOf(not(where("user_id", 1).or("user_id", 2))))
        .isEqualTo("NOT (\"user_id\" = $1 OR \"user_id\" = $2)");
  }

  @Test
  void nullMeansIsNull() {
    assertThat(whereOf(where("user_age", null))).isEqualTo("\"user_age\" IS NULL");
    assertThat(whereOf(where("user_age", Optional.empty()))).isEqualTo("\"user_age\" IS NULL");
    assertThat(values(select(where("user_age", Optional.of(3))))).containsExactly(3);
    assertThat(whereOf(where("user_age", eq(null)))).isEqualTo("\"user_age\" IS NULL");
    assertThat(whereOf(where("user_age", isNull()))).isEqualTo("\"user_age\" IS NULL");
    assertThat(whereOf(where("user_age", notEq(null)))).isEqualTo("\"user_age\" IS NOT NULL");
    assertThat(whereOf(where("user_age", differsFrom(null)))).isEqualTo("\"user_age\" IS NOT NULL");
    assertThat(whereOf(where("user_age", isNotNull()))).isEqualTo("\"user_age\" IS NOT NULL");
  }

  @Test
  void operatorsAreWritten() {
    assertThat(whereOf(where("user_age", eq(1)))).isEqualTo("\"user_age\" = $1");
    assertThat(whereOf(where("user_age", notEq(1)))).isEqualTo("\"user_age\" <> $1");
    assertThat(whereOf(where("user_age", differsFrom(1))))
        .isEqualTo("\"user_age\" IS DISTINCT FROM $1");
    assertThat(whereOf(where("user_age", lessThan(1)))).isEqualTo("\"user_age\" < $1");
    assertThat(whereOf(where("user_age", atMost(1)))).isEqualTo("\"user_age\" <= $1");
    assertThat(whereOf(where("user_age", greaterThan(1)))).isEqualTo("\"user_age\" > $1");
    assertThat(whereOf(where("user_age", atLeast(1)))).isEqualTo("\"user_age\" >= $1");
    assertThat(whereOf(where("user_age", between(1, 2))))
        .isEqualTo("\"user_age\" BETWEEN $1 AND $2");
    assertThat(whereOf(where("user_name", like("A%")))).isEqualTo("\"user_name\" LIKE $1");
    assertThat(whereOf(where("user_name", notLike("A%")))).isEqualTo("\"user_name\" NOT LIKE $1");
    assertThat(whereOf(where("user_name", ilike("A%")))).isEqualTo("\"user_name\" ILIKE $1");
    assertThat(whereOf(where("user_name", notIlike("A%")))).isEqualTo("\"user_name\" NOT ILIKE $1");
    assertThat(whereOf(Map.of("user_age", atLeast(18)))).isEqualTo("\"user_age\" >= $1");
  }

  @Test
  void listsOfValuesTravelAsOneArray() {
    Query<?> query = select(where("user_id", in(1, 2L, 3)));
    assertThat(query.sql()).isEqualTo(ALL + " WHERE \"user_id\" = ANY ($1)");
    assertThat(query.arguments())
        .containsExactly(new Typed(1016, List.of(1, 2L, 3), "column 'user_id' of table 'users'"));
    assertThat(select(where("user_id", List.of(1, 2))).sql()).isEqualTo(query.sql());
    assertThat(select(where("user_id", new int[] {1, 2})).sql()).isEqualTo(query.sql());
    assertThat(values(select(where("user_id", in(new long[] {1, 2})))))
        .containsExactly(List.of(1L, 2L));
    assertThat(whereOf(where("user_id", notIn(1, 2)))).isEqualTo("\"user_id\" <> ALL ($1)");
    assertThat(types(select(where("mood", in("happy"))))).containsExactly(90_002);
  }

  @Test
  void nullInAListMeansIsNull() {
    assertThat(whereOf(where("user_age", in(1, null))))
        .isEqualTo("(\"user_age\" = ANY ($1) OR \"user_age\" IS NULL)");
    assertThat(whereOf(where("user_age", notIn(1, null))))
        .isEqualTo("(\"user_age\" <> ALL ($1) AND \"user_age\" IS NOT NULL)");
    assertThat(whereOf(where("user_age", in(Arrays.asList((Object) null)))))
        .isEqualTo("\"user_age\" IS NULL");
    assertThat(whereOf(where("user_age", notIn(Arrays.asList((Object) null)))))
        .isEqualTo("\"user_age\" IS NOT NULL");
  }

  @Test
  void aListForAnArrayOrJsonColumnIsItsValue() {
    Query<?> array = select(where("tags", List.of("a", "b")));
    assertThat(array.sql()).isEqualTo(ALL + " WHERE \"tags\" = $1");
    assertThat(types(array)).containsExactly(1009);
    assertThat(whereOf(where("tags", List.of()))).isEqualTo("\"tags\" = $1");
    assertThat(whereOf(where("profile", List.of(1)))).isEqualTo("\"profile\" = $1");
    assertThat(whereOf(where("tags", in(List.of("a"), List.of("b")))))
        .isEqualTo("\"tags\" IN ($1, $2)");
  }

  @Test
  void arraysAndDocumentsHaveTheirOperators() {
    assertThat(whereOf(where("tags", contains("a")))).isEqualTo("\"tags\" @> $1");
    assertThat(values(select(where("tags", contains("a"))))).containsExactly(List.of("a"));
    assertThat(values(select(where("tags", contains(List.of("a", "b"))))))
        .containsExactly(List.of("a", "b"));
    assertThat(whereOf(where("tags", containedBy(List.of("a"))))).isEqualTo("\"tags\" <@ $1");
    assertThat(whereOf(where("tags", overlaps(List.of("a"))))).isEqualTo("\"tags\" && $1");
    assertThat(whereOf(where("tags", hasElement("a")))).isEqualTo("$1 = ANY (\"tags\")");
    assertThat(whereOf(where("profile", contains(Map.of("a", 1))))).isEqualTo("\"profile\" @> $1");
    assertThat(whereOf(where("profile", hasKey("a")))).isEqualTo("\"profile\" ? $1");
    assertThat(whereOf(where("profile", hasAnyKey("a", "b")))).isEqualTo("\"profile\" ?| $1");
    assertThat(whereOf(where("profile", hasAllKeys("a")))).isEqualTo("\"profile\" ?& $1");
    Query<?> json = select(where("raw", Map.of("a", 1)));
    assertThat(json.sql()).isEqualTo(ALL + " WHERE CAST(\"raw\" AS jsonb) = $1");
    assertThat(types(json)).containsExactly(3802);
    assertThat(whereOf(where("raw", in(Map.of(), Map.of("a", 1)))))
        .isEqualTo("CAST(\"raw\" AS jsonb) = ANY ($1)");
    assertThatThrownBy(() -> select(where("user_name", contains("a"))))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("like");
    assertThatThrownBy(() -> select(where("user_name", hasElement("a"))))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("no array but text");
  }

  @Test
  void fragmentsKeepTheirArguments() {
    Query<?> query =
        select(
            where("user_id", 7)
                .and(
                    where(
                        sql("lower(user_name) = :name OR $$:name$$ = :name", Map.of("name", "x"))))
                .and("seen_at", lessThan(sql("now() - $1::interval", "1 day")))
                .and("user_age", in(1, sql("(SELECT 2)"))));
    assertThat(query.sql())
        .isEqualTo(
            ALL
                + " WHERE \"user_id\" = $1 AND (lower(user_name) = $2 OR $$:name$$ = $2)"
                + " AND \"seen_at\" < (now() - $3::interval)"
                + " AND \"user_age\" IN ($4, ((SELECT 2)))");
    assertThat(values(query)).containsExactly(7, "x", "1 day", 1);
    assertThat(whereOf(where(sql("true -- really")).and("user_id", 1)))
        .isEqualTo("(true -- really\n) AND \"user_id\" = $1");
  }

  @Test
  void selectionsAreWritten() {
    assertThat(select(columns("user_name", "user_id")).sql())
        .isEqualTo("SELECT \"user_name\", \"user_id\" FROM \"users\"");
    assertThat(select(columns()).sql()).isEqualTo(ALL);
    assertThat(select(columns("user_age").distinct()).sql())
        .isEqualTo("SELECT DISTINCT \"user_age\" FROM \"users\"");
    assertThat(select(orderBy("user_name").desc().nullsLast().then("user_id")).sql())
        .isEqualTo(ALL + " ORDER BY \"user_name\" DESC NULLS LAST, \"user_id\"");
    assertThat(select(orderBy("user_age", "user_name").desc().then("user_id").nullsFirst()).sql())
        .isEqualTo(
            ALL + " ORDER BY \"user_age\" DESC, \"user_name\" DESC, \"user_id\" NULLS FIRST");
    Query<?> page = select(orderBy("user_id").limit(20).offset(40));
    assertThat(page.sql()).isEqualTo(ALL + " ORDER BY \"user_id\" LIMIT $1 OFFSET $2");
    assertThat(values(page)).containsExactly(20L, 40L);
  }

  @Test
  void keysetPagesUseOneComparisonWhereTheyCan() {
    Query<?> page =
        TableQueries.select(
            USERS,
            where("user_age", 5).or("user_age", 6),
            orderBy("user_name", "user_id").after("Anna", 7).limit(20));
    assertThat(page.sql())
        .isEqualTo(
            ALL
                + " WHERE (\"user_age\" = $1 OR \"user_age\" = $2)"
                + " AND (\"user_name\", \"user_id\") > ($3, $4)"
                + " ORDER BY \"user_name\", \"user_id\" LIMIT $5");
    assertThat(values(page)).containsExactly(5, 6, "Anna", 7, 20L);
    assertThat(select(orderBy("user_id").desc().after(7)).sql())
        .isEqualTo(ALL + " WHERE (\"user_id\") < ($1) ORDER BY \"user_id\" DESC");
  }

  @Test
  void keysetPagesGoStepwiseAroundNullsAndDirections() {
    assertThat(select(orderBy("user_name").desc().then("user_id").after("x", 1)).sql())
        .contains(
            " WHERE ((\"user_name\" < $1) OR (\"user_name\" = $2 AND \"user_id\" > $3)) ORDER BY ");
    assertThat(select(orderBy("user_age", "user_id").after(5, 1)).sql())
        .contains(
            " WHERE (((\"user_age\" > $1 OR \"user_age\" IS NULL))"
                + " OR (\"user_age\" = $2 AND \"user_id\" > $3)) ORDER BY ");
    assertThat(select(orderBy("user_age", "user_id").after(null, 1)).sql())
        .contains(" WHERE ((FALSE) OR (\"user_age\" IS NULL AND \"user_id\" > $1)) ORDER BY ");
    assertThat(select(orderBy("user_age").desc().after((Object) null)).sql())
        .contains(" WHERE ((\"user_age\" IS NOT NULL)) ORDER BY ");
    assertThat(select(orderBy("user_age").desc().nullsLast().after(5)).sql())
        .contains(" WHERE (((\"user_age\" < $1 OR \"user_age\" IS NULL))) ORDER BY ");
  }

  @Test
  void impossibleSelectionsAreRefusedWhereTheyAreMade() {
    assertThatThrownBy(() -> limit(-1)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> limit(1).offset(-1)).isInstanceOf(WrongArguments.class);
    assertThatThrownBy(() -> limit(1).desc()).hasMessageContaining("orderBy");
    assertThatThrownBy(() -> limit(1).then("a")).hasMessageContaining("orderBy");
    assertThatThrownBy(() -> limit(1).after(1)).hasMessageContaining("orderBy");
    assertThatThrownBy(() -> orderBy()).hasMessageContaining("at least one");
    assertThatThrownBy(() -> orderBy("a", "b").after(1)).hasMessageContaining("2 columns");
    assertThatThrownBy(() -> orderBy("a").after(1).offset(1)).hasMessageContaining("not both");
    assertThatThrownBy(() -> orderBy("a").offset(1).after(1)).hasMessageContaining("not both");
  }

  @Test
  void unknownColumnsAreRefusedListingTheKnownOnes() {
    assertThatThrownBy(() -> select(where("nmae", 1)))
        .isInstanceOf(UnknownColumn.class)
        .hasMessage(
            "no column 'nmae' in table 'users'; it has: user_id, user_name, user_age, mood, tags,"
                + " profile, raw, visits, balance, seen_at, spot");
    assertThatThrownBy(() -> select(where("User_Id", 1))).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> select(where("nmae", in()))).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> select(where("nmae", in()).and("user_id", 1)))
        .isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> select(columns("nmae"))).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> select(orderBy("nmae"))).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> select(orderBy("nmae").after(1))).isInstanceOf(UnknownColumn.class);
  }

  @Test
  void hostileNamesStayNames() {
    TableDefinition hostile = SampleTables.hostile();
    Query<?> query =
        TableQueries.select(
            hostile,
            where("a\"b; c", "'; DROP TABLE users; --").and("select", 1),
            columns("a\"b; c").orderBy("select"));
    assertThat(query.sql())
        .isEqualTo(
            "SELECT \"a\"\"b; c\" FROM \"My \"\"Schema\"\"\".\"x\"\"; DROP TABLE users; --\""
                + " WHERE \"a\"\"b; c\" = $1 AND \"select\" = $2 ORDER BY \"select\"");
    assertThat(query.parsed().statementCount()).isEqualTo(1);
    assertThat(values(query)).containsExactly("'; DROP TABLE users; --", 1);
  }

  @Test
  void countAndExistsAreAsked() {
    assertThat(TableQueries.count(USERS, where("user_age", null)).sql())
        .isEqualTo("SELECT count(*) FROM \"users\" WHERE \"user_age\" IS NULL");
    assertThat(TableQueries.count(USERS, all()).sql()).isEqualTo("SELECT count(*) FROM \"users\"");
    assertThat(TableQueries.exists(USERS, where("user_id", 1)).sql())
        .isEqualTo("SELECT EXISTS (SELECT 1 FROM \"users\" WHERE \"user_id\" = $1)");
  }
}
