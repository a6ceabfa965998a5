package dev.howdah.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A hundred thousand rows written by one call, all or nothing; the score counts rows. The table is
 * put back before each run, outside of the time, and compared after each iteration with what was to
 * be written.
 *
 * <p>All contenders, interleaved, with ratios:
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard \
 *     --workload upsert,insert,insert-batch,execute-many,update-many
 * }</pre>
 *
 * <p>With JMH, one contender after the other, or one alone:
 *
 * <pre>{@code
 * java -jar benchmarks/target/benchmarks.jar WriteBenchmark
 * java -jar benchmarks/target/benchmarks.jar WriteBenchmark.upsert -p contender=HOWDAH_JAVA
 * }</pre>
 */
public class WriteBenchmark extends ContestBenchmark {
  private static final int ROWS = 100_000;

  @Param({
    "HOWDAH_JAVA",
    "HOWDAH_KOTLIN",
    "R2DBC_POOL",
    "JDBC_VIRTUAL",
    "VERTX_POOL",
    "VERTX_PIPELINED"
  })
  Contender contender = Contender.HOWDAH_JAVA;

  @Param("100000")
  int size = ROWS;

  /** Connects and checks the contender. */
  @Setup
  public void open(BenchmarkParams params) {
    String method = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
    String name = method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    open(contender, Workload.valueOf(name), size);
  }

  /** Puts the table back. */
  @Setup(Level.Invocation)
  public void reset() {
    contest().reset();
  }

  /** Compares what the last run wrote. */
  @TearDown(Level.Iteration)
  public void check() {
    contest().checkWritten();
  }

  /** Rows of which every second one is there already. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long upsert() {
    return client().upsert(contest().items());
  }

  /** Rows into an empty table, by COPY where the contender offers it. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long insert() {
    return client().insert(contest().items());
  }

  /** Rows into an empty table as a batch: Howdah by the table's name, the others by a statement. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long insertBatch() {
    return client().insertBatch(contest().items());
  }

  /** An INSERT of the caller's own, once for each element. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long executeMany() {
    return client().executeMany(Items.INSERT, contest().items());
  }

  /** An UPDATE of the caller's own, once for each element. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long updateMany() {
    return client().executeMany(Items.UPDATE, contest().items());
  }
}
