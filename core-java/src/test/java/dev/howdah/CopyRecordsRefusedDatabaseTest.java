package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.UnknownTable;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.IntegrityViolation.UniqueViolation;
import dev.howdah.query.CopyRecords;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that do not fit their table, and what the error says of them. */
@PostgresTest
class CopyRecordsRefusedDatabaseTest {
  @BeforeEach
  void tables(TestDatabase server) {
    Copies.createTables(server);
  }

  private static Database database(TestDatabase server) {
    return await(Database.connect(server.url()));
  }

  private static List<List<@Nullable Object>> items(TestDatabase server) {
    return server.query(
        "SELECT item_id, name, price::text, created::text, note FROM items ORDER BY item_id");
  }

  @Test
  void oneRecordCannotLeaveToItsDefaultWhatAnotherGives(TestDatabase server) {
    try (Database db = database(server)) {
      Map<String, Object> bare = Map.of("name", "a");
      Map<String, Object> dated = Map.of("name", "b", "created", java.time.LocalDate.EPOCH);
      assertThatThrownBy(() -> await(db.copyIn("items", List.of(bare, dated))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 1 of copyIn")
          .hasMessageContaining("'created'")
          .hasMessageContaining("columns(…)");
      assertThatThrownBy(() -> await(db.copyIn("items", List.of(dated, bare))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 1 of copyIn")
          .hasMessageContaining("'created'");
      assertThatThrownBy(
              () ->
                  await(
                      db.copyIn(
                          "items",
                          List.of(
                              new CopyRecordsDatabaseTest.Item(null, "a", Optional.empty()),
                              new CopyRecordsDatabaseTest.Item(7L, "b", Optional.empty())))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 1 of copyIn")
          .hasMessageContaining("'item_id'");
      assertThat(items(server)).isEmpty();
    }
  }

  @Test
  void whatIsNoRecordIsRefusedByNumber(TestDatabase server) {
    try (Database db = database(server)) {
      List<Object> records = new ArrayList<>();
      CopyRecordsDatabaseTest.numbered(1_000).forEach(records::add);
      for (Object wrong :
          Arrays.asList(null, 5, "text", new int[] {1, 2}, Map.of(1, 2), List.of(1))) {
        records.set(700, wrong);
        assertThatThrownBy(() -> await(db.copyIn("t", records)))
            .as("%s", wrong)
            .isInstanceOf(WrongArguments.class)
            .hasMessageContaining("record 700 of copyIn (from 0)");
      }
      assertThatThrownBy(() -> await(db.copyIn("t", Collections.singletonList(null))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 0 of copyIn");
      records.set(700, Map.of("id", 700, "nmae", "x"));
      assertThatThrownBy(() -> await(db.copyIn("t", records)))
          .isInstanceOf(UnknownColumn.class)
          .hasMessageContaining("record 700 of copyIn")
          .hasMessageContaining("nmae");
      assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(0L);
      assertThat(db.status().inUse()).isZero();
    }
  }

  @Test
  void aValueOutOfRangeNamesItsRecordAndColumn(TestDatabase server) {
    server.sql("CREATE TABLE small (a int2, b int4, c float4, d date)");
    try (Database db = database(server)) {
      Map<Object[], String> wrong = new LinkedHashMap<>();
      wrong.put(new Object[] {40_000, 1, 1f, null}, "column 'a' of table 'small' (int2)");
      wrong.put(new Object[] {1, 1L << 31, 1f, null}, "whole numbers from -2147483648");
      wrong.put(new Object[] {1, 1.5, 1f, null}, "has a fraction");
      wrong.put(new Object[] {1, 1, 1e300, null}, "column 'c' of table 'small' (float4)");
      wrong.put(new Object[] {1, 1, 1f, "2024-01-01"}, "asText()");
      wrong.put(new Object[] {"1", 1, 1f, null}, "takes a whole number");
      wrong.forEach(
          (record, why) ->
              assertThatThrownBy(
                      () ->
                          await(db.copyIn("small", List.of(new Object[] {1, 1, 1f, null}, record))))
                  .isInstanceOf(WrongArguments.class)
                  .hasMessageStartingWith("record 1 of copyIn (from 0): column '")
                  .hasMessageContaining(why));
      assertThatThrownBy(() -> await(db.copyIn("t", List.of(List.of(1, "a\0b")))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("column 'name'")
          .hasMessageContaining("NUL");
      assertThatThrownBy(() -> await(db.copyIn("t", List.of(List.of(1, "a\ud800")))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("unpaired surrogate");
    }
  }

  @Test
  void unknownTablesAreRefusedBeforeAnythingIsPulled(TestDatabase server) {
    AtomicInteger pulled = new AtomicInteger();
    try (Database db = database(server)) {
      assertThatThrownBy(
              () ->
                  await(
                      db.copyIn(
                          "nowhere",
                          () -> {
                            pulled.incrementAndGet();
                            return Collections.emptyIterator();
                          })))
          .isInstanceOf(UnknownTable.class)
          .hasMessageContaining("nowhere");
      assertThat(pulled).hasValue(0);
      assertThat(await(db.copyIn("t", List.of()))).isZero();
      assertThatThrownBy(() -> db.copyIn("t", (Iterable<?>) null))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.copyIn((CopyRecords) null, List.of()))
          .isInstanceOf(WrongArguments.class);
    }
  }

  @Test
  void theServersRefusalOfARowArrivesWithItsContext(TestDatabase server) {
    try (Database db = database(server)) {
      AtomicInteger pulled = new AtomicInteger();
      Iterable<List<Object>> doubled =
          () ->
              IntStream.range(0, 50_000_000)
                  .peek(i -> pulled.set(i))
                  .<List<Object>>mapToObj(i -> List.of(i == 70_000 ? 5 : i, "n"))
                  .iterator();
      assertThatThrownBy(() -> await(db.copyIn("t", doubled)))
          .isInstanceOfSatisfying(
              UniqueViolation.class,
              duplicate -> {
                assertThat(duplicate.where()).isEqualTo("COPY t, line 70001");
                assertThat(duplicate.sql()).startsWith("COPY \"t\"");
              });
      // It stopped pulling long before the end.
      assertThat(pulled.get()).isLessThan(49_000_000);
      assertThat(server.query("SELECT count(*) FROM t").get(0).get(0)).isEqualTo(0L);
      assertThat(await(db.fetchValue(Integer.class, "SELECT 42"))).contains(42);
    }
  }

  @Test
  void aGetterThatThrowsIsNamed(TestDatabase server) {
    record Broken(int id, String name) {
      @Override
      public String name() {
        throw new IllegalStateException("mine");
      }
    }
    try (Database db = database(server)) {
      assertThatThrownBy(() -> await(db.copyIn("t", List.of(new Broken(1, "a")))))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("record 0 of copyIn")
          .hasMessageContaining("'name'")
          .hasRootCauseMessage("mine");
    }
  }
}
