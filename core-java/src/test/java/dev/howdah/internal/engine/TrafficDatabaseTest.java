package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.driver.Drivers;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Pools;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The queue of calls as the pool and the clock below it see it. */
@PostgresTest
class TrafficDatabaseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static void with(TestDatabase server, BiConsumer<PooledEngine, Driver> test) {
    with(server, real -> real, test);
  }

  private static void with(
      TestDatabase server, UnaryOperator<Driver> changed, BiConsumer<PooledEngine, Driver> test) {
    DatabaseOptions options = Pools.options(server, 1).resolve();
    Driver driver = changed.apply(Drivers.open(options));
    Watch watch = new Watch(List.of(), null, driver.timer(), Runnable::run);
    PooledEngine engine = new PooledEngine(options, driver, watch, Hooks.NONE);
    try {
      test.accept(engine, driver);
    } finally {
      engine.close().block(Duration.ofSeconds(30));
    }
  }

  private static <T> T await(Mono<T> mono) {
    return Objects.requireNonNull(mono.block(Duration.ofSeconds(30)));
  }

  @Test
  void callsBehindATransactionAreFewAtThePoolsDoor(TestDatabase server) {
    server.sql("CREATE TABLE counted (n int)");
    with(
        server,
        (engine, driver) -> {
          Query<?> write = Query.execute("INSERT INTO counted VALUES ($1)", 1);
          List<CompletableFuture<RowSet>> calls = new ArrayList<>();
          List<CompletableFuture<Boolean>> holders = new ArrayList<>();
          Engine.Lease only = await(engine.lease());
          for (int i = 0; i < 500; i++) {
            if (i % 100 == 0) {
              holders.add(
                  engine.lease().flatMap(lease -> lease.giveBack().thenReturn(true)).toFuture());
            }
            calls.add(engine.run(write).toFuture());
          }
          assertThat(engine.status().waiting()).isEqualTo(505);
          assertThat(driver.status().waiting()).isBetween(6, 2 * holders.size() + 1);
          await(only.giveBack().thenReturn(true));
          holders.forEach(CompletableFuture::join);
          calls.forEach(CompletableFuture::join);
          assertThat(server.query("SELECT count(*) FROM counted").get(0).get(0)).isEqualTo(500L);
        });
  }

  @Test
  void aHolderThatComesLateNeedNotWaitForAllCalls(TestDatabase server) {
    with(
        server,
        (engine, driver) -> {
          Query<?> alone = Query.execute("SELECT pg_sleep(0)");
          Engine.Lease only = await(engine.lease());
          List<CompletableFuture<RowSet>> calls = new ArrayList<>();
          for (int i = 0; i < 300; i++) {
            calls.add(engine.run(alone).toFuture());
          }
          CompletableFuture<Long> stillWaiting =
              engine
                  .lease()
                  .flatMap(
                      lease -> {
                        long left = calls.stream().filter(call -> !call.isDone()).count();
                        return lease.giveBack().thenReturn(left);
                      })
                  .toFuture();
          await(only.giveBack().thenReturn(true));
          assertThat(stillWaiting.join()).isGreaterThan(250);
          calls.forEach(CompletableFuture::join);
        });
  }

  @Test
  void aGatheredCallThatWasCancelledLeavesNoClockBehind(TestDatabase server) {
    Queue<Disposable> clocks = new ConcurrentLinkedQueue<>();
    with(
        server,
        real -> withTimer(real, noting(real.timer(), clocks)),
        (engine, driver) -> {
          Query<?> query = Query.execute("SELECT pg_sleep(60)").timeout(HOUR);
          Disposable gather =
              engine.gather(List.of(query), Engine.OnFailure.CANCEL_REST).subscribe();
          Eventually.require("it runs", () -> !clocks.isEmpty());
          gather.dispose();
          assertThat(clocks).hasSize(1).allMatch(Disposable::isDisposed);
        });
  }

  private static Driver withTimer(Driver driver, Scheduler timer) {
    return instead(
        Driver.class, driver, (method, arguments) -> method.equals("timer") ? timer : null);
  }

  /** A scheduler that keeps what it gave for what is to be done in an hour. */
  private static Scheduler noting(Scheduler scheduler, Queue<Disposable> clocks) {
    return instead(
        Scheduler.class,
        scheduler,
        (method, arguments) -> {
          if (!method.equals("schedule") || arguments.length != 3) {
            return null;
          }
          Disposable clock =
              scheduler.schedule(
                  (Runnable) arguments[0], (Long) arguments[1], (TimeUnit) arguments[2]);
          if (arguments[1].equals(HOUR.toNanos())) {
            clocks.add(clock);
          }
          return clock;
        });
  }

  private static <T> T instead(
      Class<T> type, T real, BiFunction<String, Object[], @Nullable Object> own) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = own.apply(method.getName(), arguments);
              return answer != null ? answer : method.invoke(real, arguments);
            }));
  }
}
