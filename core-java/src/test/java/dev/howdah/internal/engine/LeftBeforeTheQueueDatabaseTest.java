package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** A caller who has left before its call could wait is counted nowhere. */
@PostgresTest
class LeftBeforeTheQueueDatabaseTest {
  @Test
  void othersStillGetTheirTurn(TestDatabase server) {
    Engine.Pool engine =
        Engines.open(DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(1)));
    try {
      Query<?> query = Query.rows("SELECT 1");
      for (int i = 0; i < 3; i++) {
        BaseSubscriber<RowSet> gone = new BaseSubscriber<>() {};
        gone.cancel();
        engine.run(query).subscribe(gone);
      }
      assertThat(engine.status().waiting()).isZero();
      Engine.Lease only = await(engine.lease());
      Mono<List<RowSet>> three =
          Mono.zip(
              List.of(engine.run(query), engine.run(query), engine.run(query)),
              answers -> List.of((RowSet) answers[0], (RowSet) answers[1], (RowSet) answers[2]));
      var answers = three.toFuture();
      assertThat(engine.status().waiting()).isEqualTo(3);
      await(only.giveBack().thenReturn(true));
      assertThat(answers.join()).hasSize(3);
    } finally {
      engine.close().block(Duration.ofSeconds(10));
    }
  }

  private static <T> T await(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(Duration.ofSeconds(30)));
  }
}
