package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Trial GATHER = Trial.of(Workload.GATHER, 10);
  private static final Trial TRANSACTION = Trial.of(Workload.TRANSACTION, 10);
  private static final List<Contender> THREE =
      List.of(Contender.HOWDAH_JAVA, Contender.VERTX_PIPELINED, Contender.VERTX_POOL);

  private final Plan plan = plan(false);

  @Test
  void whoCannotPlayAWorkloadIsLeftOut() {
    assertThat(plan.players(TRANSACTION, 0))
        .containsExactly(Contender.HOWDAH_JAVA, Contender.VERTX_POOL);
    assertThat(plan.steps()).isEqualTo(3 * (3 + 2));
  }

  @Test
  void everybodyIsFirstOnce() {
    assertThat(List.of(0, 1, 2))
        .extracting(round -> plan.players(GATHER, round).get(0))
        .containsExactlyElementsOf(THREE);
  }

  @Test
  void aBriefPlanHasVertxPoolOnlyWhereThePipelinedClientCannotPlay() {
    assertThat(plan(true).players(GATHER, 0)).doesNotContain(Contender.VERTX_POOL);
    assertThat(plan(true).players(TRANSACTION, 0)).contains(Contender.VERTX_POOL);
  }

  private static Plan plan(boolean brief) {
    Duration second = Duration.ofSeconds(1);
    return new Plan(List.of(GATHER, TRANSACTION), THREE, 2, second, second, second, brief);
  }
}
