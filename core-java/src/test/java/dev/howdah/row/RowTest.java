package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.UnknownColumn;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTest {

  record User(int userId, String userName) {}

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  private static final Row ANNA = row(List.of("user_id", "user_name"), 1, "Anna");

  @Test
  void valuesAreReadByIndexAndName() {
    assertThat(ANNA.get(0)).isEqualTo(1);
    assertThat(ANNA.get("user_name")).isEqualTo("Anna");
    assertThat(ANNA.get("user_id", Long.class)).isEqualTo(1L);
    assertThat(ANNA.get(0, long.class)).isEqualTo(1L);
    assertThat(ANNA.size()).isEqualTo(2);
    assertThat(ANNA.columns().names()).containsExactly("user_id", "user_name");
  }

  @Test
  void unknownColumnsAndIndexesAreNamed() {
    assertThatThrownBy(() -> ANNA.get("name"))
        .isInstanceOf(UnknownColumn.class)
        .hasMessage("no column 'name'; the row has: user_id, user_name");
    assertThatThrownBy(() -> ANNA.get(5))
        .isInstanceOf(UnknownColumn.class)
        .hasMessage("index 5 is outside 0..1; the row has: user_id, user_name");
    assertThatThrownBy(() -> ANNA.get(-1, String.class)).isInstanceOf(UnknownColumn.class);
    assertThatThrownBy(() -> row(List.of()).get(0))
        .hasMessage("index 0 is outside: the row has no columns");
  }

  @Test
  void nullIsNullExceptForPrimitives() {
    Row row = row(List.of("age"), (Object) null);
    assertThat(row.get(0)).isNull();
    assertThat(row.get("age", Integer.class)).isNull();
    assertThatThrownBy(() -> row.get("age", int.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "column 'age': the value is null, which int cannot hold: let it take null, or use"
                + " COALESCE in SQL");
  }

  @Test
  void equalNamesKeepAllValues() {
    Row row = row(List.of("id", "name", "id"), 1, "a", 2);
    assertThat(row.get("id")).isEqualTo(1);
    assertThat(row.get(2)).isEqualTo(2);
    assertThat(row.values()).containsExactly(1, "a", 2);
    assertThat(row.asMap()).containsExactly(Map.entry("id", 1), Map.entry("name", "a"));
    assertThat(row).hasToString("{id=1, name=a, id=2}");
  }

  @Test
  void aFirstNullOfEqualNamesIsKeptInTheMap() {
    assertThat(row(List.of("id", "id"), null, 2).asMap()).containsEntry("id", null).hasSize(1);
  }

  @Test
  void mapAndListCannotBeChanged() {
    assertThatThrownBy(() -> ANNA.asMap().put("a", 1))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ANNA.values().set(0, 2))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] given = {1, 2, 3};
    List<@Nullable Object> list = new ArrayList<>(Arrays.asList(given, null));
    Row row = row(List.of("bytes", "list"), given, list);
    Row before = row(List.of("bytes", "list"), given.clone(), List.copyOf(list.subList(0, 1)));
    given[0] = 9;
    list.set(1, given);

    ((byte[]) row.get(0))[1] = 9;
    row.get("bytes", byte[].class)[1] = 9;
    ((byte[]) row.values().get(0))[1] = 9;
    ((byte[]) row.asMap().get("bytes"))[1] = 9;
    ((byte[]) row.get(0, Object.class))[1] = 9;
    ((byte[]) row.get("list", List.class).get(0))[1] = 9;
    ((byte[]) ((List<?>) row.get("list")).get(0))[1] = 9;
    row.get(1, byte[][].class)[0][1] = 9;

    assertThat((byte[]) row.get(0)).containsExactly(1, 2, 3);
    assertThat((byte[]) row.get("list", List.class).get(0)).containsExactly(1, 2, 3);
    assertThat(row.get("list", List.class).get(1)).isNull();
    assertThat(row).isNotEqualTo(before);
  }

  @Test
  void arrayOfValuesIsCopiedUnlessOwned() {
    @Nullable Object[] values = {1};
    Columns columns = Columns.of(List.of("a"));
    Row copied = Row.of(columns, values);
    Row owned = Row.owning(columns, values);
    values[0] = 2;
    assertThat(copied.get(0)).isEqualTo(1);
    assertThat(owned.get(0)).isEqualTo(2);
  }

  @Test
  void oneValuePerColumnIsRequired() {
    assertThatThrownBy(() -> row(List.of("a", "b"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 columns, but 1 values: give one for each");
  }

  @Test
  void equalityGoesByNamesAndContent() {
    assertThat(row(List.of("a", "b"), new byte[] {1}, List.of(List.of(1))))
        .isEqualTo(row(List.of("a", "b"), new byte[] {1}, List.of(List.of(1))))
        .hasSameHashCodeAs(row(List.of("a", "b"), new byte[] {1}, List.of(List.of(1))))
        .isNotEqualTo(row(List.of("a", "b"), new byte[] {2}, List.of(List.of(1))))
        .isNotEqualTo(row(List.of("a", "c"), new byte[] {1}, List.of(List.of(1))))
        .isNotEqualTo(row(List.of("a", "b"), new byte[] {1}, List.of(List.of(1L))));
    assertThat(row(List.of("n"), new BigDecimal("1.0")))
        .isNotEqualTo(row(List.of("n"), new BigDecimal("1.00")));
    assertThat(row(List.of("n"), Double.NaN)).isEqualTo(row(List.of("n"), Double.NaN));
  }

  @Test
  void randomRowsEqualTheirCopiesAndNothingElse() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      int size = 1 + random.nextInt(12);
      List<String> names = random.ints(size, 0, 20).mapToObj(n -> "c" + n).toList();
      @Nullable Object[] values = new @Nullable Object[size];
      for (int c = 0; c < size; c++) {
        values[c] = randomValue(random, 2);
      }
      Row row = Row.of(Columns.of(names), values);
      Row twin = Row.of(Columns.of(new ArrayList<>(names)), row.values().toArray());
      assertThat(twin).as("seed %d", seed).isEqualTo(row).hasSameHashCodeAs(row);
      assertThat(twin.toString()).as("seed %d", seed).isEqualTo(row.toString());

      int changed = random.nextInt(size);
      values[changed] = "something no random value is";
      assertThat(Row.of(Columns.of(names), values)).as("seed %d", seed).isNotEqualTo(row);
    }
  }

  private static @Nullable Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 9)) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong();
      case 3 -> random.nextBoolean() ? Double.NaN : random.nextDouble();
      case 4 -> new BigDecimal(random.nextInt(1000)).movePointLeft(random.nextInt(4));
      case 5 -> new UUID(random.nextLong(), random.nextLong());
      case 6 -> randomBytes(random);
      case 7 -> Instant.ofEpochSecond(random.nextInt());
      default -> randomList(random, depth - 1);
    };
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<@Nullable Object> randomList(Random random, int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(randomValue(random, depth));
    }
    return list;
  }

  @Test
  void printingIsBounded() {
    Row row =
        row(
            List.of("text", "bytes", "short", "list", "nothing"),
            "x".repeat(1_000_000),
            new byte[100_000],
            new byte[] {(byte) 0xca, (byte) 0xfe},
            java.util.Collections.nCopies(100_000, 1),
            null);
    assertThat(row.toString())
        .startsWith("{text=xxx")
        .contains("x… (1000000 characters), bytes=\\x0000")
        .contains("… (100000 bytes), short=\\xcafe, list=[1, 1")
        .endsWith("1, … (100000 elements)], nothing=null}")
        .hasSizeLessThan(1000);
  }

  @Test
  void printingDoesNotCutACharacterInTwo() {
    String text = "x".repeat(199) + "😀".repeat(10);
    assertThat(row(List.of("t"), text).toString())
        .isEqualTo("{t=" + "x".repeat(199) + "… (219 characters)}");
  }

  @Test
  void aRowBecomesRecordsMapsAndValues() {
    assertThat(ANNA.as(User.class)).isEqualTo(new User(1, "Anna"));
    assertThat((Object) ANNA.as(Map.class)).isEqualTo(Map.of("user_id", 1, "user_name", "Anna"));
    assertThat(ANNA.as(Row.class)).isSameAs(ANNA);
    assertThat(row(List.of("n"), 5).as(Long.class)).isEqualTo(5L);
    assertThatThrownBy(() -> row(List.of("n"), (Object) null).as(Long.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessageContaining("the row's only value is null, which is no Long");
  }
}
