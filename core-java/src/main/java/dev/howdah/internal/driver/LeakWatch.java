package dev.howdah.internal.driver;

import dev.howdah.observe.BorrowedConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** Looks now and then for connections that have been borrowed for long, and says so once each. */
final class LeakWatch {
  private static final System.Logger LOG = System.getLogger("dev.howdah.pool");

  private LeakWatch() {}

  /** Looks four times in a threshold, so that a report comes at most a quarter of it late. */
  static void start(ConnectionSource source, Duration threshold, Scheduler timer) {
    long pause = Math.max(1, threshold.toMillis() / 4);
    timer.schedulePeriodically(() -> look(source, threshold), pause, pause, TimeUnit.MILLISECONDS);
  }

  private static void look(ConnectionSource source, Duration threshold) {
    source
        .standing()
        .forEach(
            physical -> {
              BorrowedConnection leak = physical.reportOnce(threshold);
              if (leak != null) {
                LOG.log(
                    System.Logger.Level.WARNING,
                    "held for longer than the leakDetectionThreshold of "
                        + threshold.toMillis()
                        + " ms: "
                        + leak);
              }
            });
  }
}
