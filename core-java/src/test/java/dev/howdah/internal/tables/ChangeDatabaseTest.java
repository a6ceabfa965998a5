package dev.howdah.internal.tables;

import static dev.howdah.internal.tables.Cores.await;
import static dev.howdah.internal.tables.Cores.column;
import static dev.howdah.query.Clauses.append;
import static dev.howdah.query.Clauses.concat;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.minus;
import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.orderBy;
import static dev.howdah.query.Clauses.plus;
import static dev.howdah.query.Clauses.remove;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.sql;
import static dev.howdah.query.Clauses.times;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.Assignments;
import dev.howdah.row.Row;
import dev.howdah.schema.Column;
import dev.howdah.schema.CreateTable;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PostgresTest
class ChangeDatabaseTest {
  private static final TableName T = TableName.of("t");

  private static final String TABLE =
      """
      CREATE TABLE t (id int PRIMARY KEY, name text, visits int, price numeric(8,2), tags text[],
        doc jsonb, raw json, at timestamptz, day date, note varchar(10));
      INSERT INTO t VALUES (1, 'Anna', 1, 1.50, '{a,b,a}', '{"k": 1}', '{"k": 1}', '2024-01-01Z',
        '2024-02-28', 'x'), (2, 'Ben', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
        (3, 'Cleo', 7, 2, '{}', '{}', '{}', '2024-01-01Z', '2024-01-01', 'y')\
      """;

