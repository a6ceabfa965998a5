package dev.howdah.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What shares one answer, and fails. */
class PaceTest {
  private static final long FIRST_PAUSE = 250_000_000;
  private static final long NOW = 1_000_000_000;

  private final Pace pace = new Pace();

  @Test
  void allThatWaitShareAnAnswerUpToALimit() {
    assertThat(pace.sharing(7, NOW)).isEqualTo(7);
    assertThat(pace.sharing(100_000, NOW)).isEqualTo(Pace.MOST);
  }

  @Test
  void whatFailsSharedGoesAloneForAWhileAndIsTriedAgain() {
    pace.failed(NOW);
    assertThat(pace.sharing(7, NOW + FIRST_PAUSE - 1)).isEqualTo(1);
    assertThat(pace.sharing(7, NOW + FIRST_PAUSE)).isEqualTo(7);
  }

  @Test
  void whatAlwaysFailsSharedIsTriedLessAndLess() {
    pace.failed(NOW);
    long second = NOW + FIRST_PAUSE;
    pace.failed(second);
    assertThat(pace.sharing(7, second + FIRST_PAUSE)).isEqualTo(1);
    assertThat(pace.sharing(7, second + 2 * FIRST_PAUSE)).isEqualTo(7);
  }

  @Test
  void oneSuccessForgivesAllFailures() {
    pace.failed(NOW);
    pace.failed(NOW + FIRST_PAUSE);
    long later = NOW + 4 * FIRST_PAUSE;
    pace.shared();
    pace.failed(later);
    assertThat(pace.sharing(7, later + FIRST_PAUSE)).isEqualTo(7);
  }
}
