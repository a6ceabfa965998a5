package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutOptionsTest {
  private static final TimeoutOptions DEFAULTS = TimeoutOptions.defaults();

  @Test
  void defaultsAreTheDocumentedOnes() {
    assertThat(DEFAULTS.connect()).hasSeconds(10);
    assertThat(DEFAULTS.givenConnect()).isNull();
    assertThat(DEFAULTS.close()).hasSeconds(10);
    assertThat(DEFAULTS.query()).isNull();
    assertThat(DEFAULTS.cancel()).hasSeconds(5);
  }

  @Test
  void withMethodsChangeOneThing() {
    Duration second = Duration.ofSeconds(1);
    assertThat(
            DEFAULTS
                .withConnect(second)
                .withClose(second.multipliedBy(2))
                .withQuery(second.multipliedBy(3))
                .withCancel(second.multipliedBy(4)))
        .isEqualTo(
            new TimeoutOptions(
                second, second.multipliedBy(2), second.multipliedBy(3), second.multipliedBy(4)));
    assertThat(DEFAULTS.withQuery(second).withQuery(null)).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void zeroAndNegativeAreRefused(long millis) {
    Duration time = Duration.ofMillis(millis);
    assertThatThrownBy(() -> DEFAULTS.withConnect(time))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("The connect timeout must be longer than zero");
    assertThatThrownBy(() -> DEFAULTS.withClose(time)).isInstanceOf(InvalidOption.class);
    assertThatThrownBy(() -> DEFAULTS.withQuery(time)).isInstanceOf(InvalidOption.class);
    assertThatThrownBy(() -> DEFAULTS.withCancel(time)).isInstanceOf(InvalidOption.class);
  }
}
