package dev.howdah.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/errors.md lists the client's failures with what they are; the server's are generated. */
class ErrorsPageTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| (\\w*) ?\\| ([^|]*) \\|", Pattern.MULTILINE);

  private record Kind(String code, String nothingWasSent) {}

  private static Map<String, Kind> page() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "errors.md"));
    String client = text.substring(text.indexOf("## What the client reports"));
    return ROW.matcher(client)
        .results()
        .collect(Collectors.toMap(m -> m.group(1), m -> new Kind(m.group(2), m.group(3))));
  }

  @Test
  void everyClientFailureIsOnThePage() throws IOException {
    assertThat(page().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ClientException.class.getDeclaredClasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void codesAndWhetherAnythingWasSentAreWhatTheyAre() throws IOException {
    Map<String, Kind> page = page();
    ClientExceptionTest.kinds()
        .map(it -> (ClientException) it.get()[0])
        .forEach(
            failure -> {
              String name = failure.getClass().getSimpleName();
              assertThat(page).containsKey(name);
              assertThat(page.get(name).code()).as(name).isEqualTo(failure.sqlState());
              String sent = page.get(name).nothingWasSent();
              if (sent.equals("yes") || sent.equals("no")) {
                assertThat(failure.nothingWasSent()).as(name).isEqualTo(sent.equals("yes"));
              }
            });
  }
}
