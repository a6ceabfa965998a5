package dev.howdah.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that some contenders need; looked for once. */
final class Programs {
  /** The system property that names a Python, where it is not {@code python3}. */
  static final String PYTHON_PROPERTY = "howdah.bench.python";

  private static final Optional<String> PYTHON =
      Stream.of(System.getProperty(PYTHON_PROPERTY, "python3"), "/usr/bin/python3")
          .filter(python -> runs(List.of(python, "-c", "import asyncpg")))
          .findFirst();

  private static final Optional<String> PGBENCH =
      Stream.of("pgbench").filter(pgbench -> runs(List.of(pgbench, "--version"))).findFirst();

  private Programs() {}

  /** A Python that has asyncpg. */
  static Optional<String> python() {
    return PYTHON;
  }

  static Optional<String> pgbench() {
    return PGBENCH;
  }

  private static boolean runs(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
