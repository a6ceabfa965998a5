package dev.howdah.query;

import static dev.howdah.query.Clauses.all;
import static dev.howdah.query.Clauses.append;
import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.concat;
import static dev.howdah.query.Clauses.ignoreConflicts;
import static dev.howdah.query.Clauses.minus;
import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.onConflictConstraint;
import static dev.howdah.query.Clauses.plus;
import static dev.howdah.query.Clauses.remove;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.times;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.RowSet;
import dev.howdah.schema.DefaultValue;
import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeQueryTest {
  private static final TableDefinition USERS = SampleTables.users();
  private static final Map<String, DefaultValue> TOUCH =
      Map.of("seen_at", DefaultValue.sql("now()"));

  private static Query<RowSet> update(Assignments assignments) {
    return TableQueries.update(USERS, where("user_id", 2), assignments, Map.of(), null);
  }

  private static String setOf(Assignments assignments) {
    String sql = update(assignments).sql();
    return sql.substring("UPDATE \"users\" SET ".length(), sql.indexOf(" WHERE "));
  }

  private static List<TableColumn> columns(String... names) {
    return Arrays.stream(names).map(USERS::column).toList();
  }

  private static @Nullable Object[] row(Map<String, ?> cells) {
    @Nullable Object[] row = new @Nullable Object[USERS.columns().size()];
    Arrays.fill(row, TableQueries.DEFAULT);
    cells.forEach((name, value) -> row[USERS.position(name)] = value);
    return row;
  }

  private static Query<RowSet> upsert(OnConflict conflict, String... columns) {
    Map<String, Object> cells = new LinkedHashMap<>();
    Arrays.stream(columns).forEach(column -> cells.put(column, 1));
    return TableQueries.insertValues(
        USERS, columns(columns), List.<@Nullable Object[]>of(row(cells)), conflict, TOUCH, null);
  }

  private static String conflictOf(OnConflict conflict, String... columns) {
    String sql = upsert(conflict, columns).sql();
    return sql.substring(sql.indexOf("ON CONFLICT"));
  }

  @Test
  void updatesSetValuesAndExpressions() {
    Query<RowSet> query = update(Assignments.of(Map.of("user_age", 42)));
    assertThat(query.sql())
        .isEqualTo("UPDATE \"users\" SET \"user_age\" = $1 WHERE \"user_id\" = $2");
    assertThat(query.arguments())
        .containsExactly(
            new Typed(23, 42, "column 'user_age' of table 'users'"),
            new Typed(20, 2, "column 'user_id' of table 'users'"));
    assertThat(setOf(set("visits", plus(1)).set("user_name", null)))
        .isEqualTo("\"visits\" = \"visits\" + $1, \"user_name\" = $2");
    assertThat(setOf(set("visits", minus(1)))).isEqualTo("\"visits\" = \"visits\" - $1");
    assertThat(setOf(set("visits", times(2)))).isEqualTo("\"visits\" = \"visits\" * $1");
    assertThat(setOf(set("user_name", concat("!"))))
        .isEqualTo("\"user_name\" = \"user_name\" || $1");
    assertThat(setOf(set("tags", append("x")))).isEqualTo("\"tags\" = array_append(\"tags\", $1)");
    assertThat(setOf(set("tags", remove("x")))).isEqualTo("\"tags\" = array_remove(\"tags\", $1)");
    assertThat(setOf(set("profile", remove("x")))).isEqualTo("\"profile\" = \"profile\" - $1");
    assertThat(setOf(set("profile", concat(Map.of("a", 1)))))
        .isEqualTo("\"profile\" = \"profile\" || $1");
    assertThat(setOf(set("raw", concat(Map.of("a", 1)))))
        .isEqualTo("\"raw\" = CAST(CAST(\"raw\" AS jsonb) || $1 AS json)");
    assertThat(setOf(set("seen_at", sql("now()")).set("visits", sql("DEFAULT"))))
        .isEqualTo("\"seen_at\" = now(), \"visits\" = DEFAULT");
    assertThat(setOf(set("visits", plus(sql("$1::int", 5)))))
        .isEqualTo("\"visits\" = \"visits\" + ($1::int)");
  }

  @Test
  void operandsAreBoundAsWhatTheyAreAddedTo() {
    assertThat(update(set("visits", plus(1))).arguments().get(0))
        .isEqualTo(new Typed(20, 1, "column 'visits' of table 'users'"));
    assertThat(update(set("visits", times(1.5))).arguments().get(0))
        .isEqualTo(new Typed(1700, 1.5, "column 'visits' of table 'users'"));
    assertThat(update(set("visits", times(new BigDecimal("2.0")))).arguments().get(0))
        .isEqualTo(new Typed(20, new BigDecimal("2.0"), "column 'visits' of table 'users'"));
    assertThat(update(set("seen_at", plus(Duration.ofDays(1)))).arguments().get(0))
        .isEqualTo(Duration.ofDays(1));
  }

  @Test
  void columnsThatChangeWithEveryUpdateDoUnlessGiven() {
    assertThat(
            TableQueries.update(
                    USERS, where("user_id", 1), set("user_age", 1), TOUCH, List.of("user_id"))
                .sql())
        .isEqualTo(
            "UPDATE \"users\" SET \"user_age\" = $1, \"seen_at\" = now() WHERE \"user_id\" = $2"
                + " RETURNING \"user_id\"");
    assertThat(TableQueries.update(USERS, all(), set("seen_at", null), TOUCH, List.of()).sql())
        .isEqualTo("UPDATE \"users\" SET \"seen_at\" = $1 RETURNING *");
    Map<String, DefaultValue> value =
        Map.of("visits", DefaultValue.of(7), "gone", TOUCH.get("seen_at"));
    assertThat(TableQueries.update(USERS, all(), set("user_age", 1), value, null).sql())
        .isEqualTo("UPDATE \"users\" SET \"user_age\" = $1, \"visits\" = $2");
  }

  @Test
  void impossibleUpdatesAreRefused() {
    assertThatThrownBy(() -> update(Assignments.of(Map.of())))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("sets no column");
    assertThatThrownBy(() -> update(set("nmae", 1))).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> set("a", 1).set("a", 2)).hasMessageContaining("set twice");
    assertThatThrownBy(() -> set("a", atLeast(2))).hasMessageContaining("comparison");
    assertThatThrownBy(() -> update(set("user_name", append("x")))).hasMessageContaining("arrays");
  }

  @Test
  void deletesSayWhichRows() {
    assertThat(TableQueries.delete(USERS, where("user_id", 1), null).sql())
        .isEqualTo("DELETE FROM \"users\" WHERE \"user_id\" = $1");
    assertThat(TableQueries.delete(USERS, all(), List.of("user_id", "user_name")).sql())
        .isEqualTo("DELETE FROM \"users\" RETURNING \"user_id\", \"user_name\"");
  }

  @Test
  void rowsOfDifferentKeysStandInOneListOfValues() {
    Query<RowSet> query =
        TableQueries.insertValues(
            USERS,
            columns("user_id", "user_name", "visits"),
            List.<@Nullable Object[]>of(
                row(Map.of("user_id", 1, "user_name", "a")),
                row(Map.of("user_id", 2, "visits", sql("1 + $1::int", 4)))),
            null,
            Map.of(),
            List.of());
    assertThat(query.sql())
        .isEqualTo(
            "INSERT INTO \"users\" (\"user_id\", \"user_name\", \"visits\") VALUES ($1, $2,"
                + " DEFAULT), ($3, DEFAULT, 1 + $4::int) RETURNING *");
    assertThat(query.verb()).isEqualTo("insert");
  }

  @Test
  void rowsOfNothingAreRowsOfDefaults() {
    assertThat(
            TableQueries.insertValues(
                    USERS,
                    List.of(),
                    List.<@Nullable Object[]>of(row(Map.of())),
                    null,
                    Map.of(),
                    null)
                .sql())
        .isEqualTo("INSERT INTO \"users\" DEFAULT VALUES");
    assertThat(
            TableQueries.insertValues(
                    USERS,
                    List.of(),
                    List.<@Nullable Object[]>of(row(Map.of()), row(Map.of())),
                    null,
                    Map.of(),
                    null)
                .sql())
        .isEqualTo("INSERT INTO \"users\" (\"user_id\") VALUES (DEFAULT), (DEFAULT)");
  }

  @Test
  void manyRowsTravelAsArrays() {
    List<@Nullable Object[]> rows =
        List.<@Nullable Object[]>of(
            row(Map.of("user_id", 1, "mood", "happy")), row(Map.of("user_id", 2, "mood", "sad")));
    Query<RowSet> plain =
        TableQueries.insertArrays(USERS, columns("user_id", "mood"), rows, null, Map.of(), null);
    assertThat(plain.sql())
        .isEqualTo(
            "INSERT INTO \"users\" (\"user_id\", \"mood\") SELECT u.c1, u.c2 FROM unnest("
                + "CAST($1 AS bigint[]), CAST($2 AS app.\"Mood\"[])) AS u(c1, c2)");
    assertThat(plain.arguments())
        .containsExactly(
            new Typed(1016, List.of(1, 2), "column 'user_id' of table 'users'"),
            new Typed(90_002, List.of("happy", "sad"), "column 'mood' of table 'users'"));
    Query<RowSet> returning =
        TableQueries.insertArrays(
            USERS, columns("user_id"), rows, onConflict("user_id"), Map.of(), List.of("user_id"));
    assertThat(returning.sql())
        .isEqualTo(
            "INSERT INTO \"users\" (\"user_id\") SELECT u.c1 FROM unnest(CAST($1 AS bigint[]))"
                + " WITH ORDINALITY AS u(c1, ord) ORDER BY u.ord"
                + " ON CONFLICT (\"user_id\") DO UPDATE SET \"user_id\" = EXCLUDED.\"user_id\""
                + " RETURNING \"user_id\"");
    assertThat(returning.verb()).isEqualTo("upsert");
  }

  @Test
  void conflictsUpdateWhatTheRecordHolds() {
    assertThat(conflictOf(onConflict("user_id"), "user_id", "user_age"))
        .isEqualTo(
            "ON CONFLICT (\"user_id\") DO UPDATE SET \"user_age\" = EXCLUDED.\"user_age\","
                + " \"seen_at\" = now()");
    assertThat(conflictOf(onConflict("user_id").update("visits"), "user_id", "user_age", "visits"))
        .isEqualTo(
            "ON CONFLICT (\"user_id\") DO UPDATE SET \"visits\" = EXCLUDED.\"visits\","
                + " \"seen_at\" = now()");
    assertThat(conflictOf(onConflict("user_age", "mood"), "user_age", "mood", "seen_at"))
        .isEqualTo(
            "ON CONFLICT (\"user_age\", \"mood\") DO UPDATE SET \"seen_at\" ="
                + " EXCLUDED.\"seen_at\"");
    assertThat(conflictOf(onConflictConstraint("users_user_name_key"), "user_name", "visits"))
        .startsWith(
            "ON CONFLICT ON CONSTRAINT \"users_user_name_key\" DO UPDATE SET"
                + " \"visits\" = EXCLUDED.\"visits\"");
    assertThat(conflictOf(onConflict("user_id").ignore(), "user_id", "user_age"))
        .isEqualTo("ON CONFLICT (\"user_id\") DO NOTHING");
    assertThat(conflictOf(ignoreConflicts(), "user_id")).isEqualTo("ON CONFLICT DO NOTHING");
  }

  @Test
  void aRecordWithNothingToUpdateTouchesItsRow() {
    assertThat(conflictOf(onConflict("user_id"), "user_id"))
        .isEqualTo("ON CONFLICT (\"user_id\") DO UPDATE SET \"user_id\" = EXCLUDED.\"user_id\"");
    assertThat(conflictOf(onConflict("user_id").update("visits"), "user_id", "user_age"))
        .isEqualTo("ON CONFLICT (\"user_id\") DO UPDATE SET \"user_id\" = EXCLUDED.\"user_id\"");
  }

  @Test
  void impossibleConflictsAreRefused() {
    assertThatThrownBy(() -> onConflict("a", "a")).hasMessageContaining("twice");
    assertThatThrownBy(() -> onConflict("a").update("b", "b")).hasMessageContaining("twice");
    assertThatThrownBy(() -> ignoreConflicts().update()).hasMessageContaining("onConflict");
    assertThatThrownBy(() -> upsert(onConflict("nmae"), "user_id"))
        .isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> upsert(onConflict("user_id").update("nmae"), "user_id"))
        .isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> upsert(onConflictConstraint("nope"), "user_id"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("no unique constraint 'nope'")
        .hasMessageContaining("users_pkey (user_id)");
  }
}
