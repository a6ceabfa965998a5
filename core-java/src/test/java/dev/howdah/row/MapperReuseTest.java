package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.Eventually;
import java.lang.ref.WeakReference;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class is matched with columns once for each shape of row, and kept no longer than needed. */
class MapperReuseTest {

  /** {@code List<Integer>}, which counts how often somebody looks what it is. */
  private static final class Counted implements ParameterizedType {
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Type[] getActualTypeArguments() {
      looks.incrementAndGet();
      return new Type[] {Integer.class};
    }

    @Override
    public Type getRawType() {
      looks.incrementAndGet();
      return List.class;
    }

    @Override
    public Type getOwnerType() {
      return List.class;
    }
  }

  @Test
  void namesAndTypesAreLookedUpOnceForEachShape() {
    Counted type = new Counted();
    RowMapper<Object> mapper =
        new Blueprint<>(
                Object.class,
                "class",
                List.of(new Blueprint.Part("userIds", type, null, false, false)),
                values -> values[0])
            .mapper();
    Columns columns = Columns.of(List.of("id", "user_ids"));
    mapper.map(Row.owning(columns, new Object[] {1, List.of(1L)}));
    int looks = type.looks.get();
    assertThat(looks).isPositive();

    for (int i = 0; i < 100_000; i++) {
      mapper.map(Row.owning(columns, new Object[] {i, List.of(1L)}));
    }
    Columns sameShape = Columns.of(List.of("id", "user_ids"));
    mapper.map(Row.owning(sameShape, new Object[] {1, List.of(1L)}));
    assertThat(type.looks).hasValue(looks);

    Columns otherShape = Columns.of(List.of("user_ids", "id"));
    mapper.map(Row.owning(otherShape, new Object[] {List.of(1L), 1}));
    assertThat(type.looks).hasValue(2 * looks);
  }

  @Test
  void strictAndLenientMappersAreMadeOnceToo() {
    record Point(int x) {}
    assertThat(RowMappers.strict(Point.class)).isSameAs(RowMappers.strict(Point.class));
    assertThat(RowMappers.lenient(Point.class))
        .isSameAs(RowMappers.lenient(Point.class))
        .isNotSameAs(RowMappers.strict(Point.class));
  }

  @Test
  void classesThatWereMappedCanBeUnloaded(@TempDir Path folder) throws Exception {
    WeakReference<ClassLoader> loader = loadAndMap(folder);
    Eventually.require(
        "the class loader is collected",
        () -> {
          System.gc();
          return loader.get() == null;
        });
  }

  private static WeakReference<ClassLoader> loadAndMap(Path folder) throws Exception {
    Path source = folder.resolve("Shop.java");
    Files.writeString(
        source,
        """
        import dev.howdah.row.KindColumn;
        import java.util.List;

        public class Shop {
          public record City(String name) {}
          public record Order(int id, City city, Status status, List<Status> history) {}
          public enum Status { OPEN, CLOSED }
          public static class Bean { public int id; public Status status; }
          @KindColumn("kind") public sealed interface Event {}
          public record Opened(int id) implements Event {}
        }
        """);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                Path.of(Row.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
    URLClassLoader loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, MapperReuseTest.class.getClassLoader());
    try (loader) {
      Row row =
          Row.of(
              Columns.of(List.of("id", "city_name", "status", "history", "kind")),
              new Object[] {1, "Riga", "open", List.of("closed"), "opened"});
      for (String name : List.of("Order", "Bean", "Event", "Status")) {
        Class<?> type = loader.loadClass("Shop$" + name);
        Row one = type.isEnum() ? Row.of(Columns.of(List.of("s")), new Object[] {"open"}) : row;
        assertThat(RowMappers.of(type).map(one)).isNotNull();
      }
      RowMappers.strict(loader.loadClass("Shop$Order"));
    }
    return new WeakReference<>(loader);
  }
}
