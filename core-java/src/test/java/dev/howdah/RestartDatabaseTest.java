package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.embedded.EmbeddedPostgres;
import dev.howdah.error.ClientException.CommitOutcomeUnknown;
import dev.howdah.query.Query;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Failures;
import dev.howdah.testing.Pools;
import dev.howdah.testing.Verb;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that goes away and comes back while eight threads use it, and nobody does anything. */
@Tag("database")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class RestartDatabaseTest {
  private static final int THREADS = 8;

  private enum End {
    STOPPED,
    KILLED
  }

  @ParameterizedTest
  @EnumSource
  void thePoolRecoversByItself(End end) {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Database db =
            await(
                Database.connect(
                    DatabaseOptions.of(server.url())
                        .withPool(PoolOptions.defaults().withSize(0, 4))))) {
      await(db.execute("CREATE TABLE t (number int)"));
      await(db.execute("CHECKPOINT"));
      Load load = new Load(db);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        CompletableFuture<?>[] all =
            IntStream.range(0, THREADS)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> load.run(thread), threads))
                .toArray(CompletableFuture<?>[]::new);
        load.requireProgress("before the end of the server");
        if (end == End.KILLED) {
          server.kill();
        } else {
          server.stop();
        }
        Eventually.require("callers see the end", () -> !load.failures.isEmpty());
        server.restart();
        long up = System.nanoTime();
        load.requireProgress("after the restart");
        double recovery = (System.nanoTime() - up) / 1e6;
        load.over = true;
        CompletableFuture.allOf(all).join();
        System.out.printf(
            Locale.ROOT,
            "thePoolRecoversByItself, %s: every thread served again %.0f ms after the server was"
                + " up; %d answers, %d wrong, failures %s%n",
            end,
            recovery,
            load.answers.get(),
            load.wrong.get(),
            load.kinds());
      } finally {
        load.over = true;
        threads.shutdownNow();
      }
      assertThat(load.wrong.get()).isZero();
      assertThat(load.failures).allMatch(RestartDatabaseTest::isDocumented);
      Pools.requireAllBack(db);
      assertThat(db.status().size()).isLessThanOrEqualTo(4);
      requireWhatWasPromised(db, load);
    }
  }

  /** Nobody waits so long for a connection here that the pool's own patience would end. */
  private static boolean isDocumented(Throwable failure) {
    return Failures.isUnreachable(failure) || failure instanceof CommitOutcomeUnknown;
  }

  /**
   * The embedded server does not wait for the disk, yet what was committed long before is there.
   */
  private static void requireWhatWasPromised(Database db, Load load) {
    List<Integer> there = await(db.fetch(Integer.class, "SELECT number FROM t"));
    assertThat(there).doesNotHaveDuplicates();
    assertThat(there).containsAll(load.committedAfter);
  }

  /** What eight threads do: queries, transactions and gathers, each with its own number. */
  private static final class Load {
    private final Database db;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicIntegerArray progress = new AtomicIntegerArray(THREADS);
    final AtomicInteger answers = new AtomicInteger();
    final AtomicInteger wrong = new AtomicInteger();
    final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    final Queue<Integer> committedAfter = new ConcurrentLinkedQueue<>();
    volatile boolean over;

    Load(Database db) {
      this.db = db;
    }

    void run(int thread) {
      while (!over) {
        int n = numbers.incrementAndGet();
        boolean afterTheEnd = !failures.isEmpty();
        CompletableFuture<Integer> call = call(n);
        try {
          if (await(call) == n) {
            answers.incrementAndGet();
            progress.incrementAndGet(thread);
            if (afterTheEnd && n % 4 == 1) {
              committedAfter.add(n);
            }
          } else {
            wrong.incrementAndGet();
          }
        } catch (RuntimeException failure) {
          failures.add(Verb.failureOf(call));
        }
      }
    }

    private CompletableFuture<Integer> call(int n) {
      Query<Optional<Integer>> query = Query.value(Integer.class, "SELECT $1::int", n);
      return switch (n % 4) {
        case 0 -> db.run(query).thenApply(Optional::orElseThrow);
        case 1 ->
            db.transaction(
                tx ->
                    tx.execute("INSERT INTO t VALUES ($1)", n)
                        .thenCompose(one -> tx.run(query))
                        .thenApply(Optional::orElseThrow));
        case 2 ->
            db.<Optional<Integer>>gather(List.of(query, query, query))
                .thenApply(all -> all.get(2).orElseThrow());
        default -> db.connection(held -> held.run(query)).thenApply(Optional::orElseThrow);
      };
    }

    void requireProgress(String when) {
      int[] before = IntStream.range(0, THREADS).map(progress::get).toArray();
      Eventually.require(
          "every thread is served " + when,
          () ->
              IntStream.range(0, THREADS)
                  .allMatch(thread -> progress.get(thread) > before[thread] + 50));
    }

    Map<String, Integer> kinds() {
      Map<String, Integer> kinds = new TreeMap<>();
      failures.forEach(failure -> kinds.merge(Failures.kind(failure), 1, Integer::sum));
      return kinds;
    }
  }
}
