package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchTest {
  @Test
  void theRateIsTheOneWithoutConnecting() {
    assertThat(
            Pgbench.rate(
                """
                latency average = 2.558 ms
                initial connection time = 59.551 ms
                tps = 1563.868771 (without initial connection time)
                """))
        .isEqualTo(1563.868771);
  }

  @Test
  void whatElseItSaysIsAFailure() {
    assertThatThrownBy(() -> Pgbench.rate("pgbench: error: connection refused"))
        .hasMessage("pgbench failed:\npgbench: error: connection refused");
  }

  @Test
  void lookUpsTravelInAPipeline() {
    assertThat(Pgbench.script(Contender.LIMIT_PGBENCH, Workload.GATHER))
        .startsWith("\\set key0 random(1, 100000)\n")
        .contains("\\startpipeline\n")
        .contains("WHERE aid = :key99;\n")
        .endsWith("\\endpipeline\n");
  }

  @Test
  void orInOneStatement() {
    assertThat(Pgbench.script(Contender.LIMIT_PGBENCH_ANY, Workload.GATHER))
        .doesNotContain("pipeline")
        .contains("WHERE aid = ANY(ARRAY[:key0,:key1,")
        .endsWith(",:key99]::int4[]);\n");
  }
}
