package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.UnknownColumn;
import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
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
  void fallbackStandsForAMissingColumnAndForNull() {
    Row row = row(List.of("age", "name", "tags"), null, "Anna", List.of("a"));
    assertThat(row.get("age", 18)).isEqualTo(18);
    assertThat(row.get("size", 18L)).isEqualTo(18L);
    assertThat(row.get("name", "?")).isEqualTo("Anna");
    assertThat(row.get("tags", List.of())).containsExactly("a");
    assertThat(row.get("no_tags", List.of("none"))).containsExactly("none");
    assertThat(row.get("age", Integer.class, 7)).isEqualTo(7);
    assertThat(row.get("age", int.class, 7)).isEqualTo(7);
    assertThat(row.get("name", String.class, "?")).isEqualTo("Anna");
  }

  enum Level {
    LOW,
    HIGH {
      @Override
      public String toString() {
        return "high";
      }
    }
  }

  @Test
  void fallbackSaysTheTypeAndTheValueMustFitIt() {
    Row row = row(List.of("n", "level", "doc", "j"), 5, "low", "{\"a\": 1}", "null");
    assertThat(row.get("n", 0L)).isEqualTo(5L);
    assertThat(row.get("level", Level.HIGH)).isEqualTo(Level.LOW);
    assertThat(row.get("doc", Map.of("none", 0))).isEqualTo(Map.of("a", 1));
    assertThat(row.get("j", Map.of("none", 0))).isEqualTo(Map.of("none", 0));
    assertThatThrownBy(() -> row.get("level", 0))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith("column 'level': there is no conversion from String to Integer");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void fallbackIsNotNull() {
    String none = null;
    assertThatThrownBy(() -> ANNA.get("user_name", none))
        .isInstanceOf(WrongArguments.class)
        .hasMessage(
            "the fallback for column 'user_name' must not be null: use get(column, type) where null"
                + " may come");
    assertThat(ANNA.get("age", Integer.class, null)).isNull();
  }

  @Test
  void typesWithArgumentsAreReadByName() throws NoSuchFieldException {
    Type longs = Holder.class.getDeclaredField("longs").getGenericType();
    Row row = row(List.of("a", "b"), List.of(1, 2), null);
    assertThat(row.get("a", longs)).isEqualTo(List.of(1L, 2L));
    assertThat(row.get("b", longs)).isNull();
    assertThatThrownBy(() -> row.get("c", longs)).isInstanceOf(UnknownColumn.class);
  }

  static class Holder {
    List<Long> longs = List.of();
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
  void printingOfManyColumnsAndNestedListsIsBoundedToo() {
    List<String> names = IntStream.range(0, 1600).mapToObj(i -> "column_" + i).toList();
    Object[] values = names.stream().map(name -> "x".repeat(500)).toArray();
    assertThat(Row.of(Columns.of(names), values).toString())
        .startsWith("{column_0=xxx")
        .endsWith(", … (1600 columns)}")
        .hasSizeLessThan(3000);

    Object deep = "x".repeat(500);
    for (int i = 0; i < 6; i++) {
      deep = Collections.nCopies(30, deep);
    }
    Row nested = Row.owning(Columns.of(List.of("deep", "after")), new Object[] {deep, 1});
    assertThat(nested.toString())
        .startsWith("{deep=[[[[[[xxx")
        .contains("… (30 elements)]")
        .endsWith(", … (2 columns)}")
        .hasSizeLessThan(3000);
  }

  @Test
  void arraysAndMapsArePrintedByContent() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a", new int[] {1, 2});
    map.put("b", new byte[] {3});
    assertThat(row(List.of("m", "o"), map, new Object[] {null, "x", new byte[] {4}}))
        .hasToString("{m={a=[1, 2], b=\\x03}, o=[null, x, \\x04]}");
    for (int i = 0; i < 100; i++) {
      map.put("k" + i, i);
    }
    assertThat(row(List.of("m"), map).toString()).endsWith("k17=17, … (102 entries)}}");
  }

  @Test
  void arraysInsideMapsAndArraysCompareByContent() {
    Map<String, Object> map = new HashMap<>();
    map.put("a", new byte[] {1});
    Object[] array = {List.of(new byte[] {1}), new int[] {2}};
    Row row = row(List.of("m", "o"), map, array);
    Row twin =
        row(
            List.of("m", "o"),
            Map.of("a", new byte[] {1}),
            new Object[] {List.of(new byte[] {1}), new int[] {2}});
    assertThat(row).isEqualTo(twin).hasSameHashCodeAs(twin);
    assertThat(row)
        .isNotEqualTo(row(List.of("m", "o"), Map.of("a", new byte[] {2}), array))
        .isNotEqualTo(row(List.of("m", "o"), Map.of("b", new byte[] {1}), array))
        .isNotEqualTo(row(List.of("m", "o"), map, new Object[] {List.of(new byte[] {1})}));

    map.put("a", new byte[] {9});
    ((byte[]) ((Map<?, ?>) row.get("m")).get("a"))[0] = 9;
    assertThat(row).isEqualTo(twin);
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
