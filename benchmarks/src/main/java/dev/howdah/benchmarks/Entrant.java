package dev.howdah.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** A contender at the scoreboard: idle until it is told to measure. Used by one thread. */
interface Entrant extends AutoCloseable {
  /** Gets a contender ready on a server; the caller closes it. */
  static Entrant start(Contender contender, Server server) throws IOException {
    return switch (contender) {
      case LIMIT_PGBENCH, LIMIT_PGBENCH_ANY -> new Pgbench(contender, server);
      default -> ContenderProcess.start(contender, server);
    };
  }

  /**
   * Has the contender connect, warm up, be measured and disconnect.
   *
   * @throws IllegalStateException if it fails, with the end of what it printed
   */
  Figures measure(Trial trial, Duration warmup, Duration time) throws IOException;

  @Override
  void close();

  /**
   * What came out.
   *
   * @param bytes allocated for each unit; NaN where there is no JVM to ask
   */
  record Figures(double perSecond, double bytes) {
    /** Reads {@code 12345.6 789.0}, as a process answers. */
    static Figures of(String answer) {
      String[] words = answer.split(" ", -1);
      return new Figures(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    }
  }
}
