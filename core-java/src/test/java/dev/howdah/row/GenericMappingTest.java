package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GenericMappingTest {

  record Box<T>(T value, List<T> more) {}

  record Pair<A, B>(A first, B second, Optional<Map<String, B>> byName, B[] array) {}

  record Holder(int id, Box<Long> box, @Nullable Box<String> label) {}

  /** Types with arguments, by the names of its fields. */
  @SuppressWarnings("UnusedVariable")
  static class Types {
    @Nullable Box<Long> box;
    @Nullable Box<List<? extends Number>> lists;
    @Nullable Pair<Integer, Long> pair;
    @Nullable List<Long> longs;
    @Nullable Map<String, String> texts;
    @Nullable Map<String, Object> values;
    @Nullable Box<Box<Long>> boxes;
  }

  private static Type type(String field) {
    try {
      return Types.class.getDeclaredField(field).getGenericType();
    } catch (NoSuchFieldException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  private static @Nullable Object map(String field, Row row) {
    return RowMappers.of(type(field)).map(row);
  }

  @Test
  void typeArgumentsReachTheComponents() {
    Row row = row(List.of("value", "more"), 1, List.of(2, 3));
    assertThat(map("box", row)).isEqualTo(new Box<>(1L, List.of(2L, 3L)));
    assertThat(row.as(Box.class)).isEqualTo(new Box<Object>(1, List.of(2, 3)));
    assertThatThrownBy(() -> map("box", row(List.of("value", "more"), "x", List.of())))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith(
            "column 'value' for component 'value' of record Box: there is no conversion from String"
                + " to Long");
  }

  @Test
  void typeArgumentsReachIntoContainers() {
    Pair<?, ?> pair =
        (Pair<?, ?>)
            map(
                "pair",
                row(
                    List.of("first", "second", "by_name", "array"),
                    1L,
                    2,
                    "{\"a\": 3}",
                    List.of(4)));
    assertThat(pair.first()).isEqualTo(1);
    assertThat(pair.second()).isEqualTo(2L);
    assertThat(pair.byName()).isEqualTo(Optional.of(Map.of("a", 3L)));
    assertThat(pair.array()).isInstanceOf(Long[].class).isEqualTo(new Long[] {4L});
    assertThat(map("lists", row(List.of("value", "more"), List.of(1), null)))
        .isEqualTo(new Box<>(List.of(1), null));
  }

  @Test
  void nestedRecordsKnowTheirTypeArguments() {
    List<String> names = List.of("id", "box_value", "box_more", "label.value", "label.more");
    assertThat(row(names, 1, 2, List.of(3), "x", List.of("y")).as(Holder.class))
        .isEqualTo(new Holder(1, new Box<>(2L, List.of(3L)), new Box<>("x", List.of("y"))));
    assertThat(map("boxes", row(List.of("value_value", "value_more", "more"), 1, null, null)))
        .isEqualTo(new Box<>(new Box<>(1L, null), null));
  }

  @Test
  void singleValuesAndMapsMayHaveTypeArguments() {
    assertThat(map("longs", row(List.of("a"), List.of(1, 2)))).isEqualTo(List.of(1L, 2L));
    assertThatThrownBy(() -> map("longs", row(List.of("a", "b"), 1, 2)))
        .hasMessageStartingWith("List<Long> needs one column, the row has a, b");
    Row row = row(List.of("b", "a", "b"), 1, null, 2);
    assertThat(map("texts", row).toString()).isEqualTo("{b=1, a=null}");
    assertThat(((Map<?, ?>) map("texts", row)).get("b")).isEqualTo("1");
    assertThat(map("values", row)).isEqualTo(row.asMap());
    assertThat(RowMappers.of((Type) Holder.class)).isSameAs(RowMappers.of(Holder.class));
  }
}
