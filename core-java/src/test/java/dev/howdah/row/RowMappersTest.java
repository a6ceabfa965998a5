package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowMappersTest {

  record Point(int x, int y) {}

  private static Row row(List<String> names, @Nullable Object... values) {
    return Row.of(Columns.of(names), values);
  }

  private static final Row TWO = row(List.of("a", "b"), 1, "x");

  @Test
  void rowsAndMapsComeAsTheyAre() {
    assertThat(RowMappers.of(Row.class).map(TWO)).isSameAs(TWO);
    assertThat(RowMappers.rows().map(TWO)).isSameAs(TWO);
    assertThat((Object) RowMappers.of(Map.class).map(TWO)).isEqualTo(Map.of("a", 1, "b", "x"));
    assertThatThrownBy(() -> RowMappers.of(HashMap.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("HashMap cannot be made from a row: ask for Map");
  }

  @Test
  void singleValuesNeedOneColumn() {
    assertThat(RowMappers.of(Long.class).map(row(List.of("a"), 1))).isEqualTo(1L);
    assertThat(RowMappers.of(Object.class).map(row(List.of("a"), 1))).isEqualTo(1);
    assertThat(RowMappers.of(int[].class).map(row(List.of("a"), List.of(1)))).containsExactly(1);
    assertThat(RowMappers.of(Long.class).map(row(List.of("a"), (Object) null))).isNull();
    assertThatThrownBy(() -> RowMappers.of(Long.class).map(TWO))
        .isInstanceOf(MappingFailure.class)
        .hasMessage(
            "Long.class needs one column, the row has a, b: name a record, a class, Map or Row for"
                + " several");
    assertThatThrownBy(() -> RowMappers.of(Object[].class).map(TWO))
        .hasMessageStartingWith("Object[].class needs one column");
    assertThatThrownBy(() -> RowMappers.of(Long.class).map(row(List.of())))
        .hasMessage("Long.class needs one column, the row has no columns");
    assertThatThrownBy(() -> RowMappers.of(void.class)).isInstanceOf(MappingFailure.class);
  }

  @Test
  void valueTakesTheFirstColumn() {
    assertThat(RowMappers.value(Long.class).map(TWO)).isEqualTo(1L);
    assertThat((Object) RowMappers.value(Map.class).map(row(List.of("j"), "{\"a\":1}")))
        .isEqualTo(Map.of("a", 1));
    assertThatThrownBy(() -> RowMappers.value(UUID.class).map(TWO))
        .hasMessage("column 'a': there is no conversion from Integer to UUID");
    assertThatThrownBy(() -> RowMappers.value(Long.class).map(row(List.of())))
        .isInstanceOf(MappingFailure.class);
  }

  @Test
  void singleValuesAreTold() {
    for (Class<?> type :
        new Class<?>[] {
          int.class,
          Long.class,
          String.class,
          UUID.class,
          byte[].class,
          String[].class,
          List.class,
          Optional.class,
          Object.class,
          Json.class,
          Interval.class,
          Thread.State.class,
          java.net.InetAddress.class
        }) {
      assertThat(RowMappers.isSingleValue(type)).as(type.getName()).isTrue();
    }
    for (Class<?> type : new Class<?>[] {Row.class, Map.class, HashMap.class, Point.class}) {
      assertThat(RowMappers.isSingleValue(type)).as(type.getName()).isFalse();
    }
  }

  @Test
  void aMapperIsMadeOncePerClass() {
    assertThat(RowMappers.of(Point.class)).isSameAs(RowMappers.of(Point.class));
  }

  @Test
  void strictNeedsParts() {
    assertThatThrownBy(() -> RowMappers.strict(Long.class))
        .isInstanceOf(MappingFailure.class)
        .hasMessage("Long has no parts to compare with the columns: use of, not strict");
  }

  private static MapperProvider answering(Class<?> known, Object answer, List<Class<?>> asked) {
    return new MapperProvider() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> @Nullable RowMapper<T> mapperFor(Class<T> type) {
        asked.add(type);
        return type == known ? row -> (T) answer : null;
      }
    };
  }

  @Test
  void theFirstProviderThatAnswersWins() {
    List<Class<?>> asked = new ArrayList<>();
    MapperCache cache =
        new MapperCache(
            List.of(
                answering(String.class, "never asked", asked),
                answering(Point.class, new Point(8, 8), asked),
                answering(Point.class, new Point(9, 9), asked)));
    assertThat(cache.of(Point.class).map(TWO)).isEqualTo(new Point(8, 8));
    assertThat(cache.of(Point.class).map(TWO)).isEqualTo(new Point(8, 8));
    assertThat(cache.of(String.class).map(row(List.of("a"), "s"))).isEqualTo("s");
    assertThat(asked).containsExactly(Point.class, Point.class);
  }

  /** Found through a service file that the test writes. */
  public static final class Found implements MapperProvider {
    @Override
    public <T> @Nullable RowMapper<T> mapperFor(Class<T> type) {
      return null;
    }
  }

  @Test
  void providersAreFoundAndBrokenOnesLeftOut(@TempDir Path folder) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(MapperProvider.class.getName()),
        "no.such.Provider\n" + Found.class.getName() + "\n");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      assertThat(Services.installed(MapperProvider.class, loader))
          .hasOnlyElementsOfType(Found.class)
          .hasSize(1);
    }
  }

  @Test
  void blueprintsFollowTheSameRules() {
    List<Blueprint.Part> parts =
        List.of(
            new Blueprint.Part("pointX", int.class, null, false, false),
            new Blueprint.Part("label", String.class, null, true, false));
    RowMapper<String> mapper =
        new Blueprint<>(
                String.class,
                "data class",
                parts,
                values -> values[0] + (values[1] == Blueprint.ABSENT ? " absent" : " " + values[1]))
            .mapper();
    assertThat(mapper.map(row(List.of("point_x"), 1L))).isEqualTo("1 absent");
    assertThat(mapper.map(row(List.of("point_x", "LABEL"), 1L, "here"))).isEqualTo("1 here");
    assertThatThrownBy(() -> mapper.map(row(List.of("point_x", "label"), 1, null)))
        .isInstanceOf(MappingFailure.class)
        .hasMessageStartingWith(
            "column 'label' for property 'label' of data class String: the value is null, which"
                + " String cannot hold");
    assertThatThrownBy(() -> mapper.map(row(List.of("label"), "x")))
        .hasMessage("data class String has no value for property 'pointX': the row has label");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void nullIsNoType() {
    Class<String> none = null;
    assertNoType(() -> RowMappers.of(none));
    assertNoType(() -> RowMappers.strict(none));
    assertNoType(() -> RowMappers.value(none));
    assertNoType(() -> TWO.get(0, none));
    assertNoType(() -> TWO.as(none));
  }

  private static void assertNoType(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(WrongArguments.class)
        .hasMessage("the type must not be null");
  }

  @Test
  void typeOfAnUnknownKindIsRefused() {
    Type odd =
        new Type() {
          @Override
          public String getTypeName() {
            return "odd";
          }
        };
    assertThatThrownBy(() -> TWO.get(0, odd))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("odd");
  }
}
