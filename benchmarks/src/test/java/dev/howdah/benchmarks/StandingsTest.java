package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StandingsTest {
  static final Trial GATHER = Trial.of(Workload.GATHER, 1_000);

  @Test
  void ratiosAreTakenWithinARound() {
    Standings standings = new Standings();
    // A machine that doubles its speed in round 2 changes no ratio.
    add(standings, GATHER, 1, 200, 180, 100);
    add(standings, GATHER, 2, 400, 440, 200);

    assertThat(standings.ratio(GATHER, Contender.HOWDAH_JAVA, Contender.VERTX_POOL))
        .isEqualTo(new Spread(2, 2, 2));
    assertThat(standings.ratio(GATHER, Contender.HOWDAH_KOTLIN, Contender.VERTX_POOL))
        .isEqualTo(new Spread(2, 1.8, 2.2));
  }

  @Test
  void theRankingIsBySpeed() {
    Standings standings = new Standings();
    add(standings, GATHER, 1, 1, 3, 2);

    assertThat(standings.ranking(GATHER))
        .containsExactly(Contender.HOWDAH_KOTLIN, Contender.VERTX_POOL, Contender.HOWDAH_JAVA);
    assertThat(standings.bestOfOurs(GATHER)).contains(Contender.HOWDAH_KOTLIN);
    assertThat(standings.bestRival(GATHER)).contains(Contender.VERTX_POOL);
  }

  @Test
  void aLimitIsNoRival() {
    Standings standings = new Standings();
    add(standings, GATHER, 1, 1, 3, 2);
    standings.add(new Measurement(GATHER, Contender.LIMIT_ANY, 1, 100, 64));

    assertThat(standings.bestRival(GATHER)).contains(Contender.VERTX_POOL);
  }

  @Test
  void sizesAreKeptApart() {
    Standings standings = new Standings();
    Trial bigger = Trial.of(Workload.GATHER, 2_000);
    add(standings, GATHER, 1, 10, 10, 10);
    add(standings, bigger, 1, 5, 5, 5);

    assertThat(standings.speed(GATHER, Contender.HOWDAH_JAVA).median()).isEqualTo(10);
    assertThat(standings.speed(bigger, Contender.HOWDAH_JAVA).median()).isEqualTo(5);
    assertThat(standings.trials()).containsExactly(GATHER, bigger);
  }

  /** Howdah in Java and Kotlin, and Vert.x' pool. */
  static void add(
      Standings standings, Trial trial, int round, double java, double kotlin, double vertx) {
    List<Contender> contenders =
        List.of(Contender.HOWDAH_JAVA, Contender.HOWDAH_KOTLIN, Contender.VERTX_POOL);
    List<Double> speeds = List.of(java, kotlin, vertx);
    for (int i = 0; i < speeds.size(); i++) {
      standings.add(new Measurement(trial, contenders.get(i), round, speeds.get(i), 64));
    }
  }
}
