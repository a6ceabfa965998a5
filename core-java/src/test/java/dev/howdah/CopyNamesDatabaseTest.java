package dev.howdah;

import static dev.howdah.query.Clauses.where;
import static dev.howdah.testing.JavaHandles.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.error.SyntaxOrAccess.UndefinedTable;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.schema.TableName;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and texts that would be something else if they were not quoted. */
@PostgresTest
class CopyNamesDatabaseTest {
  private static final String TABLE = "t\" FROM STDIN; DROP TABLE safe; -- $1 :x \\ é";
  private static final String COLUMN = "a\") TO '/tmp/x'; --\n$2'";
  private static final TableName HOSTILE = TableName.of("s\"chema", TABLE);

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @BeforeEach
  void tables(TestDatabase server) {
    server.sql("CREATE TABLE safe (id int)");
    server.sql("CREATE SCHEMA \"s\"\"chema\"");
    String column = quoted(COLUMN) + " text";
    server.sql("CREATE TABLE \"s\"\"chema\"." + quoted(TABLE) + " (id int, " + column + ")");
  }

  private static String out(Database db, CopyOut copy) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    await(db.copyOut(copy, bytes));
    return bytes.toString(UTF_8);
  }

  @Test
  void namesAreQuotedWhereverTheyStand(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      String value = "'); DROP TABLE safe; --\\";
      CopyRecords records = CopyRecords.into(HOSTILE).columns(COLUMN, "id");
      assertThat(await(db.copyIn(records, List.of(List.of(value, 1))))).isEqualTo(1);
      assertThat(await(db.copyIn(records.asText(), List.of(Map.of("id", 2, COLUMN, value)))))
          .isEqualTo(1);
      CopyIn csv =
          CopyIn.csv(HOSTILE)
              .columns("id", COLUMN)
              .forceNotNull(COLUMN)
              .nullAs("'; DROP TABLE safe; --")
              .where(where(COLUMN, value));
      assertThat(await(db.copyIn(csv, ("3,\"" + value + "\"\n4,x\n").getBytes(UTF_8))))
          .isEqualTo(1);
      CopyOut all = CopyOut.csv(HOSTILE).columns(COLUMN).forceQuote(COLUMN).nullAs("it's");
      assertThat(out(db, all)).isEqualTo(('"' + value + "\"\n").repeat(3));
      Query<?> some =
          Query.rows(
              "SELECT id FROM safe WHERE id::text = :a; -- ) TO PROGRAM 'x'", Map.of("a", value));
      assertThat(out(db, CopyOut.text(some))).isEmpty();
      assertThat(server.query("SELECT count(*) FROM safe")).containsExactly(List.of(0L));
    }
  }

  @Test
  void aPointInAStringIsNoSchema(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      assertThatThrownBy(() -> await(db.copyIn("public.safe", List.of(List.of(1)))))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("public.safe");
      assertThatThrownBy(() -> out(db, CopyOut.csv("public.safe")))
          .isInstanceOf(UndefinedTable.class);
      assertThat(
              await(
                  db.copyIn(CopyRecords.into(TableName.of("public", "safe")), List.of(List.of(1)))))
          .isEqualTo(1);
    }
  }
}
