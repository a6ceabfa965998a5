package dev.howdah.benchmarks;

import static dev.howdah.benchmarks.StandingsTest.GATHER;
import static dev.howdah.benchmarks.StandingsTest.add;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void theTableComparesWithTheBestRival() {
    Standings standings = new Standings();
    add(standings, GATHER, 1, 200, 180, 100);
    add(standings, GATHER, 2, 400, 440, 200);

    assertThat(squeezed(Report.table(standings, GATHER)))
        .contains("| Howdah, Java | 300 | 200..400 | 2.00 | 2.00..2.00 | 64 |")
        .contains("| Howdah, Kotlin | 310 | 180..440 | 2.00 | 1.80..2.20 | 64 |")
        .contains("| Vert.x pool | 150 | 100..200 | 1.00 | 1.00..1.00 | 64 |");
  }

  @Test
  void bytesThatNobodyCountedAreLeftOut() {
    Standings standings = new Standings();
    standings.add(new Measurement(GATHER, Contender.ASYNCPG, 1, 100, Double.NaN));

    assertThat(squeezed(Report.table(standings, GATHER)))
        .contains("| asyncpg | 100 | 100..100 | 1.00 | 1.00..1.00 | |");
  }

  @Test
  void facadesAreComparedWithEachOther() {
    Standings standings = new Standings();
    add(standings, GATHER, 1, 200, 190, 100);

    assertThat(Report.table(standings, GATHER))
        .contains("Kotlin runs at 0.95 of Java's speed (0.95..0.95) and takes +0 bytes");
  }

  @Test
  void withoutARivalThereIsNoRatio() {
    Standings standings = new Standings();
    standings.add(new Measurement(GATHER, Contender.HOWDAH_JAVA, 1, 7, 64));

    assertThat(Report.table(standings, GATHER)).doesNotContain("1.00");
  }

  @Test
  void theGlanceNamesTheBestRivalAndTheLimit() {
    Standings standings = new Standings();
    add(standings, GATHER, 1, 300, 200, 100);
    standings.add(new Measurement(GATHER, Contender.LIMIT_ANY, 1, 400, 64));

    assertThat(squeezed(Report.glance(standings)))
        .contains("| gather | Howdah, Java | Vert.x pool | 3.00 | 3.00..3.00 | | 0.75 |");
  }

  @Test
  void streamingIsComparedWithFetching() {
    Standings standings = new Standings();
    Trial stream = Trial.of(Workload.STREAM, Workload.STREAM.size());
    add(standings, Trial.of(Workload.FETCH_RECORDS, Accounts.ROWS), 1, 100, 100, 100);
    add(standings, stream, 1, 80, 90, 50);

    assertThat(Report.table(standings, stream))
        .contains("Of the rate of fetch-records: Howdah, Kotlin 0.90 (0.90..0.90),");
  }

  @Test
  void aCurveHasALineForEachPoint() {
    Standings standings = new Standings();
    Curve.CALLERS.trials().forEach(trial -> add(standings, trial, 1, 20, 30, trial.size()));

    assertThat(squeezed(Report.growth(standings, Curve.CALLERS)))
        .contains("| callers | Howdah, Java | Howdah, Kotlin | Vert.x pool | x best rival |")
        .contains("| 1 | 20/s | 30/s | 1/s | 30.00 | 64 |")
        .contains("| 10,000 | 20/s | 30/s | 10,000/s | 0.00 | 64 |")
        .contains("Howdah, Java at 10,000 callers: 1.00 of its speed at 1,000 (1.00..1.00);")
        .endsWith("Vert.x pool at 10,000 callers: 10.00 of its speed at 1,000 (10.00..10.00).\n");
  }

  private static String squeezed(String table) {
    return table.replaceAll(" +", " ");
  }
}
