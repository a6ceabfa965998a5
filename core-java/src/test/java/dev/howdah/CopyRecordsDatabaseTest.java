package dev.howdah;

import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.where;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DataError.InvalidTextRepresentation;
import dev.howdah.query.CopyProgress;
import dev.howdah.query.CopyRecords;
import dev.howdah.row.ColumnName;
import dev.howdah.row.Row;
import dev.howdah.schema.TableName;
import dev.howdah.testing.Copies;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of every kind into a table by COPY. */
@PostgresTest
class CopyRecordsDatabaseTest {
  @BeforeEach
  void tables(TestDatabase server) {
    Copies.createTables(server);
  }

  private static Database database(TestDatabase server) {
    return await(Database.connect(server.url()));
  }

  static Iterable<List<Object>> numbered(int count) {
    return () ->
        IntStream.range(0, count).<List<Object>>mapToObj(i -> List.of(i, "n" + i)).iterator();
  }

  private static List<List<@Nullable Object>> items(TestDatabase server) {
    return server.query(
        "SELECT item_id, name, price::text, created::text, note FROM items ORDER BY item_id");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 5_000, 300_000})
  void everyRecordArrivesOnce(int count, TestDatabase server) {
    try (Database db = database(server)) {
      assertThat(await(db.copyIn("t", numbered(count)))).isEqualTo(count);
      assertThat(server.query("SELECT count(*), count(DISTINCT id), coalesce(sum(id), 0) FROM t"))
          .containsExactly(List.of((long) count, (long) count, (long) count * (count - 1) / 2));
      assertThat(server.query("SELECT count(*) FROM t WHERE name <> 'n' || id").get(0).get(0))
          .isEqualTo(0L);
      assertThat(db.status().inUse()).isZero();
    }
  }

  /** A record of the tests. */
  record Item(@Nullable Long itemId, String name, Optional<Integer> price) {}

  /** A bean of the tests. */
  public static final class ItemBean {
    private @Nullable String name;
    private double cost;

    public @Nullable String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    @ColumnName("price")
    public double getCost() {
      return cost;
    }

    public void setCost(double cost) {
      this.cost = cost;
    }
  }

  @Test
  void recordsAreRecordsBeansMapsListsAndArrays(TestDatabase server) {
    try (Database db = database(server)) {
      assertThat(
              await(
                  db.copyIn(
                      "items",
                      List.of(
                          new Item(null, "a", Optional.of(3)),
                          new Item(null, "b", Optional.empty())))))
          .isEqualTo(2);
      ItemBean bean = new ItemBean();
      bean.setName("c");
      bean.setCost(1.5);
      await(db.copyIn("items", List.of(bean)));
      await(db.copyIn("items", List.of(Map.of("name", "d", "price", 4), Map.of("name", "e"))));
      CopyRecords two = CopyRecords.into("items").columns("name", "note");
      await(db.copyIn(two, List.of(List.of("f", "note"), Arrays.asList("g", null))));
      await(db.copyIn(two, List.<Object[]>of(new Object[] {"h", "x"}, new Object[] {"i", null})));
      assertThat(items(server))
          .extracting(row -> row.subList(1, 3) + " " + row.get(4))
          .containsExactly(
              "[a, 3.00] null",
              "[b, null] null",
              "[c, 1.50] null",
              "[d, 4.00] null",
              "[e, null] null",
              "[f, null] note",
              "[g, null] null",
              "[h, null] x",
              "[i, null] null");
      assertThat(items(server)).extracting(row -> row.get(0)).doesNotHaveDuplicates();
      assertThat(items(server)).extracting(row -> row.get(3)).containsOnly("2020-01-01");
    }
  }

  @Test
  void rowsOfAQueryGoBackAsTheyCame(TestDatabase server) {
    try (Database db = database(server)) {
      await(db.copyIn("items", List.of(Map.of("name", "a", "price", 1), Map.of("name", "b"))));
      server.sql("CREATE TABLE copy (LIKE items INCLUDING ALL)");
      List<Row> rows = await(db.fetch("SELECT * FROM items ORDER BY name"));
      assertThat(await(db.copyIn("copy", rows))).isEqualTo(2);
      assertThat(await(db.fetch("SELECT * FROM copy ORDER BY name"))).isEqualTo(rows);
      List<Row> fewer = await(db.fetch("SELECT name, 7 AS price FROM items"));
      assertThat(await(db.copyIn("items", fewer))).isEqualTo(2);
      assertThatThrownBy(() -> await(db.copyIn("copy", await(db.fetch("SELECT 1 AS other")))))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("record 0 of copyIn (from 0)")
          .hasMessageContaining("other");
    }
  }

  @Test
  void aListGivesEveryColumnThatTheServerDoesNotCompute(TestDatabase server) {
    try (Database db = database(server)) {
      await(
          db.copyIn(
              "items",
              List.of(Arrays.asList(9, "a", 2, java.time.LocalDate.of(2024, 2, 29), null))));
      assertThat(items(server)).containsExactly(Arrays.asList(9L, "a", "2.00", "2024-02-29", null));
      assertThatThrownBy(() -> await(db.copyIn("items", List.of(List.of(1, "a")))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 0 of copyIn (from 0)")
          .hasMessageContaining("2 values")
          .hasMessageContaining("[item_id, name, price, created, note]");
    }
  }

  @Test
  void chosenColumnsAreTakenAndOthersLeftOut(TestDatabase server) {
    try (Database db = database(server)) {
      CopyRecords names = CopyRecords.into("items").columns("note", "name");
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("unheard", 1);
      map.put("name", "a");
      map.put("note", null);
      await(db.copyIn(names, List.of(map)));
      assertThat(items(server)).extracting(row -> row.get(1)).containsExactly("a");
      assertThatThrownBy(() -> await(db.copyIn(names, List.of(Map.of("name", "b")))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("gives nothing for column 'note'");
      assertThatThrownBy(
              () ->
                  await(
                      db.copyIn(CopyRecords.into("items").columns("nmae"), List.of(List.of("a")))))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("nmae")
          .hasMessageContaining("item_id, name, price");
      assertThatThrownBy(
              () ->
                  await(db.copyIn(CopyRecords.into("items").columns("twice"), List.of(List.of(1)))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("computed by the server");
    }
  }

  @Test
  void aTableWithATypeThatHasNoBinaryFormGoesAsText(TestDatabase server) {
    server.sql(
        "CREATE TABLE odd (id int, feeling mood, feelings mood[], place inet, note text, day date,"
            + " bits varbit, doc jsonb, bytes bytea, texts text[])");
    try (Database db = database(server)) {
      String note = "tab\t, newline\n, cr\r, back\\slash, \\N, \\., 'quote', Ünï \uD83D\uDC18";
      await(
          db.copyIn(
              "odd",
              List.of(
                  Arrays.asList(
                      1,
                      "happy",
                      List.of("sad", "happy"),
                      "10.0.0.1",
                      note,
                      java.time.LocalDate.of(2024, 2, 29),
                      "101",
                      Map.of("a\n", List.of(1, "\\")),
                      new byte[] {0, 1, (byte) 0xff},
                      List.of("a,b", "c\\d", "e\tf")),
                  Collections.nCopies(10, null))));
      assertThat(await(db.fetchOne("SELECT * FROM odd WHERE id = 1")).asMap().values().toString())
          .contains("happy", "10.0.0.1", note, "2024-02-29", "101");
      assertThat(
              server.query(
                  "SELECT count(*) FROM odd WHERE feelings = '{sad,happy}' AND doc ="
                      + " '{\"a\\n\": [1, \"\\\\\"]}' AND bytes = '\\x0001ff' AND texts ="
                      + " ARRAY['a,b', E'c\\\\d', E'e\\tf']"))
          .containsExactly(List.of(1L));
      assertThatThrownBy(
              () ->
                  await(
                      db.copyIn(
                          CopyRecords.into("odd").columns("id", "feeling"),
                          List.of(List.of(2, "furious")))))
          .isInstanceOfSatisfying(
              InvalidTextRepresentation.class,
              refused -> assertThat(refused.where()).contains("COPY odd, line 1, column feeling"));
    }
  }

  @Test
  void asTextTakesWhatPostgresqlReads(TestDatabase server) {
    try (Database db = database(server)) {
      await(
          db.copyIn(
              CopyRecords.into("items").columns("name", "price", "created").asText(),
              List.of(List.of("a", "1.25", "2024-03-01"), List.of("b", 2, "yesterday"))));
      assertThat(items(server)).extracting(row -> row.get(2)).containsExactly("1.25", "2.00");
    }
  }

  @Test
  void conditionsAndFreezeReachTheServer(TestDatabase server) {
    try (Database db = database(server)) {
      CopyRecords some =
          CopyRecords.into("t").where(where("id", atLeast(90)).and("name", "n'95\\").or("id", 3));
      List<List<Object>> records = new ArrayList<>();
      numbered(100).forEach(records::add);
      records.set(95, List.of(95, "n'95\\"));
      assertThat(await(db.copyIn(some, records))).isEqualTo(2);
      assertThat(await(db.fetch(Integer.class, "SELECT id FROM t ORDER BY id")))
          .containsExactly(3, 95);
      CopyRecords frozen = CopyRecords.into(TableName.of("public", "t")).freeze();
      Long copied =
          await(
              db.transaction(
                  tx ->
                      tx.execute("TRUNCATE t")
                          .thenCompose(done -> tx.copyIn(frozen, numbered(10)))));
      assertThat(copied).isEqualTo(10);
    }
  }

  @Test
  void progressIsToldAndEndsWithTheWhole(TestDatabase server) {
    List<CopyProgress> told = Collections.synchronizedList(new ArrayList<>());
    List<String> threads = Collections.synchronizedList(new ArrayList<>());
    try (Database db = database(server)) {
      CopyRecords copy =
          CopyRecords.into("t")
              .onProgress(
                  progress -> {
                    told.add(progress);
                    threads.add(Thread.currentThread().getName());
                    throw new IllegalStateException("a callback's own trouble");
                  });
      assertThat(await(db.copyIn(copy, numbered(200_000)))).isEqualTo(200_000);
      assertThat(told).isSortedAccordingTo((a, b) -> Long.compare(a.bytes(), b.bytes()));
      assertThat(told.get(told.size() - 1).rows()).isEqualTo(200_000);
      assertThat(told.get(told.size() - 1).bytes()).isGreaterThan(2_000_000);
      assertThat(threads).noneMatch(name -> name.contains("howdah"));
    }
  }
}
