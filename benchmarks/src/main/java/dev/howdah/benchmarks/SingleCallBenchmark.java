package dev.howdah.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Single-row look-ups one after another: each is waited for before the next is sent, so its speed
 * is the latency of one call on an idle pool. {@code -bm sample -tu us} shows its distribution.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload single
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar SingleCallBenchmark
 * java -jar benchmarks/target/benchmarks.jar SingleCallBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class SingleCallBenchmark extends ContestBenchmark {
  @Param({
    "HOWDAH_JAVA",
    "HOWDAH_KOTLIN",
    "R2DBC_POOL",
    "JDBC_VIRTUAL",
    "VERTX_POOL",
    "VERTX_PIPELINED"
  })
  Contender contender = Contender.HOWDAH_JAVA;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.SINGLE, 1);
  }

  /** One call and the wait for its answer. */
  @Benchmark
  public Account single() {
    return client().lookUp(contest().nextKeys()[0]);
  }
}
