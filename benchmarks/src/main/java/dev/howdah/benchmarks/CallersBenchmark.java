package dev.howdah.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A thousand callers at once, each calling one look-up after another in a loop: ordinary single
 * calls on a busy pool. The score counts look-ups.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload callers
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar CallersBenchmark
 * java -jar benchmarks/target/benchmarks.jar CallersBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class CallersBenchmark extends ContestBenchmark {
  private static final int CALLS = 10_000;
  private static final int FEWEST_EACH = 5;
  private static final int MOST_EACH = 200;

  @Param({
    "HOWDAH_JAVA",
    "HOWDAH_KOTLIN",
    "R2DBC_POOL",
    "JDBC_VIRTUAL",
    "VERTX_POOL",
    "VERTX_PIPELINED",
    "LIMIT_ANY"
  })
  Contender contender = Contender.HOWDAH_JAVA;

  @Param("1000")
  int size = 1_000;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.CALLERS, size);
  }

  /** All callers make their calls; then one wait. */
  @Benchmark
  @OperationsPerInvocation(10_000)
  public long callers() {
    return client().callers(contest().nextCalls());
  }

  /** How many calls each of so many callers makes in one run: some ten thousand together. */
  static int callsOfEach(int callers) {
    return Math.max(FEWEST_EACH, Math.min(MOST_EACH, CALLS / callers));
  }
}
