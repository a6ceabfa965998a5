package dev.howdah.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColumnMapsTest {
  private static Column column(Object type, Map<String, ?> options) {
    return Column.fromMap(Map.of("name", "c", "type", type, "options", options));
  }

  @Test
  void optionsMeanWhatTheBuilderMeans() {
    assertThat(column("BigInteger", Map.of("autoincrement", true)))
        .isEqualTo(Column.bigint("c").identity());
    assertThat(column("Text", Map.of("nullable", false, "unique", true, "index", true)))
        .isEqualTo(Column.text("c").notNull().unique().index());
    assertThat(column("Text", Map.of("nullable", true, "unique", false, "primary_key", false)))
        .isEqualTo(Column.text("c"));
    assertThat(column("DateTime(timezone=True)", Map.of("server_default", "now()")))
        .isEqualTo(Column.timestamptz("c").defaultSql("now()"));
    assertThat(column("Integer", Map.of("onupdate", 7))).isEqualTo(Column.integer("c").onUpdate(7));
    assertThat(column("Integer", Map.of("check", "c > 0", "comment", "hi")))
        .isEqualTo(Column.integer("c").check("c > 0").comment("hi"));
    assertThat(
            column("Integer", Map.of("foreign_key", "app.teams.id", "ondelete", "set null"))
                .foreignKey())
        .isEqualTo(
            new ForeignKey(TableName.of("app", "teams"), "id", ReferentialAction.SET_NULL, null));
    assertThat(column("Integer", Map.of("foreign_key", "teams.id")))
        .isEqualTo(Column.integer("c").references("teams", "id"));
  }

  @Test
  void aNullDefaultIsADefault() {
    Map<String, Object> options = new HashMap<>();
    options.put("default", null);
    assertThat(column("Text", options)).isEqualTo(Column.text("c").defaultValue(null));
  }

  @Test
  void theOnlyWholeNumberKeyCountsByItselfAsInSqlAlchemy() {
    Map<String, Object> key =
        Map.of("name", "id", "type", "Integer", "options", Map.of("primary_key", true));
    Map<String, Object> other = Map.of("name", "x", "type", "Integer");
    assertThat(CreateTable.fromMaps(TableName.of("t"), List.of(key, other)).columns())
        .containsExactly(Column.integer("id").primaryKey().identity(), Column.integer("x"));
    Map<String, Object> second =
        Map.of("name", "b", "type", "Integer", "options", Map.of("primary_key", true));
    assertThat(CreateTable.fromMaps(TableName.of("t"), List.of(key, second)).columns())
        .containsExactly(Column.integer("id").primaryKey(), Column.integer("b").primaryKey());
    Map<String, Object> given =
        Map.of(
            "name",
            "id",
            "type",
            "Integer",
            "options",
            Map.of("primary_key", true, "autoincrement", false));
    assertThat(CreateTable.fromMaps(TableName.of("t"), List.of(given)).columns())
        .containsExactly(Column.integer("id").primaryKey());
  }

  @Test
  void unknownThingsAreRefusedListingTheKnownOnes() {
    assertThatThrownBy(() -> Column.fromMap(Map.of("name", "c", "type", "Text", "option", 1)))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("unknown key 'option' for column 'c'; known are name, options, type");
    assertThatThrownBy(() -> column("Text", Map.of("primarykey", true)))
        .hasMessageContaining("unknown option 'primarykey' for column 'c'")
        .hasMessageContaining("primary_key")
        .hasMessageContaining("autoincrement");
    assertThatThrownBy(() -> column("Strng", Map.of()))
        .hasMessageContaining("column 'c': unknown column type 'Strng'")
        .hasMessageContaining("BigInteger")
        .hasMessageContaining("bigint");
    assertThatThrownBy(() -> column(Thread.class, Map.of()))
        .hasMessageContaining("java.lang.Thread")
        .hasMessageContaining("Long");
  }

  @Test
  void wrongShapesAreRefused() {
    assertThatThrownBy(() -> Column.fromMap(Map.of("type", "Text"))).hasMessageContaining("'name'");
    assertThatThrownBy(() -> Column.fromMap(Map.of("name", "c"))).hasMessageContaining("'type'");
    assertThatThrownBy(
            () -> Column.fromMap(Map.of("name", "c", "type", "Text", "options", "unique")))
        .hasMessageContaining("must be a map");
    assertThatThrownBy(() -> column("Text", Map.of("unique", "yes")))
        .hasMessageContaining("'unique'")
        .hasMessageContaining("true or false");
    assertThatThrownBy(() -> column("Text", Map.of("comment", 1))).hasMessageContaining("a text");
    assertThatThrownBy(() -> column("Text", Map.of("foreign_key", "teams")))
        .hasMessageContaining("table.column");
    assertThatThrownBy(() -> column("Text", Map.of("ondelete", "cascade")))
        .hasMessageContaining("references");
    assertThatThrownBy(() -> column("Text", Map.of("foreign_key", "t.c", "ondelete", "explode")))
        .hasMessageContaining("CASCADE");
  }
}
