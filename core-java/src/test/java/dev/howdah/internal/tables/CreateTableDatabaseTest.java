package dev.howdah.internal.tables;

import static dev.howdah.internal.tables.Cores.await;
import static dev.howdah.internal.tables.Cores.finish;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import dev.howdah.error.DatabaseException;
import dev.howdah.row.Row;
import dev.howdah.schema.Column;
import dev.howdah.schema.ColumnType;
import dev.howdah.schema.CreateTable;
import dev.howdah.schema.ReferentialAction;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import dev.howdah.schema.TableName;
import dev.howdah.schema.UniqueKey;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@PostgresTest
class CreateTableDatabaseTest {
  private static final TableName T = TableName.of("t");

  private static Mono<Boolean> create(Cores db, String table, Column... columns) {
    return db.core.createTable(CreateTable.of(TableName.of(table), columns));
  }

  @Test
  void createdIsToldFromExisted(TestDatabase server) {
    try (Cores db = Cores.on(server)) {
      assertThat(await(create(db, "t", Column.bigint("id").primaryKey()))).isTrue();
      assertThat(await(create(db, "t", Column.text("other")))).isFalse();
      assertThat(await(db.core.describe(T)).columnNames()).containsExactly("id");
    }
  }

  @Test
  void aTableOfThatNameElsewhereInTheSearchPathDoesNotCount(TestDatabase server) {
    server.sql(
        "CREATE SCHEMA a; CREATE TABLE public.t (x int); ALTER DATABASE "
            + server.name()
            + " SET search_path = a, public");
    try (Cores db = Cores.on(server)) {
      assertThat(await(create(db, "t", Column.text("mine")))).isTrue();
      assertThat(await(db.core.describe(T)).columnNames()).containsExactly("mine");
      assertThat(await(db.core.describe(TableName.of("public", "t"))).columnNames())
          .containsExactly("x");
      TableName there = TableName.of("public", "t");
      assertThat(await(db.core.createTable(CreateTable.of(there, Column.text("y"))))).isFalse();
    }
  }

  @Test
  void manyCreateOneTableAtOnceAndOneDoes(TestDatabase server) {
    try (Cores db = Cores.on(server)) {
      List<Boolean> created =
          await(
              Flux.fromStream(IntStream.range(0, 8).boxed())
                  .flatMap(i -> create(db, "race", Column.bigint("id").primaryKey().identity()), 8)
                  .collectList());
      assertThat(created).containsOnlyOnce(true).hasSize(8);
    }
  }

