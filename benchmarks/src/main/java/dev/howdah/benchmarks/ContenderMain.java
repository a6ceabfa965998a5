package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The JVM of one contender: waits for orders on its standard input, has JMH measure, answers on its
 * standard output, and ends when the input does, so that it never outlives the {@link Scoreboard}.
 *
 * <p>An order is {@code GATHER 1000 10 3000 1000}: workload, size, connections, milliseconds of
 * warm-up and of measurement. The answer is {@code 12345.6 789.0}: units per second, bytes for
 * each.
 */
final class ContenderMain {
  private ContenderMain() {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    PrintStream answers = System.out;
    // JMH and whoever else prints must not get between the answers.
    System.setOut(System.err);
    Contender contender = Contender.valueOf(arguments[0]);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", -1);
      RunResult result =
          measure(
              contender, Trial.of(words), Integer.parseInt(words[3]), Integer.parseInt(words[4]));
      answers.printf(
          Locale.ROOT,
          "%f %f%n",
          result.getPrimaryResult().getScore(),
          requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore());
      answers.flush();
    }
  }

  private static RunResult measure(Contender contender, Trial trial, int warmup, int time)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(trial.workload().pattern())
            .param("contender", contender.name())
            .param("pool", Integer.toString(trial.pool()))
            // This JVM is the fork: it is the contender's alone, and stays warm.
            .forks(0)
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(warmup))
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(time))
            .operationsPerInvocation(trial.operations())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (trial.workload().isSized()) {
      options.param("size", Integer.toString(trial.size()));
    }
    return new Runner(options.build()).runSingle();
  }
}
