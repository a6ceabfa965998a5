package dev.howdah.internal.tables;

import static dev.howdah.query.Clauses.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.schema.SampleTables;
import dev.howdah.schema.TableColumn;
import dev.howdah.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final TableDefinition USERS = SampleTables.users();
  private static final Map<String, Object> ID = Map.of("user_id", 1);
  private static final Map<String, Object> NAME = Map.of("user_name", "x");
  private static final Map<String, Object> TAGS = Map.of("user_id", 1, "tags", List.of("a"));

  private static List<@Nullable Object[]> rows(List<?> records) {
    return Records.of(records).rows(USERS);
  }

  private static List<Batch> inOrder(List<?> records) {
    return Batches.inOrder(USERS, rows(records));
  }

  private static <T> List<T> times(int count, T record) {
    return Collections.nCopies(count, record);
  }

  private static String shape(Batch batch) {
    return (batch.arrays() ? "arrays " : "values ")
        + batch.rows().size()
        + " "
        + String.join(",", batch.columns().stream().map(TableColumn::name).toList());
  }

  private static List<String> shapes(List<Batch> batches) {
    return batches.stream().map(BatchesTest::shape).toList();
  }

  @Test
  void nothingNeedsNoStatement() {
    assertThat(inOrder(List.of())).isEmpty();
  }

  @Test
  void oneRowIsAListOfValuesAndManyAreArrays() {
    assertThat(shapes(inOrder(List.of(ID)))).containsExactly("values 1 user_id");
    assertThat(shapes(inOrder(times(2, ID)))).containsExactly("arrays 2 user_id");
    assertThat(shapes(inOrder(times(25_000, ID))))
        .containsExactly("arrays 10000 user_id", "arrays 10000 user_id", "arrays 5000 user_id");
  }

  @Test
  void rowsOfDifferentKeysKeepTheirOrder() {
    List<Object> records = new ArrayList<>();
    records.addAll(times(60, ID));
    records.addAll(List.of(NAME, ID, NAME, Map.of()));
    records.addAll(times(60, NAME));
    List<Batch> batches = inOrder(records);
    assertThat(shapes(batches))
        .containsExactly("arrays 60 user_id", "values 4 user_id,user_name", "arrays 60 user_name");
    assertThat(batches.stream().flatMap(batch -> batch.slots().stream()).toList())
        .isEqualTo(IntStream.range(0, 124).boxed().toList());
  }

  @Test
  void listsOfValuesStayBelowTheirLimits() {
    List<Object> records = new ArrayList<>();
    IntStream.range(0, 5_000).forEach(i -> records.add(i % 2 == 0 ? ID : NAME));
    assertThat(inOrder(records))
        .hasSize(5)
        .allSatisfy(batch -> assertThat(batch.rows()).hasSize(Batches.VALUE_ROWS));
    assertThat(inOrder(times(2_500, TAGS)))
        .hasSize(3)
        .allSatisfy(batch -> assertThat(batch.arrays()).isFalse());
  }

  @Test
  void arraysCompositesAndSqlDoNotTravelAsArrays() {
    assertThat(shapes(inOrder(times(3, TAGS)))).containsExactly("values 3 user_id,tags");
    assertThat(shapes(inOrder(times(3, Map.of("spot", "(1,2)"))))).containsExactly("values 3 spot");
    assertThat(shapes(inOrder(List.of(ID, Map.of("user_id", sql("1 + 1")), ID))))
        .containsExactly("values 3 user_id");
    assertThat(shapes(inOrder(times(3, Map.of())))).containsExactly("values 3 ");
  }

  @Test
  void bigValuesMakeSmallStatements() {
    Map<String, Object> big = Map.of("user_name", "x".repeat(6 << 20));
    assertThat(shapes(inOrder(times(5, big))))
        .containsExactly("arrays 2 user_name", "arrays 2 user_name", "values 1 user_name");
  }

  @Test
  void shapesAreGatheredWhereTheOrderIsFree() {
    List<Batch> batches = Batches.byShape(USERS, rows(List.of(ID, NAME, ID, TAGS, NAME)));
    assertThat(shapes(batches))
        .containsExactly("arrays 2 user_id", "arrays 2 user_name", "values 1 user_id,tags");
    assertThat(batches.stream().map(Batch::slots).toList())
        .containsExactly(List.of(0, 2), List.of(1, 4), List.of(3));
  }

  @Test
  void rowsOfOneSlotNeverShareAStatement() {
    int[] slots = {0, 1, 0, 0, 2};
    List<Batch> batches = Batches.byRun(USERS, rows(times(5, ID)), slots);
    assertThat(batches.stream().map(Batch::slots).toList())
        .containsExactly(List.of(0, 1), List.of(0), List.of(0, 2));
    assertThat(Batches.singly(USERS, rows(times(5, ID)), slots)).hasSize(5);
  }
}
