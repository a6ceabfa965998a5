package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void everybodyRunsEverythingUnlessTold() {
    Settings settings = Settings.of(List.of());

    assertThat(settings.workloads()).containsExactly(Workload.values());
    assertThat(settings.contenders())
        .hasSize(Contender.values().length - 1)
        .doesNotContain(Contender.HOWDAH_ENGINE);
    assertThat(settings.write()).isFalse();
  }

  @Test
  void optionsAreReadInAnyOrder() {
    Settings settings =
        Settings.of(
            List.of(
                "--write",
                "--rounds",
                "5",
                "--contender",
                "howdah_java, VERTX_POOL",
                "--workload",
                "single",
                "--warmup",
                "2",
                "--seconds",
                "10"));

    assertThat(settings)
        .isEqualTo(
            new Settings(
                List.of(Workload.SINGLE),
                List.of(Contender.HOWDAH_JAVA, Contender.VERTX_POOL),
                5,
                2,
                10,
                true));
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> Settings.of(List.of("--rounds", "0")))
        .hasMessage("--rounds needs a number from 1, not 0");
    assertThatThrownBy(() -> Settings.of(List.of("--contender", "HOWDAH")))
        .hasMessageContaining("HOWDAH_JAVA")
        .hasMessageContaining("not 'HOWDAH'");
    assertThatThrownBy(() -> Settings.of(List.of("--rounds")))
        .hasMessage("--rounds is unknown or lacks its value");
    assertThatThrownBy(() -> Settings.of(List.of("--fast", "yes")))
        .hasMessage("--fast is not an option");
  }
}
