package dev.howdah.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A thousand transactions at once, over ten connections: BEGIN, UPDATE, SELECT, INSERT, COMMIT. The
 * score counts transactions.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload transaction
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar TransactionBenchmark
 * java -jar benchmarks/target/benchmarks.jar TransactionBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class TransactionBenchmark extends ContestBenchmark {
  @Param({"HOWDAH_JAVA", "HOWDAH_KOTLIN", "R2DBC_POOL", "JDBC_VIRTUAL", "VERTX_POOL"})
  Contender contender = Contender.HOWDAH_JAVA;

  @Param("1000")
  int size = 1_000;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.TRANSACTION, size);
  }

  /** A thousand at once, then one wait. */
  @Benchmark
  @OperationsPerInvocation(1_000)
  public long transaction() {
    return client().transact(contest().nextKeys());
  }
}
