package dev.howdah.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.error.ClientException.MappingFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What echo prints of failures; the rest is tested with a server. */
class SqlEchoTest {
  private static final QueryEvent QUERY = new QueryEvent(1, "fetch", "SELECT 1", List.of());
  private static final QueryEnd END = new QueryEnd(0, Duration.ofMillis(3), Duration.ZERO, null, 1);

  private static List<String> echoed(Throwable failure) {
    List<String> lines = new ArrayList<>();
    SqlEcho echo = new SqlEcho(lines::add, ParameterDisplay.HIDDEN);
    echo.queryFailed(QUERY, failure, END);
    return lines;
  }

  @Test
  void aFailureTakesOneLine() {
    assertThat(echoed(new MappingFailure("column 'a': no", null, "SELECT\n1")))
        .singleElement()
        .asString()
        .isEqualTo("-- failed in 3.0 ms: column 'a': no")
        .doesNotContain("\n");
  }

  @Test
  void aFailureWithoutWordsIsNamed() {
    assertThat(echoed(new IllegalStateException()))
        .containsExactly("-- failed in 3.0 ms: IllegalStateException");
  }
}
