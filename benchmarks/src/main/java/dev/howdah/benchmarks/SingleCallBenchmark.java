package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single-row look-ups one after another: each is waited for before the next is sent, so its speed
 * is the latency of one call on an idle pool.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload single
 * }</pre>
 *
 * <p>With JMH; the second command shows the distribution of the latency:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar SingleCallBenchmark
 * java -jar benchmarks/target/benchmarks.jar SingleCallBenchmark -bm sample -tu us
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class SingleCallBenchmark {
  @Param({
    "HOWDAH_JAVA",
    "HOWDAH_KOTLIN",
    "R2DBC_POOL",
    "JDBC_VIRTUAL",
    "VERTX_POOL",
    "VERTX_PIPELINED"
  })
  Contender contender = Contender.HOWDAH_JAVA;

  private @Nullable Contest contest;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    contest = Contest.open(contender, 1);
  }

  /** Disconnects. */
  @TearDown
  public void close() {
    requireNonNull(contest).close();
  }

  /** One call and the wait for its answer. */
  @Benchmark
  public Account single() {
    Contest open = requireNonNull(contest);
    return open.client().lookUp(open.nextKeys()[0]);
  }
}
