package dev.howdah.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "18.6, 18, 6",
    "15.18 (Debian 15.18-0+deb12u1), 15, 18",
    "18beta1, 18, 0",
    "19devel, 19, 0",
    "17rc1, 17, 0",
    "16, 16, 0",
    "9.6.24, 9, 6",
    "13.0.0, 13, 0",
    "11.2-YB-2.19.0.0-b0, 11, 2",
    "PostgreSQL 16.2 (CockroachDB CCL v24.1.0), 16, 2",
    "'PostgreSQL 18.6 on x86_64-pc-linux-gnu, compiled by gcc', 18, 6"
  })
  void readsWhatServersSay(String text, int major, int minor) {
    ServerVersion version = ServerVersion.parse(text);
    assertThat(version).isEqualTo(new ServerVersion(major, minor, text)).hasToString(text);
  }

  @Test
  void versionsAreInTheOrderOfTheirAge() {
    List<ServerVersion> inOrder =
        Stream.of(
                "9.6.24",
                "15.9",
                "15.18",
                "18devel",
                "18alpha1",
                "18beta1",
                "18beta2",
                "18beta10",
                "18rc1",
                "18.0",
                "18.1",
                "100.0")
            .map(ServerVersion::parse)
            .toList();
    assertThat(inOrder).isSorted();
    for (int i = 1; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i)).isGreaterThan(inOrder.get(i - 1));
    }
    assertThat(ServerVersion.parse("15.18 (Debian 15.18-0+deb12u1)"))
        .isEqualByComparingTo(ServerVersion.parse("15.18"));
    assertThat(new ServerVersion(18, 0, "")).isEqualByComparingTo(ServerVersion.parse("18.0"));
  }

  @Test
  void asksForAtLeast() {
    ServerVersion version = ServerVersion.parse("15.18");
    assertThat(version.isAtLeast(15)).isTrue();
    assertThat(version.isAtLeast(14)).isTrue();
    assertThat(version.isAtLeast(16)).isFalse();
    assertThat(version.isAtLeast(15, 18)).isTrue();
    assertThat(version.isAtLeast(15, 19)).isFalse();
    assertThat(version.isAtLeast(14, 99)).isTrue();
    assertThat(version.isAtLeast(16, 0)).isFalse();
  }

  @Test
  void refusesWhatHoldsNoNumber() {
    assertThatThrownBy(() -> ServerVersion.parse("unknown"))
        .isInstanceOf(WrongArguments.class)
        .hasMessageContaining("unknown");
  }
}
