package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.row.Row;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.TypeTable;
import dev.howdah.testing.TypeTable.Sample;
import dev.howdah.testing.TypeTable.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every type of docs/types.md there and back, and beside what the server itself prints. */
@PostgresTest
class TypeTableDatabaseTest {
  private Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    TypeTable.PREPARATION.forEach(server::sql);
    db =
        Database.connect(
                DatabaseOptions.of(server.url())
                    .withSetting("TimeZone", "UTC")
                    .withSetting("lc_monetary", "C"))
            .join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  private void forEachType(BiConsumer<Type, SoftAssertions> test) {
    SoftAssertions softly = new SoftAssertions();
    int seen = 0;
    for (Type type : TypeTable.types()) {
      if (db.fetchValue(Boolean.class, "SELECT " + type.condition()).join().orElseThrow()) {
        seen++;
        try {
          test.accept(type, softly);
        } catch (RuntimeException failure) {
          softly.fail(type + " failed: " + failure, failure);
        }
      }
    }
    softly.assertThat(seen).isGreaterThan(50);
    softly.assertAll();
  }

  private Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  /** The types of an array's elements are not told apart by length. */
  private static String array(Type type) {
    return type.name() + "[]";
  }

  private static List<@Nullable Object> held(Type type) {
    return new ArrayList<>(type.samples().stream().map(Sample::held).toList());
  }

  private static List<@Nullable Object> arguments(Type type) {
    return new ArrayList<>(type.samples().stream().map(Sample::argument).toList());
  }

  /** An array made by the server, of the texts that psql shows. */
  private String made(Type type, boolean withNull) {
    return type.samples().stream()
        .map(sample -> "'" + sample.text().replace("'", "''") + "'")
        .collect(
            Collectors.joining(",", "ARRAY[", (withNull ? ",NULL" : "") + "]::" + array(type)));
  }

  @Test
  void valuesComeBackAndArePrintedAsPsqlPrintsThem() {
    forEachType(
        (type, softly) -> {
          for (Sample sample : type.samples()) {
            Row row =
                one(
                    "SELECT $1::%s AS value, format('%%s', $1::%s) AS text".formatted(type, type),
                    sample.argument());
            softly.assertThat(row.get("value")).as("%s", type).isEqualTo(sample.held());
            softly.assertThat(row.get("text")).as("%s", type).isEqualTo(sample.text());
          }
        });
  }

  @Test
  void valuesReadByTheServerFromTextAreTheSame() {
    forEachType(
        (type, softly) -> {
          for (Sample sample : type.samples()) {
            Row row = one("SELECT $1::text::%s AS value".formatted(type), sample.text());
            softly.assertThat(row.get("value")).as("%s", type).isEqualTo(sample.held());
          }
        });
  }

  @Test
  void whatIsHeldCanBeBoundAgain() {
    forEachType(
        (type, softly) -> {
          for (Sample sample : type.samples()) {
            Row row =
                one(
                    "SELECT format('%%s', $1::%s) AS text, format('%%s', $2::%s) AS again"
                        .formatted(type, type),
                    sample.argument(),
                    type.name().endsWith("vector") ? sample.text() : sample.held());
            softly.assertThat(row.get("again")).as("%s", type).isEqualTo(row.get("text"));
          }
        });
  }

  @Test
  void nullIsNull() {
    forEachType(
        (type, softly) -> {
          Row row =
              one(
                  "SELECT $1::%s AS value, $1::%s IS NULL AS none".formatted(type, type),
                  (Object) null);
          softly.assertThat(row.get("value")).as("%s", type).isNull();
          softly.assertThat(row.get("none")).as("%s", type).isEqualTo(true);
        });
  }