  @Test
  void updatesAndDeletesAreCounted(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThat(await(db.core.update(T, Map.of("id", 2), set("visits", 42)))).isEqualTo(1);
      assertThat(
              await(
                  db.core.update(
                      T,
                      List.of(Map.of("id", 2), Map.of("id", 3), Map.of("id", 4)),
                      Assignments.of(Map.of("name", "Russo", "visits", 40)))))
          .isEqualTo(2);
      assertThat(await(db.core.update(T, where("id", in()), set("visits", 0)))).isZero();
      assertThat(column(await(db.core.select(T, null, orderBy("id"))), "visits"))
          .containsExactly(1, 40, 40);
      assertThat(await(db.core.delete(T, Map.of("id", 1)))).isEqualTo(1);
      assertThat(await(db.core.delete(T, Map.of("id", 1)))).isZero();
      assertThat(await(db.core.updateAll(T, set("visits", null)))).isEqualTo(2);
      assertThat(column(await(db.core.deleteReturning(T, where("visits", null), "id")), "id"))
          .containsExactlyInAnyOrder(2, 3);
    }
  }

  @Test
  void emptyConditionsThrowAtTheCallAndNothingHappens(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      for (Object empty :
          new Object[] {
            null, Map.of(), List.of(), List.of(Map.of()), List.of(Map.of("id", 1), Map.of())
          }) {
        assertThatThrownBy(() -> db.core.update(T, empty, set("name", "x")))
            .isInstanceOf(EmptyCondition.class)
            .hasMessageContaining("updateAll");
        assertThatThrownBy(() -> db.core.delete(T, empty))
            .isInstanceOf(EmptyCondition.class)
            .hasMessageContaining("deleteAll");
        assertThatThrownBy(() -> db.core.deleteReturning(T, empty))
            .isInstanceOf(EmptyCondition.class);
        assertThatThrownBy(() -> db.core.updateReturning(T, empty, set("name", "x")))
            .isInstanceOf(EmptyCondition.class);
      }
      assertThat(column(await(db.core.select(T, null, orderBy("id"))), "name"))
          .containsExactly("Anna", "Ben", "Cleo");
    }
  }

  @Test
  void expressionsComputeFromWhatIsThere(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      Row row =
          await(
                  db.core.updateReturning(
                      T,
                      where("id", 1),
                      set("visits", plus(2L))
                          .set("price", times(new BigDecimal("1.1")))
                          .set("name", concat("!"))
                          .set("tags", append("c"))
                          .set("doc", concat(Map.of("l", List.of(1))))
                          .set("raw", concat(Map.of("l", 2)))
                          .set("at", plus(Duration.ofHours(36)))
                          .set("day", plus(2))
                          .set("note", sql("upper(note) || $1", "z"))))
              .rows()
              .get(0);
      assertThat(row.get("visits")).isEqualTo(3);
      assertThat(row.get("price")).hasToString("1.65");
      assertThat(row.get("name")).isEqualTo("Anna!");
      assertThat(row.get("tags")).isEqualTo(List.of("a", "b", "a", "c"));
      assertThat(row.get("doc")).isEqualTo("{\"k\": 1, \"l\": [1]}");
      assertThat(row.get("raw")).isEqualTo("{\"k\": 1, \"l\": 2}");
      assertThat(row.get("at")).isEqualTo(Instant.parse("2024-01-02T12:00:00Z"));
      assertThat(row.get("day")).isEqualTo(LocalDate.of(2024, 3, 1));
      assertThat(row.get("note")).isEqualTo("Xz");
      row =
          await(
                  db.core.updateReturning(
                      T,
                      where("id", 1),
                      set("visits", times(2.5))
                          .set("tags", remove("a"))
                          .set("doc", remove("k"))
                          .set("day", minus(1))))
              .rows()
              .get(0);
      assertThat(row.get("visits")).isEqualTo(8);
      assertThat(row.get("tags")).isEqualTo(List.of("b", "c"));
      assertThat(row.get("doc")).isEqualTo("{\"l\": [1]}");
      assertThat(await(db.core.update(T, where("id", 2), set("visits", plus(1))))).isEqualTo(1);
      assertThat(column(db.select("t", where("id", 2)), "visits")).containsExactly((Object) null);
    }
  }

  @Test
  void valuesThatDoNotFitAreRefusedNamingTheColumn(TestDatabase server) {
    server.sql(TABLE);
    try (Cores db = Cores.on(server)) {
      assertThatThrownBy(() -> await(db.core.update(T, where("id", 1), set("visits", 1L << 40))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("column 'visits' of table 't'");
      assertThatThrownBy(() -> await(db.core.update(T, where("id", 1), Assignments.of(Map.of()))))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> await(db.core.update(T, where("id", 1), set("name", "a\0b"))))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> await(db.core.select(T, where("visits", new Object()), null)))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void columnsThatChangeWithEveryUpdateDo(TestDatabase server) {
    try (Cores db = Cores.on(server)) {
      CreateTable table =
          CreateTable.of(
              T,
              Column.integer("id").primaryKey(),
              Column.text("name"),
              Column.integer("version").defaultValue(0).onUpdate(7),
              Column.text("who").defaultValue("new").onUpdateSql("'changed'"));
      await(db.core.createTable(table));
      assertThat(db.upsert("t", List.of(Map.of("id", 1), Map.of("id", 2)), null)).isEqualTo(2);
      await(db.core.update(T, where("id", 1), set("name", "x")));
      await(db.core.update(T, where("id", 2), set("who", "me")));
      assertThat(db.select("t", where("id", 1)).get(0).values().subList(2, 4))
          .isEqualTo(List.of(7, "changed"));
      assertThat(db.select("t", where("id", 2)).get(0).values().subList(2, 4))
          .isEqualTo(List.of(7, "me"));
      db.upsert("t", List.of(Map.of("id", 3, "name", "c")), onConflict("id"));
      assertThat(db.select("t", where("id", 3)).get(0).get("who")).isEqualTo("new");
      db.upsert("t", List.of(Map.of("id", 3, "name", "d")), onConflict("id"));
      assertThat(db.select("t", where("id", 3)).get(0).get("who")).isEqualTo("changed");
    }
  }

  @Test
  void aManagerThatFindsTheTableThereKnowsWhatChangesWithUpdates(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (id int PRIMARY KEY, name text, who text); INSERT INTO t VALUES (1)");
    try (Cores db = Cores.on(server)) {
      Column who = Column.text("who").onUpdateSql("current_user");
      await(db.core.createTable(CreateTable.of(T, Column.integer("id").primaryKey(), who)));
      await(db.core.update(T, where("id", 1), set("name", "x")));
      assertThat(db.select("t", null).get(0).get("who")).isEqualTo(server.user());
    }
  }
}
