package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void aFullRunLeavesAPageTwoChartsAndThoseOfTheFirstPage() throws IOException {
    List<Path> files = results("--full", 0.03, true).write(folder);

    assertThat(files)
        .extracting(file -> file.getFileName().toString().replaceAll("jdk\\d+", "jdk"))
        .containsExactlyInAnyOrder(
            "2026-02-03-an-os-2cpu-jdk-full-scoreboard.svg",
            "scoreboard.svg",
            "2026-02-03-an-os-2cpu-jdk-full-growth.svg",
            "growth.svg",
            "2026-02-03-an-os-2cpu-jdk-full.md");
    assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
  }

  @Test
  void aQuickRunLeavesTheFirstPageAlone() throws IOException {
    assertThat(results("--write", 0.03, false).write(folder))
        .hasSize(2)
        .noneMatch(file -> file.endsWith("scoreboard.svg"));
  }

  @Test
  void thePageSaysHowItWasMeasured() throws IOException {
    results("--full", 0.03, true).write(folder);

    assertThat(page())
        .contains("PostgreSQL 18.6 (embedded, same machine)", "rounds: 5 of 1.5 s")
        .contains("### gather:", "### growth of connections:")
        .doesNotContain("BUSY");
  }

  @Test
  void aBusyMachineIsSaid() throws IOException {
    results("--full", 0.32, true).write(folder);

    assertThat(page()).contains("processors in use before: 32 %", "THE MACHINE WAS BUSY");
  }

  private String page() throws IOException {
    try (var files = Files.list(folder)) {
      Path page = files.filter(file -> file.toString().endsWith(".md")).findFirst().orElseThrow();
      return Files.readString(page);
    }
  }

  private static Results results(String option, double used, boolean withGrowth) {
    Standings raced = new Standings();
    StandingsTest.add(raced, StandingsTest.GATHER, 1, 3, 2, 1);
    Standings grown = new Standings();
    if (withGrowth) {
      Arrays.stream(Curve.values())
          .flatMap(curve -> curve.trials().stream())
          .distinct()
          .forEach(trial -> StandingsTest.add(grown, trial, 1, 3, 2, 1));
    }
    Conditions conditions =
        new Conditions(LocalDate.of(2026, 2, 3), "an-os", 2, "18.6", true, used);
    return new Results(Settings.of(List.of(option)), conditions, raced, grown);
  }
}
