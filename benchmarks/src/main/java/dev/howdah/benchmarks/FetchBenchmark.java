package dev.howdah.benchmarks;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The whole table of 100,000 rows and four columns in one answer, as the contender's own rows with
 * every value decoded, and into records; the score counts rows.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard \
 *     --workload fetch-rows,fetch-records
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar FetchBenchmark
 * java -jar benchmarks/target/benchmarks.jar FetchBenchmark -p contender=HOWDAH_JAVA -prof gc
 * }</pre>
 */
public class FetchBenchmark extends ContestBenchmark {
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
    open(contender, Workload.FETCH_RECORDS, Accounts.ROWS);
  }

  /** Whatever the contender calls a row, each of its values asked for once. */
  @Benchmark
  @OperationsPerInvocation(Accounts.ROWS)
  public long fetchRows() {
    return client().fetchRows();
  }

  /** Into {@link Account}s. */
  @Benchmark
  @OperationsPerInvocation(Accounts.ROWS)
  public List<Account> fetchRecords() {
    return client().fetchRecords();
  }
}
