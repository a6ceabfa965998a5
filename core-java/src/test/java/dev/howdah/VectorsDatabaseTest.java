package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.ManagerOptions;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.row.Row;
import dev.howdah.row.Vector;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * pgvector's type both ways, where the server has the extension; elsewhere a type of that name and
 * form, which knows no arithmetic.
 */
@PostgresTest
class VectorsDatabaseTest {
  private static final String STAND_IN =
      """
      CREATE TYPE vector;
      CREATE FUNCTION vector_in(cstring) RETURNS vector AS 'textin' LANGUAGE internal STRICT IMMUTABLE;
      CREATE FUNCTION vector_out(vector) RETURNS cstring AS 'textout' LANGUAGE internal STRICT IMMUTABLE;
      CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, LIKE = text);
      CREATE FUNCTION vector(real[]) RETURNS vector LANGUAGE sql
        AS $$ SELECT translate($1::text, '{}', '[]')::vector $$;
      CREATE CAST (real[] AS vector) WITH FUNCTION vector(real[]) AS ASSIGNMENT;
      CREATE FUNCTION vector(float8[]) RETURNS vector LANGUAGE sql
        AS $$ SELECT $1::real[]::vector $$;
      CREATE CAST (float8[] AS vector) WITH FUNCTION vector(float8[]) AS ASSIGNMENT;
      CREATE FUNCTION same(vector, vector) RETURNS bool LANGUAGE sql
        AS $$ SELECT $1::text = $2::text $$;
      CREATE OPERATOR = (LEFTARG = vector, RIGHTARG = vector, FUNCTION = same);
      CREATE FUNCTION distance(vector, vector) RETURNS float8 LANGUAGE sql
        AS $$ SELECT abs(length($1::text) - length($2::text)) $$;
      CREATE OPERATOR <-> (LEFTARG = vector, RIGHTARG = vector, FUNCTION = distance)\
      """;

  record Doc(int id, @Nullable Vector place) {}

  record Numbers(int id, float @Nullable [] place) {}

  private static final Vector PLACE = Vector.of(1, 2.5f, -3e-5f);

  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    boolean available =
        !server.query("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").isEmpty();
    server.sql(available ? "CREATE EXTENSION vector" : STAND_IN);
    server.sql("CREATE TABLE docs (id int, place vector, others vector[])");
    server.sql("CREATE TYPE doc AS (id int, place vector)");
    db = Database.connect(server.url()).join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  @Test
  void columnsTakeThemAsNumbersListsTextAndVectors() {
    String insert = "INSERT INTO docs (id, place) VALUES (1, $1)";
    List<Object> forms =
        List.of(
            PLACE,
            PLACE.values(),
            new double[] {1, 2.5, -3e-5},
            List.of(1f, 2.5f, -3e-5f),
            "[1,2.5,-3e-05]");
    for (Object form : forms) {
      db.execute(insert, form).join();
    }
    db.execute(insert, (Object) null).join();

    List<Row> rows = db.fetch("SELECT place FROM docs").join();
    assertThat(rows).hasSize(forms.size() + 1);
    for (Row row : rows.subList(0, forms.size())) {
      assertThat(row.get("place")).isEqualTo(PLACE.values());
      assertThat(row.get("place", Vector.class)).isEqualTo(PLACE);
      assertThat(row.get("place", String.class)).isEqualTo("[1,2.5,-3e-05]");
      assertThat((Object) row.get("place", List.class)).isEqualTo(List.of(1f, 2.5f, -3e-5f));
    }
    assertThat(rows.get(forms.size()).get("place")).isNull();
  }

  @Test
  void operatorsTakeThemWithoutACast() {
    db.execute("INSERT INTO docs (id, place) VALUES (1, $1)", PLACE).join();
    assertThat(one("SELECT place <-> $1 AS far FROM docs", PLACE).get("far")).isEqualTo(0.0);
    assertThat(one("SELECT place <-> $1::vector AS far FROM docs", PLACE.values()).get("far"))
        .isEqualTo(0.0);
  }

  @Test
  void arraysHoldThem() {
    List<@Nullable Vector> places = Arrays.asList(PLACE, null, Vector.of(0));
    db.execute("INSERT INTO docs (others) VALUES ($1)", places).join();
    Row row = one("SELECT others, ARRAY[]::vector[] AS none FROM docs");

    assertThat(row.get("others", Vector[].class)).containsExactlyElementsOf(places);
    assertThat(row.get("others", String.class)).isEqualTo("{\"[1,2.5,-3e-05]\",NULL,[0]}");
    assertThat(row.get("none")).isEqualTo(List.of());
  }

  @Test
  void recordsHoldThem() {
    Doc doc = new Doc(1, PLACE);
    Row row = one("SELECT $1::doc AS one, $2::doc[] AS list", doc, List.of(doc, new Doc(2, null)));

    assertThat(row.get("one", Doc.class)).isEqualTo(doc);
    assertThat(row.get("one", Numbers.class).place()).isEqualTo(PLACE.values());
    assertThat(row.get("list", Doc[].class)).containsExactly(doc, new Doc(2, null));
    Row again = one("SELECT $1::doc AS one", row.get("one"));
    assertThat(again.get("one", Doc.class)).isEqualTo(doc);
  }

  @Test
  void batchesAndTablesByNameTakeThem() {
    db.executeMany(
            "INSERT INTO docs (id, place) VALUES ($1, $2)",
            List.of(List.of(1, PLACE), List.of(2, PLACE), Arrays.asList(3, null)))
        .join();
    DatabaseManager manager = DatabaseManager.of(db, ManagerOptions.of("secret"));
    Map<String, Object> record = new HashMap<>();
    record.put("id", 4);
    record.put("place", PLACE.values());
    record.put("others", List.of(PLACE));
    manager.insert("docs", record).join();

    assertThat(manager.count("docs", Map.of("place", PLACE)).join()).isEqualTo(3);
    assertThat(manager.selectOne(Doc.class, "docs", Map.of("id", 4)).join())
        .contains(new Doc(4, PLACE));
  }

  @Test
  void whatIsNoVectorIsRefused() {
    assertThatThrownBy(() -> Vector.of())
        .isInstanceOf(WrongArguments.class)
        .hasMessage("a vector has one dimension or more, it was given none");
    assertThatThrownBy(() -> Vector.of(1, Float.NaN))
        .isInstanceOf(WrongArguments.class)
        .hasMessage("a vector holds finite numbers, element 1 is none");
    for (String text : List.of("", "[", "1,2", "[]", "[1,]", "[x]")) {
      assertThatThrownBy(() -> Vector.parse(text))
          .isInstanceOf(MappingFailure.class)
          .hasMessageStartingWith("a vector cannot be read: ");
    }
  }
}
