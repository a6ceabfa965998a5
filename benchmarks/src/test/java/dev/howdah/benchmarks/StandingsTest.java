package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static final List<Contender> CONTENDERS =
      List.of(Contender.HOWDAH_JAVA, Contender.HOWDAH_KOTLIN, Contender.VERTX_POOL);

  @Test
  void ratiosAreTakenWithinARoundAndAgainstTheBestRival() {
    Standings standings = new Standings();
    // A machine that doubles its speed in round 2 changes no ratio.
    add(standings, 1, 200, 180, 100);
    add(standings, 2, 400, 440, 200);

    assertThat(standings.table(Workload.GATHER, CONTENDERS).replaceAll(" +", " "))
        .contains("| Howdah, Java | 300 | 200..400 | 2.00 | 2.00..2.00 | 64 |")
        .contains("| Howdah, Kotlin | 310 | 180..440 | 2.00 | 1.80..2.20 | 64 |")
        .contains("| Vert.x pool | 150 | 100..200 | 1.00 | 1.00..1.00 | 64 |");
  }

  @Test
  void fasterOnesComeFirst() {
    Standings standings = new Standings();
    add(standings, 1, 1, 3, 2);

    assertThat(standings.table(Workload.GATHER, CONTENDERS))
        .containsSubsequence("Howdah, Kotlin", "Vert.x pool", "Howdah, Java");
  }

  @Test
  void facadesAreComparedWithEachOther() {
    Standings standings = new Standings();
    add(standings, 1, 200, 190, 100);

    assertThat(standings.facades(Workload.GATHER, CONTENDERS))
        .contains("Kotlin runs at 0.95 of Java's speed (0.95..0.95) and takes +0 bytes");
    assertThat(standings.facades(Workload.GATHER, List.of(Contender.HOWDAH_JAVA))).isEmpty();
  }

  @Test
  void withoutARivalThereIsNoRatio() {
    Standings standings = new Standings();
    add(standings, 1, 1, 3, 2);

    assertThat(standings.table(Workload.GATHER, List.of(Contender.HOWDAH_JAVA)))
        .doesNotContain("1.00");
  }

  private static void add(
      Standings standings, int round, double java, double kotlin, double vertx) {
    List<Double> speeds = List.of(java, kotlin, vertx);
    for (int i = 0; i < speeds.size(); i++) {
      standings.add(new Measurement(Workload.GATHER, CONTENDERS.get(i), round, speeds.get(i), 64));
    }
  }
}
