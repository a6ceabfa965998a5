package dev.howdah.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedOptionsTest {
  private static final EmbeddedOptions DEFAULTS = EmbeddedOptions.defaults();

  @Test
  void everyWithChangesOneThing() {
    Path directory = Path.of("somewhere");
    EmbeddedOptions options =
        DEFAULTS
            .withPort(5433)
            .withPassword("s3cret")
            .withSetting("work_mem", "8MB")
            .withSetting("my.setting", "it's \\ here")
            .withDirectory(directory)
            .withStartTimeout(Duration.ofSeconds(5));

    assertThat(options)
        .isEqualTo(
            new EmbeddedOptions(
                5433,
                "s3cret",
                Map.of("work_mem", "8MB", "my.setting", "it's \\ here"),
                directory,
                Duration.ofSeconds(5)));
    assertThat(DEFAULTS.settings()).isEmpty();
  }

  @Test
  void neverPrintsThePassword() {
    assertThat(DEFAULTS.withPassword("s3cret")).asString().doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void refusesPortsThatCannotBe(int port) {
    assertThatThrownBy(() -> DEFAULTS.withPort(port))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("port is " + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "nul\0"})
  void refusesPasswordsThatInitdbCannotRead(String password) {
    assertThatThrownBy(() -> DEFAULTS.withPassword(password))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("password must not be empty and must be one line");
  }

  @ParameterizedTest
  @CsvSource({
    "port, use withPort",
    "PORT, use withPort",
    "data_directory, made anew",
    "listen_addresses, 127.0.0.1 only",
    "work mem, not the name of a server setting",
  })
  void refusesSettingsThatAreNotFree(String name, String reason) {
    assertThatThrownBy(() -> DEFAULTS.withSetting(name, "1"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }

  @Test
  void refusesSettingsOfSeveralLines() {
    assertThatThrownBy(() -> DEFAULTS.withSetting("work_mem", "8MB\nport = 1"))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("one line");
  }

  @Test
  void refusesNoTimeToStart() {
    assertThatThrownBy(() -> DEFAULTS.withStartTimeout(Duration.ZERO))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("longer than zero");
  }
}
