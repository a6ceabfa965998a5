package dev.howdah.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Everything that a reader must know to compare; absolute figures mean nothing elsewhere.
 *
 * @param used how much of the processors others used in the seconds before, from 0 to 1; negative
 *     where the system does not say
 */
record Conditions(
    LocalDate day,
    String platform,
    int processors,
    String postgres,
    boolean embedded,
    double used) {

  private static final Duration WATCH = Duration.ofSeconds(2);

  /** How it is now, before anything is measured; looks for two seconds. */
  static Conditions now(Server server, Tables tables) {
    return new Conditions(
        LocalDate.now(ZoneId.systemDefault()),
        (System.getProperty("os.name") + "-" + System.getProperty("os.arch"))
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-"),
        Runtime.getRuntime().availableProcessors(),
        tables.serverVersion(),
        server.isEmbedded(),
        inUse());
  }

  /** Not the load average: it still knows of the build that ended a second ago. */
  private static double inUse() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return -1;
    }
    system.getCpuLoad();
    try {
      Thread.sleep(WATCH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return system.getCpuLoad();
  }

  /** Whether somebody else was working on the machine. */
  boolean isBusy() {
    return used > 0.1;
  }

  /** What tells these results from others, for a file's name. */
  String fileName(String run) {
    return String.format(
        Locale.ROOT,
        "%s-%s-%dcpu-jdk%d-%s",
        day,
        platform,
        processors,
        Runtime.version().feature(),
        run);
  }

  /** In one line, for a chart. */
  String brief() {
    return String.format(
        Locale.ROOT,
        "%d processors, %s PostgreSQL %s, JDK %d, %s",
        processors,
        embedded ? "shared with an embedded" : "given",
        postgres,
        Runtime.version().feature(),
        day);
  }

  /** All of it. */
  String text(Plan plan) {
    String text =
        String.format(
            Locale.ROOT,
            "JDK %s (%s), %s, %d processors, PostgreSQL %s (%s), pool of %d,%n"
                + "rounds: %d of %.1f s each after %.1f s of warm-up, a JVM for each contender",
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            platform,
            processors,
            postgres,
            embedded ? "embedded, same machine" : "given",
            Trial.POOL,
            plan.rounds(),
            plan.time().toMillis() / 1000.0,
            plan.warmup().toMillis() / 1000.0);
    if (used >= 0) {
      text += String.format(Locale.ROOT, ",%nprocessors in use before: %.0f %%", 100 * used);
    }
    return isBusy() ? text + ".\nTHE MACHINE WAS BUSY: these figures are good for nothing" : text;
  }
}
