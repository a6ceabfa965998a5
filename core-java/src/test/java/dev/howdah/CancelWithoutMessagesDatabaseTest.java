package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static dev.howdah.testing.Pools.pid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testing.Burst;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.Seed;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.Verb;
import dev.howdah.testing.WithoutMessages;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The same where the driver does not let us at its messages, and there are no copies. */
@PostgresTest
class CancelWithoutMessagesDatabaseTest extends CancelOtherVerbsDatabaseTest {
  @Override
  Database open(TestDatabase server) {
    return WithoutMessages.connect(() -> Pools.of(server, 1));
  }

  @Override
  boolean copies() {
    return false;
  }

  /** A transaction's BEGIN and its first statement are two there. */
  @Test
  void noStatementIsLeftRunningBehindACancelledCall(TestDatabase server) {
    Random random = Seed.of("noStatementIsLeftRunningBehindACancelledCall");
    Verb[] verbs = Verb.values();
    try (Database db = open(server)) {
      int pid = pid(db);
      for (int round = 0; round < 600; round++) {
        CompletableFuture<?> call =
            verbs[random.nextInt(verbs.length)].on(db, "SELECT pg_sleep($1)", 600);
        Seed.moment(random, 2_000);
        call.cancel(true);
        assertThat(await(db.fetchValue(Integer.class, "SELECT $1::int", round))).contains(round);
      }
      assertThat(pid(db)).isEqualTo(pid);
    }
  }

  /** What the columns of a text with parameters are can only be asked by messages. */
  @Test
  void readsThatWaitTogetherAreRightAndGoAlone(TestDatabase server) {
    Burst.createItems(server);
    try (Burst burst = WithoutMessages.connect(() -> Burst.on(server))) {
      for (int round = 0; round < 3; round++) {
        assertThat(
                burst.answers(
                    40,
                    i ->
                        burst
                            .database()
                            .fetchRow(Burst.LOOK_UP, i + 1)
                            .thenApply(row -> row.map(item -> item.get("id")))))
            .first()
            .isEqualTo(Optional.of(1));
      }
      assertThat(burst.members(Burst.LOOK_UP)).isEqualTo(1);
    }
  }
}