  @Test
  void columnsTakeValuesAndGiveThemBack(TestDatabase server) {
    forEachType(
        (type, softly) -> {
          // A name of its own: a prepared INSERT would go on sending the type it once had.
          String table = "\"of " + type.name().replace("\"", "") + type.samples().size() + "\"";
          db.execute("CREATE TABLE " + table + " (place int, value " + type + ")").join();
          for (int i = 0; i < type.samples().size(); i++) {
            db.execute(
                    "INSERT INTO " + table + " VALUES ($1, $2)",
                    i,
                    type.samples().get(i).argument())
                .join();
          }
          List<Row> rows = db.fetch("SELECT value FROM " + table + " ORDER BY place").join();
          for (int i = 0; i < rows.size(); i++) {
            softly
                .assertThat(rows.get(i).get(0))
                .as("%s", type)
                .isEqualTo(type.samples().get(i).held());
          }
          softly
              .assertThat(printed(server, type, table))
              .as("%s", type)
              .isEqualTo(typed(server, type));
        });
  }

  /** What another client is shown, under settings of its own. */
  private static List<List<Object>> printed(TestDatabase server, Type type, String table) {
    return server.query("SELECT value::text FROM " + table + " ORDER BY place");
  }

  /** What it is shown of the same values when it writes them itself. */
  private static List<List<Object>> typed(TestDatabase server, Type type) {
    return server.query(
        type.samples().stream()
            .map(sample -> "('" + sample.text().replace("'", "''") + "'::" + type + ")")
            .collect(
                Collectors.joining(",", "SELECT value::text FROM (VALUES ", ") AS v (value)")));
  }

  @Test
  void tablesByNameTakeValuesAndListsAndGiveThemBack(TestDatabase server) {
    ManagerOptions options = ManagerOptions.of("secret");
    try (DatabaseManager manager =
        DatabaseManager.connect(DatabaseOptions.of(server.url()), options).join()) {
      forEachType(
          (type, softly) -> {
            String table = "table of " + type.name().replace("\"", "") + type.samples().size();
            server.sql(
                "CREATE TABLE \"%s\" (place int, value %s, list %s)"
                    .formatted(table, type, array(type)));
            Map<String, @Nullable Object> record = new HashMap<>();
            record.put("value", null);
            for (Sample sample : type.samples()) {
              record.put("place", 1);
              record.put("value", sample.argument());
              record.put("list", Arrays.asList(sample.argument(), null));
              manager.insert(table, record).join();
              Row row = manager.selectOne(table, Map.of("place", 1)).join().orElseThrow();
              softly.assertThat(row.get("value")).as("%s", type).isEqualTo(sample.held());
              equal(softly, type, row.get("list"), Arrays.asList(sample.held(), null));
              manager.delete(table, Map.of("place", 1)).join();
            }
          });
    }
  }

  @Test
  void arraysComeBackAndAreTheServersOwn() {
    forEachType(
        (type, softly) -> {
          for (boolean withNull : new boolean[] {false, true}) {
            List<@Nullable Object> arguments = arguments(type);
            List<@Nullable Object> held = held(type);
            if (withNull) {
              arguments.add(null);
              held.add(null);
            }
            Row row =
                one(
                    "SELECT $1::%1$s AS value, $1::%1$s::text AS text, %2$s AS made, %2$s::text AS expected"
                        .formatted(array(type), made(type, withNull)),
                    arguments);
            softly.assertThat(row.get("text")).as("%s", type).isEqualTo(row.get("expected"));
            equal(softly, type, row.get("value"), held);
            equal(softly, type, row.get("made"), held);
            softly
                .assertThat(row.get("value", String.class))
                .as("%s printed", type)
                .isEqualTo(row.get("text"));
          }
        });
  }

  @Test
  void emptyArraysAreEmpty() {
    forEachType(
        (type, softly) -> {
          Row row =
              one(
                  "SELECT $1::%1$s AS value, $1::%1$s::text AS text, cardinality($1::%1$s) AS size"
                      .formatted(array(type)),
                  List.of());
          softly.assertThat(row.get("value")).as("%s", type).isEqualTo(List.of());
          softly.assertThat(row.get("text")).as("%s", type).isEqualTo("{}");
          softly.assertThat(row.get("size")).as("%s", type).isEqualTo(0);
        });
  }

