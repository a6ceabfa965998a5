package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "localhost, localhost:5432",
    "10.0.0.5, 10.0.0.5:5432",
    "my_host.example, my_host.example:5432",
    "höst, höst:5432",
    "::1, [::1]:5432",
    "::ffff:10.0.0.5, [::ffff:10.0.0.5]:5432",
    "fe80::1%eth0, [fe80::1%eth0]:5432",
    "/var/run, /var/run/.s.PGSQL.5432",
    "/, /.s.PGSQL.5432"
  })
  void printsAsOneWouldWriteIt(String host, String printed) {
    assertThat(HostPort.of(host)).hasToString(printed);
    assertThat(HostPort.of(host).isSocket()).isEqualTo(host.startsWith("/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a,b", "a/b", "a?b", "a#b", "[::1]", "a:b", "a@b", "a\nb"})
  void whatIsNoHostIsRefused(String host) {
    assertThatThrownBy(() -> HostPort.of(host)).isInstanceOf(InvalidOption.class);
  }

  @Test
  void portIsInRange() {
    assertThat(new HostPort("h", 1).port()).isEqualTo(1);
    assertThat(new HostPort("h", 65_535).port()).isEqualTo(65_535);
    assertThatThrownBy(() -> new HostPort("h", 65_536))
        .isInstanceOf(InvalidOption.class)
        .hasMessage("The port 65536 of host 'h' is not between 1 and 65535");
  }
}
