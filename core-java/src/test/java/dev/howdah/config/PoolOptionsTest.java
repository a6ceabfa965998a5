package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PoolOptionsTest {
  private static final PoolOptions DEFAULTS = PoolOptions.defaults();

  @Test
  void everyDefaultIsFinite() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new PoolOptions(
                0,
                10,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofMinutes(30),
                Duration.ofMinutes(3),
                50_000,
                Duration.ofSeconds(30),
                null));
  }

  @Test
  void withMethodsChangeOneThing() {
    Duration second = Duration.ofSeconds(1);
    assertThat(
            DEFAULTS
                .withMaxSize(20)
                .withMinSize(2)
                .withAcquireTimeout(second)
                .withIdleTimeout(second.multipliedBy(2))
                .withMaxAge(second.multipliedBy(30), second.multipliedBy(4))
                .withMaxUses(5)
                .withValidateAfterIdle(Duration.ZERO)
                .withLeakDetectionThreshold(second))
        .isEqualTo(
            new PoolOptions(
                2,
                20,
                second,
                second.multipliedBy(2),
                second.multipliedBy(30),
                second.multipliedBy(4),
                5,
                Duration.ZERO,
                second));
    assertThat(DEFAULTS.withSize(4)).isEqualTo(DEFAULTS.withMinSize(4).withMaxSize(4));
    assertThat(DEFAULTS.withSize(20, 30).minSize()).isEqualTo(20);
    assertThat(DEFAULTS.withMaxAge(second).maxAgeJitter()).isEqualTo(Duration.ofMillis(100));
  }

  static Stream<Arguments> impossible() {
    Duration zero = Duration.ZERO;
    Duration negative = Duration.ofSeconds(-1);
    return Stream.of(
        refused(() -> DEFAULTS.withMinSize(11), "minSize 11 is greater than its maxSize 10"),
        refused(() -> DEFAULTS.withMinSize(-1), "minSize must be 0 or more, but is -1"),
        refused(() -> DEFAULTS.withMaxSize(0), "maxSize must be 1 or more, but is 0"),
        refused(() -> DEFAULTS.withAcquireTimeout(zero), "acquireTimeout must be longer than zero"),
        refused(() -> DEFAULTS.withIdleTimeout(zero), "idleTimeout must be longer than zero"),
        refused(() -> DEFAULTS.withMaxAge(negative), "maxAge must be longer than zero"),
        refused(
            () -> DEFAULTS.withMaxAge(Duration.ofSeconds(1), Duration.ofSeconds(1)),
            "maxAgeJitter PT1S must be shorter than its maxAge PT1S"),
        refused(() -> DEFAULTS.withMaxUses(0), "maxUses must be 1 or more, but is 0"),
        refused(
            () -> DEFAULTS.withValidateAfterIdle(negative),
            "validateAfterIdle must not be negative"));
  }

  private static Arguments refused(Runnable call, String message) {
    return Arguments.of(call, message);
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void impossibleIsRefusedInWords(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(InvalidOption.class).hasMessageContaining(message);
  }
}