  @Test
  void arraysOfTwoDimensionsComeBack() {
    forEachType(
        (type, softly) -> {
          Row row =
              one(
                  "SELECT $1::%1$s AS value, $1::%1$s::text AS text, ARRAY[%2$s,%2$s] AS made, ARRAY[%2$s,%2$s]::text AS expected"
                      .formatted(array(type), made(type, true)),
                  List.of(withNull(arguments(type)), withNull(arguments(type))));
          softly.assertThat(row.get("text")).as("%s", type).isEqualTo(row.get("expected"));
          equal(
              softly, type, row.get("value"), List.of(withNull(held(type)), withNull(held(type))));
          equal(softly, type, row.get("made"), List.of(withNull(held(type)), withNull(held(type))));
        });
  }

  @Test
  void arraysWithOtherLowerBoundsAreRead() {
    forEachType(
        (type, softly) -> {
          Row row =
              one(
                  "SELECT v AS value, v::text AS text"
                      + " FROM (SELECT array_fill($1::%s, ARRAY[2,1], ARRAY[2,-1]) AS v) AS one"
                          .formatted(type),
                  type.samples().get(0).argument());
          Object first = type.samples().get(0).held();
          equal(softly, type, row.get("value"), List.of(List.of(first), List.of(first)));
          softly
              .assertThat(row.get("value", String.class))
              .as("%s", type)
              .isEqualTo(row.get("text"));
          softly.assertThat((String) row.get("text")).as("%s", type).startsWith("[2:3][-1:-1]={{");
        });
  }

  @Test
  void valueTypesPrintAsTheServerDoesWhenAskedForAsText() {
    forEachType(
        (type, softly) -> {
          for (Sample sample : type.samples()) {
            if (sample.held().getClass().getPackageName().equals("dev.howdah.row")) {
              Row row = one("SELECT $1::%s AS value".formatted(type), sample.argument());
              softly
                  .assertThat(row.get("value", String.class))
                  .as("%s", type)
                  .isEqualTo(sample.text());
            }
          }
        });
  }

  @Test
  void attributesOfCompositesComeBack() {
    forEachType(
        (type, softly) -> {
          String composite =
              "\"part " + type.name().replace("\"", "") + type.samples().size() + "\"";
          db.execute(
                  "CREATE TYPE %s AS (n int, value %s, list %s)"
                      .formatted(composite, type, array(type)))
              .join();
          for (Sample sample : type.samples()) {
            Row row =
                one(
                    "SELECT v AS value, v::text AS text"
                        + " FROM (SELECT ROW(1, $1::%1$s, ARRAY[$1::%1$s, NULL])::%2$s AS v) AS one"
                            .formatted(type, composite),
                    sample.argument());
            Row value = (Row) row.get("value");
            softly.assertThat(value.get("value")).as("%s", type).isEqualTo(sample.held());
            equal(softly, type, value.get("list"), Arrays.asList(sample.held(), null));
            softly
                .assertThat(row.get("value", String.class))
                .as("%s printed", type)
                .isEqualTo(row.get("text"));
            if (!type.name().endsWith("vector")) {
              Row again = one("SELECT $1::%s::text AS text".formatted(composite), value);
              softly.assertThat(again.get("text")).as("%s", type).isEqualTo(row.get("text"));
            }
          }
        });
  }

  private static List<@Nullable Object> withNull(List<@Nullable Object> list) {
    list.add(null);
    return list;
  }

  /** Lists of byte arrays are equal by content here. */
  private static void equal(
      SoftAssertions softly, Type type, @Nullable Object actual, Object expected) {
    softly.assertThat(comparable(actual)).as("%s", type).isEqualTo(comparable(expected));
  }

  static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    return value instanceof List<?> list
        ? list.stream().map(TypeTableDatabaseTest::comparable).collect(Collectors.toList())
        : value;
  }
}
