package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.BlockingQueries;
import dev.howdah.testing.Crowd;
import dev.howdah.testing.JavaHandles;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.QueriesContract;
import dev.howdah.testing.TestDatabase;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;

/** What a database promises of its queries it keeps for calls that were merged. */
@PostgresTest
class MergedQueriesDatabaseTest implements QueriesContract {
  private static final Crowd CROWD = new Crowd();

  @Override
  public void with(TestDatabase server, Consumer<BlockingQueries> test) {
    CROWD.with(server, JavaHandles::connect, test);
  }

  /** A text that happens to be slow is not merged; most are. */
  @AfterAll
  static void theyWereMerged() {
    assertThat(CROWD.merged()).hasSizeGreaterThan(10);
  }
}
