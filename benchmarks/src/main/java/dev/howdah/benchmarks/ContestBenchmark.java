package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks have in common: ten connections unless {@code -p pool=} says otherwise, a
 * contest that is opened before a trial and closed after it, units per second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public abstract class ContestBenchmark {
  @Param("10")
  int pool = Trial.POOL;

  private @Nullable Contest contest;

  /** Connects and checks the contender. */
  final void open(Contender contender, Workload workload, int size) {
    contest = Contest.open(contender, new Trial(workload, size, pool));
  }

  /** Disconnects. */
  @TearDown
  public void close() {
    requireNonNull(contest).close();
  }

  final Contest contest() {
    return requireNonNull(contest);
  }

  final Client client() {
    return contest().client();
  }
}
