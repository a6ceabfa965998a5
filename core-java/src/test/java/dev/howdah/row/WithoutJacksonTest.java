package dev.howdah.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The library where Jackson is not on the class path. */
class WithoutJacksonTest {
  /** Sees this library anew, and no Jackson. */
  private static final class NoJackson extends ClassLoader {
    NoJackson() {
      super(WithoutJacksonTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.fasterxml.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("dev.howdah.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException broken) {
        throw new ClassNotFoundException(name, broken);
      }
    }
  }

  record Renamed(@JsonProperty("the-name") String name, int age) {}

  /** Runs inside of the other class loader. */
  static final class Scenario implements Callable<String> {
    @Override
    public String call() {
      String json = Json.of(new Renamed("Anna", 3)).text();
      Row row = Row.of(Columns.of(java.util.List.of("doc")), new Object[] {json});
      return json + " " + row.get("doc", Renamed.class);
    }
  }

  @Test
  void documentsAreReadAndWrittenByOurOwnMapper() throws Exception {
    Class<?> scenario = new NoJackson().loadClass(Scenario.class.getName());
    var constructor = scenario.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method call = scenario.getDeclaredMethod("call");
    call.setAccessible(true);

    assertThat(call.invoke(constructor.newInstance()))
        .isEqualTo("{\"name\":\"Anna\",\"age\":3} Renamed[name=Anna, age=3]");
    assertThat(new Scenario().call())
        .isEqualTo("{\"the-name\":\"Anna\",\"age\":3} Renamed[name=Anna, age=3]");
  }
}
