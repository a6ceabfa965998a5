package dev.howdah.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * What a program pays before its first answer, once its classes are warm: a pool of one connection,
 * one look-up, and everything closed again.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload start
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar StartBenchmark
 * java -jar benchmarks/target/benchmarks.jar StartBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class StartBenchmark extends ContestBenchmark {
  @Param({"HOWDAH_JAVA", "HOWDAH_KOTLIN", "R2DBC_POOL", "JDBC_VIRTUAL", "VERTX_POOL"})
  Contender contender = Contender.HOWDAH_JAVA;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.START, 1);
  }

  /** From nothing to an answer and back. */
  @Benchmark
  public Account start() {
    return contest().start();
  }
}
