package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of a million elements in a heap of 64 MB: what was sent is not kept. */
@PostgresTest
class LittleMemoryDatabaseTest {
  private static String run(TestDatabase server, String verb)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                MillionElements.class.getName(),
                server.url(),
                verb)
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    List<String> lines = output.strip().lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Test
  void executeManyKeepsNoElements(TestDatabase server) throws Exception {
    server.sql("CREATE UNLOGGED TABLE numbers (id int, name text)");
    assertThat(run(server, "executeMany")).isEqualTo("1000000");
    assertThat(server.query("SELECT count(*), count(DISTINCT id) FROM numbers"))
        .containsExactly(List.of(1_000_000L, 1_000_000L));
  }

  @Test
  void fetchManyKeepsItsResultsAlone(TestDatabase server) throws Exception {
    server.sql("CREATE UNLOGGED TABLE numbers (id int, name text)");
    assertThat(run(server, "fetchMany")).isEqualTo("1000");
    assertThat(server.query("SELECT count(*) FROM numbers")).containsExactly(List.of(1_000L));
  }
}
