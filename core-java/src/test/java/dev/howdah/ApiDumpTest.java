package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.ApiDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The exported API, as it was last accepted: {@code make api} accepts it as it is now. */
class ApiDumpTest {
  @Test
  void theExportedApiIsTheOneThatWasAccepted() throws IOException {
    Path accepted = Path.of("api", "core-java.api");
    String now = ApiDump.of(Path.of("target", "classes"));
    if (Boolean.getBoolean("howdah.api.accept")) {
      Files.createDirectories(accepted.getParent());
      Files.writeString(accepted, now);
    }
    assertThat(Files.exists(accepted) ? Files.readString(accepted) : "")
        .as(
            "the exported API changed; `make api` accepts it, the difference belongs in CHANGELOG.md")
        .isEqualTo(now);
  }
}
