package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void aQuickRunIsOfTheHeadlinesAndWritesItsResults() {
    Settings settings = Settings.of(List.of());

    assertThat(settings.race().trials())
        .extracting(Trial::workload)
        .containsExactly(
            Arrays.stream(Workload.values()).filter(Workload::isHeadline).toArray(Workload[]::new));
    assertThat(settings.race().trials()).contains(Trial.of(Workload.UPSERT, 10_000));
    assertThat(settings.growth().trials()).isEmpty();
    assertThat(settings.name()).isEqualTo("quick");
    assertThat(settings.write()).isTrue();
  }

  @Test
  void aQuickRunTakesLessThanFiveMinutes() {
    assertThat(Settings.of(List.of()).race().expected()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void aFullRunIsOfEverythingInFullSizeAndOfAllCurves() {
    Settings settings = Settings.of(List.of("--full"));

    assertThat(settings.race().trials())
        .extracting(Trial::workload)
        .containsExactly(Workload.values());
    assertThat(settings.race().trials())
        .allSatisfy(trial -> assertThat(trial.size()).isEqualTo(trial.workload().size()));
    assertThat(settings.growth().trials())
        .contains(
            Trial.of(Workload.CALLERS, 10_000),
            Trial.of(Workload.GATHER, 100_000),
            new Trial(Workload.CALLERS, 1_000, 64));
    assertThat(settings.name()).isEqualTo("full");
  }

  @Test
  void everybodyOnTheMachineTakesPartButTheFloor() {
    assertThat(Settings.of(List.of("--full")).race().contenders())
        .containsExactlyElementsOf(
            Arrays.stream(Contender.values())
                .filter(Contender::isPresent)
                .filter(contender -> contender.kind() != Contender.Kind.FLOOR)
                .toList());
  }

  @Test
  void optionsAreReadInAnyOrder() {
    Settings settings =
        Settings.of(
            List.of(
                "--rounds",
                "7",
                "--contender",
                "howdah_java, VERTX_POOL",
                "--write",
                "--workload",
                "single,fetch-rows,upsert",
                "--rows",
                "500",
                "--warmup",
                "2",
                "--seconds",
                "0.25"));

    assertThat(settings.race())
        .isEqualTo(
            new Plan(
                List.of(
                    Trial.of(Workload.SINGLE, 1),
                    Trial.of(Workload.FETCH_ROWS, 100_000),
                    Trial.of(Workload.UPSERT, 500)),
                List.of(Contender.HOWDAH_JAVA, Contender.VERTX_POOL),
                7,
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofMillis(250),
                false));
    assertThat(settings.write()).isTrue();
  }

  @Test
  void aPartOfARunIsWrittenOnlyWhenAsked() {
    assertThat(Settings.of(List.of("--workload", "single")).write()).isFalse();
    assertThat(Settings.of(List.of("--contender", "JDBC_VIRTUAL")).write()).isFalse();
  }

  @Test
  void growthAloneHasNoRace() {
    Settings settings = Settings.of(List.of("--growth"));

    assertThat(settings.race().trials()).isEmpty();
    assertThat(settings.growth().trials()).isNotEmpty();
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> Settings.of(List.of("--rounds", "0")))
        .hasMessage("--rounds needs a number from 1, not 0");
    assertThatThrownBy(() -> Settings.of(List.of("--seconds", "0.0")))
        .hasMessage("--seconds needs seconds, such as 2 or 0.5, not 0.0");
    assertThatThrownBy(() -> Settings.of(List.of("--contender", "HOWDAH")))
        .hasMessageContaining("HOWDAH_JAVA")
        .hasMessageContaining("not 'HOWDAH'");
    assertThatThrownBy(() -> Settings.of(List.of("--rounds")))
        .hasMessage("--rounds is unknown or lacks its value");
    assertThatThrownBy(() -> Settings.of(List.of("--fast", "yes")))
        .hasMessage("--fast is not an option");
  }
}
