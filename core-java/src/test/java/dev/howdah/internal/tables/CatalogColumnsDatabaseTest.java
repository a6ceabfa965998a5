package dev.howdah.internal.tables;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.Database;
import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lean look at a table that copies take sees what the full one sees, but for keys. */
@PostgresTest
class CatalogColumnsDatabaseTest {
  private static List<TableColumn> columns(Database db, TableName name) {
    return Catalog.read(name, await(db.run(Catalog.columns(name)))).columns();
  }

  @Test
  void columnsAreThoseOfTheDefinition(TestDatabase server) {
    server.sql(
        "CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('a'); CREATE TYPE spot AS (x int);CREATE"
            + " DOMAIN one AS int DEFAULT 1; CREATE DOMAIN two AS one NOT NULL;CREATE DOMAIN many"
            + " AS numeric(10,2)[];CREATE TABLE app.\"Odd \"\"one\" (id bigint GENERATED ALWAYS AS"
            + " IDENTITY, a one, b two, c many, d two[], m app.mood, ms app.mood[], s spot, r"
            + " int4range, v varchar(5) NOT NULL, g int GENERATED ALWAYS AS (id * 2) STORED, j"
            + " jsonb DEFAULT '{}', gone int, t timestamptz(3)); ALTER TABLE app.\"Odd \"\"one\""
            + " DROP COLUMN gone;CREATE VIEW seen AS SELECT * FROM app.\"Odd \"\"one\"");
    try (Database db = await(Database.connect(server.url()))) {
      for (TableName name : List.of(TableName.of("app", "Odd \"one"), TableName.of("seen"))) {
        List<TableColumn> full =
            Catalog.read(name, await(db.run(Catalog.definition(name)))).columns();
        assertThat(full).hasSize(13);
        assertThat(columns(db, name)).isEqualTo(full);
      }
      assertThatThrownBy(() -> columns(db, TableName.of("nowhere")))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("public");
    }
  }
}
