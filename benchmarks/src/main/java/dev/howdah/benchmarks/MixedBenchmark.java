package dev.howdah.benchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A thousand single-row look-ups over ten SQL texts, all at once; the score counts look-ups.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload mixed
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar MixedBenchmark
 * java -jar benchmarks/target/benchmarks.jar MixedBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class MixedBenchmark extends ContestBenchmark {
  @Param({
    "HOWDAH_JAVA",
    "HOWDAH_KOTLIN",
    "R2DBC_POOL",
    "JDBC_VIRTUAL",
    "VERTX_POOL",
    "VERTX_PIPELINED"
  })
  Contender contender = Contender.HOWDAH_JAVA;

  @Param("1000")
  int size = 1_000;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.MIXED, size);
  }

  /** A thousand at once, then one wait. */
  @Benchmark
  @OperationsPerInvocation(1_000)
  public List<Account> mixed() {
    return client().gatherMixed(contest().nextKeys());
  }
}