  @Test
  void nothingIsLeftWhenAPartFails(TestDatabase server) {
    try (Cores db = Cores.on(server)) {
      assertThatThrownBy(
              () -> await(create(db, "t", Column.text("a"), Column.of("p", "point").index())))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("point");
      assertThat(await(db.core.tableExists(T))).isFalse();
      server.sql("CREATE SEQUENCE t");
      assertThatThrownBy(() -> await(create(db, "t", Column.text("a"))))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("already exists");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select", "Upper Case", "q\"uote", "semi; DROP TABLE x; --", "dot.ted", "it's", "$1",
            ":name",
        "back\\slash", "tab\tnew\nline", "имя таблицы", "🐘", "%s", "/* c */", "--", "null",
        "sixty-three-bytes-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void hostileNamesWorkThroughEveryVerb(String name, TestDatabase server) {
    TableName table = TableName.of(name);
    try (Cores db = Cores.on(server)) {
      assertThat(
              await(
                  db.core.createTable(
                      CreateTable.of(
                          table,
                          Column.bigint("id").primaryKey(),
                          Column.text(name).index().comment(name).unique()))))
          .isTrue();
      assertThat(await(db.core.tableExists(table))).isTrue();
      List<Map<String, Object>> records =
          List.of(Map.of("id", 1, name, "a"), Map.of("id", 2, name, "b"));
      assertThat(await(db.core.upsert(table, records, null))).isEqualTo(2);
      assertThat(Cores.column(await(db.core.select(table, Map.of(name, "b"), null)), "id"))
          .containsExactly(2L);
      assertThat(await(db.core.update(table, where("id", 1), set(name, "c")))).isEqualTo(1);
      assertThat(await(db.core.delete(table, Map.of(name, "c")))).isEqualTo(1);
      assertThat(await(db.core.deleteAll(table, Cores.PASSWORD))).isEqualTo(1);
      finish(db.core.truncate(table, Cores.PASSWORD));
      finish(db.core.dropTable(table, Cores.PASSWORD));
      assertThat(await(db.core.tableExists(table))).isFalse();
    }
  }

  @Test
  void defaultsArriveAsTheyWereGiven(TestDatabase server) {
    String text = "O'Neill \\ \"x\" $1 :a -- é🐘\n";
    try (Cores db = Cores.on(server)) {
      await(
          create(
              db,
              "t",
              Column.bigint("id").primaryKey().identity(),
              Column.text("txt").defaultValue(text),
              Column.integer("num").defaultValue(0),
              Column.numeric("dec", 10, 2).defaultValue("1.50"),
              Column.bool("flag").defaultValue(true),
              Column.date("day").defaultValue(LocalDate.of(2024, 2, 29)),
              Column.bytea("raw").defaultValue(new byte[] {0, 39, 92, -1}),
              Column.jsonb("doc").defaultValue(Map.of("it's", List.of("\\\"", 1))),
              Column.array("tags", ColumnType.TEXT).defaultValue(Arrays.asList("a\"\\'", null)),
              Column.doublePrecision("nan").defaultValue(Double.NaN),
              Column.timestamptz("at").defaultSql("now()")));
      Row row = await(db.core.insertReturning(T, List.of(Map.of()), null)).rows().get(0);
      assertThat(row.get("txt")).isEqualTo(text);
      assertThat(row.get("num")).isEqualTo(0);
      assertThat(row.get("dec")).hasToString("1.50");
      assertThat(row.get("flag")).isEqualTo(true);
      assertThat(row.get("day")).isEqualTo(LocalDate.of(2024, 2, 29));
      assertThat(row.get("raw")).isEqualTo(new byte[] {0, 39, 92, -1});
      assertThat(row.get("doc")).isEqualTo("{\"it's\": [\"\\\\\\\"\", 1]}");
      assertThat(row.get("tags")).isEqualTo(Arrays.asList("a\"\\'", null));
      assertThat(row.get("nan")).isEqualTo(Double.NaN);
      assertThat(row.get("at")).isNotNull();
      assertThat(
              server.query(
                  "SELECT column_default FROM information_schema.columns"
                      + " WHERE table_name = 't' AND column_name = 'num'"))
          .containsExactly(List.of("0"));
    }
  }

  @Test
  void theCatalogKnowsWhatWasCreated(TestDatabase server) {
    server.sql("CREATE DOMAIN small AS integer DEFAULT 3 NOT NULL; CREATE DOMAIN tiny AS small");
    server.sql("CREATE TYPE mood AS ENUM ('sad', 'happy')");
    try (Cores db = Cores.on(server)) {
      await(create(db, "teams", Column.bigint("id").primaryKey()));
      await(
          create(
              db,
              "t",
              Column.integer("b").primaryKey(),
              Column.integer("a").primaryKey().identity(),
              Column.varchar("name", 20).notNull().unique().index().comment("who"),
              Column.of("size", "tiny"),
              Column.of("mood", "mood").defaultValue("sad"),
              Column.of("moods", "mood[]"),
              Column.bigint("team").references("teams", "id").onDelete(ReferentialAction.CASCADE),
              Column.integer("age").check("age >= 0")));
      server.sql(
          "CREATE UNIQUE INDEX both_idx ON t (mood, name) INCLUDE (age);"
              + "CREATE UNIQUE INDEX part_idx ON t (age) WHERE age > 5;"
              + "CREATE UNIQUE INDEX low_idx ON t (lower(name));"
              + "ALTER TABLE t ADD CONSTRAINT later UNIQUE (team) DEFERRABLE;"
              + "ALTER TABLE t ADD COLUMN twice int GENERATED ALWAYS AS (b * 2) STORED;"
              + "ALTER TABLE t DROP COLUMN age");
      TableDefinition table = await(db.core.describe(T));
      assertThat(table.columnNames())
          .containsExactly("b", "a", "name", "size", "mood", "moods", "team", "twice");
      assertThat(table.uniqueKeys())
          .containsExactly(
              new UniqueKey("t_pkey", List.of("b", "a"), true, true),
              new UniqueKey("t_name_key", List.of("name"), false, true));
      TableColumn size = table.column("size");
      assertThat(size.typeName()).isEqualTo("tiny");
      assertThat(size.valueType().name()).isEqualTo("integer");
      assertThat(size.valueType().arrayOid()).isEqualTo(1007);
      assertThat(size.nullable()).isFalse();
      assertThat(size.hasDefault()).isTrue();
      assertThat(table.column("name").typeName()).isEqualTo("character varying(20)");
      assertThat(table.column("name").valueType().name()).isEqualTo("character varying");
      assertThat(table.column("a").identity()).isTrue();
      assertThat(table.column("twice").generated()).isTrue();
      assertThat(table.column("moods").valueType().element()).isNotNull();
      assertThat(table.column("mood").valueType().kind()).isEqualTo('e');
      assertThat(table.column("team").primaryKey()).isFalse();
      assertThat(server.query("SELECT col_description('t'::regclass, 3)"))
          .containsExactly(List.of("who"));
    }
  }

  @Test
  void keysWithIncludedColumnsCountByTheirKeyColumns(TestDatabase server) {
    server.sql(
        "CREATE TABLE t (a int, b int, c int); CREATE UNIQUE INDEX k ON t (b, a) INCLUDE (c)");
    try (Cores db = Cores.on(server)) {
      assertThat(await(db.core.describe(T)).uniqueKeys())
          .containsExactly(new UniqueKey("k", List.of("b", "a"), false, false));
    }
  }

  @Test
  void aTableWithoutColumnsIsATable(TestDatabase server) {
    server.sql("CREATE TABLE t ()");
    try (Cores db = Cores.on(server)) {
      assertThat(await(db.core.describe(T)).columns()).isEmpty();
      assertThat(db.insert("t", List.of(Map.of(), Map.of()))).isEqualTo(2);
      assertThat(await(db.core.count(T, null))).isEqualTo(2);
    }
  }

  @Test
  void unknownTablesAreNamed(TestDatabase server) {
    server.sql("CREATE SEQUENCE a_sequence");
    try (Cores db = Cores.on(server)) {
      assertThatThrownBy(() -> db.select("nope", null))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("no table 'nope'")
          .hasMessageContaining("public");
      assertThatThrownBy(() -> db.select("a_sequence", null)).isInstanceOf(UnknownTable.class);
      assertThatThrownBy(() -> db.select("public.t", null))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("TableName.of");
      assertThatThrownBy(() -> await(db.core.count(TableName.of("no schema", "t"), null)))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("schema 'no schema'");
      assertThatThrownBy(() -> finish(db.core.dropTable(T, Cores.PASSWORD)))
          .isInstanceOf(UnknownTable.class);
    }
  }

  @Test
  void wrongDeletionPasswordsThrowAtTheCallAndNothingHappens(TestDatabase server) {
    server.sql("CREATE TABLE t AS SELECT 1 AS x");
    try (Cores db = Cores.on(server)) {
      for (String wrong : Arrays.asList("wrong", "", null)) {
        assertThatThrownBy(() -> db.core.deleteAll(T, wrong))
            .isInstanceOf(WrongDeletionPassword.class);
        assertThatThrownBy(() -> db.core.truncate(T, wrong))
            .isInstanceOf(WrongDeletionPassword.class);
        assertThatThrownBy(() -> db.core.dropTable(T, wrong))
            .isInstanceOf(WrongDeletionPassword.class);
      }
      assertThat(await(db.core.count(T, null))).isEqualTo(1);
      assertThat(await(db.core.deleteAll(T, Cores.PASSWORD))).isEqualTo(1);
    }
  }
}
