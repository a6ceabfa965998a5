package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.OperatorIntervention.QueryCanceled;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.internal.engine.Engine.Lease;
import dev.howdah.internal.engine.Engine.Scope;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.LogRecords;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** No statement of a transaction runs outside of it, whatever comes in the same instant. */
@PostgresTest
class ScopeInstantsDatabaseTest {
  private Engine.Pool engine;
  private Lease lease;

  @BeforeEach
  void open(TestDatabase server) {
    server.sql("CREATE TABLE kept (id int)");
    engine = Engines.open(DatabaseOptions.of(server.url()));
    lease = Objects.requireNonNull(engine.lease().block(Duration.ofSeconds(10)));
  }

  @AfterEach
  void close() {
    lease.giveBack().block(Duration.ofSeconds(10));
    engine.close().block(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatSetsOutBehindTheCommitIsRefused(boolean another, TestDatabase server) {
    Scope scope = begun(EndedBy.CALLER);
    if (another) {
      scope.run(insert(1)).block(Duration.ofSeconds(10));
    }
    Mono<RowSet> late = scope.run(insert(2)); // let through, and not sent yet
    scope.commit().block(Duration.ofSeconds(10));
    assertThatThrownBy(() -> late.block(Duration.ofSeconds(10)))
        .isInstanceOf(TransactionState.class)
        .hasMessageContaining("was committed before");
    assertThat(server.query("SELECT id FROM kept WHERE id = 2")).isEmpty();
  }

  @Test
  void oneThatSetsOutBehindTheEndOfItsSavepointIsRefused() {
    Scope outer = begun(EndedBy.CALLER);
    Scope nested =
        Objects.requireNonNull(
            outer
                .begin(TransactionOptions.defaults(), EndedBy.CALLER)
                .block(Duration.ofSeconds(10)));
    Mono<RowSet> late = nested.run(insert(1));
    nested.commit().block(Duration.ofSeconds(10));
    assertThatThrownBy(() -> late.block(Duration.ofSeconds(10)))
        .isInstanceOf(TransactionState.class);
    outer.rollback().block(Duration.ofSeconds(10));
  }

  @Test
  void oneThatIsCancelledWhileItIsHandedOverDoesNotTouchTheNext(TestDatabase server) {
    AtomicReference<Scope> lost = new AtomicReference<>();
    lease
        .begin(TransactionOptions.defaults(), EndedBy.BLOCK)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnNext(Scope scope) {
                lost.set(scope);
                cancel();
              }
            });
    Scope next = begun(EndedBy.CALLER);
    Objects.requireNonNull(lost.get()).fail(new CancellationException()).block();
    next.run(insert(1)).block(Duration.ofSeconds(10));
    next.rollback().block(Duration.ofSeconds(10));
    assertThat(server.query("SELECT id FROM kept")).isEmpty();
  }

  @Test
  void oneThatIsCancelledWhileItIsHandedOverRunsNothing(TestDatabase server) {
    AtomicReference<Mono<RowSet>> late = new AtomicReference<>();
    lease
        .begin(TransactionOptions.defaults(), EndedBy.BLOCK)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnNext(Scope scope) {
                late.set(scope.run(insert(1)));
                cancel();
              }
            });
    Mono<RowSet> statement = Objects.requireNonNull(late.get());
    assertThatThrownBy(() -> statement.block(Duration.ofSeconds(10)))
        .isInstanceOf(TransactionState.class);
    assertThat(server.query("SELECT id FROM kept")).isEmpty();
    lease.run(insert(2)).block(Duration.ofSeconds(10));
    assertThat(server.query("SELECT id FROM kept")).isEqualTo(List.of(List.of(2)));
  }

  @Test
  void oneThatSetsOutWhileItsConnectionGoesBackIsStopped() {
    AtomicInteger looks = new AtomicInteger();
    Runnable givenBackInItsTurn =
        () -> {
          if (looks.incrementAndGet() == 2) {
            lease.giveBack().subscribe();
          }
        };
    Mono<RowSet> late =
        ((LeasedEngine) lease)
            .run(Query.execute("SELECT pg_sleep($1)", 600), givenBackInItsTurn, () -> {});
    assertThatThrownBy(() -> late.block(Duration.ofSeconds(60))).isInstanceOf(QueryCanceled.class);
    Eventually.require("the connection has gone back", () -> engine.status().inUse() == 0);
  }

  @Test
  void oneThatIsUndoneWhileItsConnectionGoesBackIsNotTheBorrowersOwn(TestDatabase server) {
    AtomicReference<Scope> open = new AtomicReference<>();
    DatabaseListener inThatInstant =
        new DatabaseListener() {
          @Override
          public void querySucceeded(QueryEvent query, QueryEnd end) {
            Scope scope = open.getAndSet(null);
            if (scope != null) {
              scope.fail(new CancellationException()).subscribe();
            }
          }
        };
    Engine.Pool heard = Engines.open(DatabaseOptions.of(server.url()).withListener(inThatInstant));
    try (LogRecords log = new LogRecords()) {
      Lease held = Objects.requireNonNull(heard.lease().block(Duration.ofSeconds(10)));
      Scope scope =
          Objects.requireNonNull(
              held.begin(TransactionOptions.defaults(), EndedBy.CALLER)
                  .block(Duration.ofSeconds(10)));
      scope.cursor(Query.rows("SELECT 1")).block(Duration.ofSeconds(10));
      open.set(scope);
      held.giveBack().block(Duration.ofSeconds(10));
      assertThat(open.get()).isNull();
      assertThat(log.warnings()).isEmpty();
    } finally {
      heard.close().block(Duration.ofSeconds(10));
    }
  }

  private Scope begun(EndedBy endedBy) {
    return Objects.requireNonNull(
        lease.begin(TransactionOptions.defaults(), endedBy).block(Duration.ofSeconds(10)));
  }

  private static Query<Long> insert(int id) {
    return Query.execute("INSERT INTO kept VALUES ($1)", id);
  }
}
