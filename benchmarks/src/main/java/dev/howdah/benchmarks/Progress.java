package dev.howdah.benchmarks;

import java.time.Duration;
import java.util.Locale;

/** One line on the terminal for each step: what runs, and what came out. Used by one thread. */
final class Progress {
  private final int total;
  private final long start = System.nanoTime();
  private int done;

  Progress(int total) {
    this.total = total;
  }

  void begin(int round, Trial trial, Contender contender) {
    System.out.printf(
        Locale.ROOT,
        "[%4d/%d] %-8s %-24s %-32s ",
        done + 1,
        total,
        round == 0 ? "warm-up," : "round " + round + ",",
        trial.workload().label() + describe(trial),
        contender.label());
    System.out.flush();
  }

  void end(Entrant.Figures figures, Trial trial) {
    done++;
    Duration gone = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        Locale.ROOT,
        "%,10.0f %s/s   %s%n",
        figures.perSecond(),
        trial.workload().unit(),
        done == total ? "done in " + clock(gone) : clock(gone) + " gone");
  }

  static String clock(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  private static String describe(Trial trial) {
    String size =
        trial.size() == trial.workload().size()
            ? ""
            : String.format(Locale.ROOT, " %,d", trial.size());
    return trial.pool() == Trial.POOL ? size : size + ", pool " + trial.pool();
  }
}
