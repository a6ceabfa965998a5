package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the Java and the Kotlin handles cost over the engine below them, in time and in bytes for
 * each look-up: {@code gc.alloc.rate.norm} is the figure, for the time is mostly the server's.
 *
 * <p>Their speeds, interleaved, with the ratio between the two:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard \
 *     --contender HOWDAH_JAVA,HOWDAH_KOTLIN,HOWDAH_ENGINE --rounds 15
 * }</pre>
 *
 * <p>With JMH:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar FacadeCostBenchmark -prof gc
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx1g")
public class FacadeCostBenchmark {
  private static final int LOOK_UPS = 1_000;

  @Param({"HOWDAH_ENGINE", "HOWDAH_JAVA", "HOWDAH_KOTLIN"})
  Contender contender = Contender.HOWDAH_ENGINE;

  private @Nullable Contest contest;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    contest = Contest.open(contender, Trial.of(Workload.GATHER, LOOK_UPS));
  }

  /** Disconnects. */
  @TearDown
  public void close() {
    requireNonNull(contest).close();
  }

  /** A thousand at once, then one wait; the score is for one of them. */
  @Benchmark
  @OperationsPerInvocation(LOOK_UPS)
  public List<Account> gather() {
    Contest open = requireNonNull(contest);
    return open.client().gather(open.nextKeys());
  }

  /**
   * Single calls, each when the one before has been answered; Kotlin enters coroutines once for all
   * of them, as a program does that lives in them.
   */
  @Benchmark
  @OperationsPerInvocation(LOOK_UPS)
  public List<Account> single() {
    Contest open = requireNonNull(contest);
    return open.client().lookUpEach(open.nextKeys());
  }
}
