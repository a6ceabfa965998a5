package dev.howdah.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * A million rows read one by one, in pages, as accounts; the score counts rows.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --workload stream
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar StreamBenchmark
 * java -jar benchmarks/target/benchmarks.jar StreamBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 *
 * <p>Ten million rows with a heap of 64 MB, to see that memory stays constant:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar StreamBenchmark -p contender=HOWDAH_JAVA \
 *     -p size=10000000 -opi 10000000 -jvmArgsAppend -Xmx64m -wi 1 -i 3
 * }</pre>
 */
public class StreamBenchmark extends ContestBenchmark {
  @Param({"HOWDAH_JAVA", "HOWDAH_KOTLIN", "R2DBC_POOL", "JDBC_VIRTUAL", "VERTX_POOL"})
  Contender contender = Contender.HOWDAH_JAVA;

  @Param("1000000")
  int size = 1_000_000;

  /** Connects and checks the contender. */
  @Setup
  public void open() {
    open(contender, Workload.STREAM, size);
  }

  /** The table so many times over, row by row. */
  @Benchmark
  @OperationsPerInvocation(1_000_000)
  public long stream() {
    return client().stream(size / Accounts.ROWS);
  }
}
