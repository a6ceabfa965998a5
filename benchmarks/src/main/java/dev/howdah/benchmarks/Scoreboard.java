package dev.howdah.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the contenders in turn, round after round, and prints who is how much faster.
 *
 * <p>Speeds drift with whatever else a machine does, and a JVM needs seconds to become fast. So
 * everybody has a JVM that stays, is warmed up once, and then measured by JMH for a moment in each
 * round while the others wait; ratios are taken within a round.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --help
 * }</pre>
 */
public final class Scoreboard {
  /** Each measurement connects anew; this is for caches and pools, not for the compiler. */
  private static final int SECONDS_TO_SETTLE = 1;

  private final Settings settings;
  private final Server server;
  private final Map<Contender, ContenderProcess> processes = new LinkedHashMap<>();
  private final Standings standings = new Standings();
  private final Progress progress;

  private Scoreboard(Settings settings, Server server) {
    this.settings = settings;
    this.server = server;
    int steps = settings.workloads().size() * settings.contenders().size();
    this.progress = new Progress(steps * (settings.rounds() + 1));
  }

  /** Runs; the options are in {@code --help}. */
  public static void main(String[] arguments) throws IOException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Settings.USAGE);
      return;
    }
    Settings settings;
    try {
      settings = Settings.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(Settings.USAGE);
      System.exit(2);
      return;
    }
    try (Server server = Server.givenOrEmbedded()) {
      boolean madeTable = Accounts.create(server);
      try {
        new Scoreboard(settings, server).run();
      } finally {
        if (madeTable) {
          Accounts.drop(server);
        }
      }
    }
  }

  private void run() throws IOException {
    String conditions = conditions();
    System.out.println(conditions);
    System.out.println("This takes about " + clock(expected()) + " minutes.");
    try {
      for (Contender contender : settings.contenders()) {
        processes.put(contender, ContenderProcess.start(contender, server));
      }
      round(0, settings.warmup());
      for (int round = 1; round <= settings.rounds(); round++) {
        round(round, SECONDS_TO_SETTLE);
      }
    } finally {
      processes.values().forEach(ContenderProcess::close);
    }
    String tables = tables();
    System.out.println("\n" + tables);
    if (settings.write()) {
      System.out.println("Written: " + write(conditions, tables));
    }
  }

  /** A JVM's start, connecting and checking take their time too. */
  private Duration expected() {
    int steps = settings.workloads().size() * settings.contenders().size();
    int warmup = 1_500 + 1_000 * (settings.warmup() + settings.seconds());
    int measured = 300 + 1_000 * (SECONDS_TO_SETTLE + settings.seconds());
    return Duration.ofMillis((long) steps * (warmup + settings.rounds() * measured));
  }

  /** Round 0 does not count. */
  private void round(int round, int warmup) throws IOException {
    for (Workload workload : settings.workloads()) {
      for (Map.Entry<Contender, ContenderProcess> entry : processes.entrySet()) {
        progress.begin(round, workload, entry.getKey());
        Measurement measurement =
            entry.getValue().measure(workload, round, warmup, settings.seconds());
        progress.end(measurement);
        if (round > 0) {
          standings.add(measurement);
        }
      }
    }
  }

  private String tables() {
    StringBuilder text = new StringBuilder();
    for (Workload workload : settings.workloads()) {
      text.append(standings.table(workload, settings.contenders()));
      text.append(standings.facades(workload, settings.contenders()));
      text.append('\n');
    }
    return text.toString();
  }

  /** Everything that a reader must know to compare; absolute figures mean nothing elsewhere. */
  private String conditions() {
    return String.format(
        Locale.ROOT,
        "JDK %s (%s), %s, %d processors, PostgreSQL %s (%s), pool of %d,%n"
            + "rounds: %d of %d s each after %d s of warm-up, a JVM for each contender",
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        platform(),
        Runtime.getRuntime().availableProcessors(),
        Accounts.serverVersion(server),
        server.isEmbedded() ? "embedded, same machine" : "given",
        Contender.POOL_SIZE,
        settings.rounds(),
        settings.seconds(),
        settings.warmup());
  }

  private static Path write(String conditions, String tables) throws IOException {
    Path module = Path.of("benchmarks");
    Path folder = (Files.isDirectory(module) ? module : Path.of("")).resolve("results");
    Files.createDirectories(folder);
    String day = LocalDate.now(ZoneId.systemDefault()).toString();
    Path file =
        folder.resolve(
            String.format(
                Locale.ROOT,
                "%s-%s-%dcpu-jdk%d.md",
                day,
                platform(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature()));
    return Files.writeString(
        file,
        "# Scoreboard of " + day + "\n\n" + conditions + "\n\n" + tables.stripTrailing() + "\n");
  }

  private static String platform() {
    return (System.getProperty("os.name") + "-" + System.getProperty("os.arch"))
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-");
  }

  private static String clock(Duration time) {
    return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
  }

  /** One line for each step: what runs, and what came out. */
  private static final class Progress {
    private final int total;
    private final long start = System.nanoTime();
    private int done;

    Progress(int total) {
      this.total = total;
    }

    void begin(int round, Workload workload, Contender contender) {
      System.out.printf(
          Locale.ROOT,
          "[%3d/%d] %-8s %-6s  %-34s ",
          done + 1,
          total,
          round == 0 ? "warm-up," : "round " + round + ",",
          workload.label(),
          contender.label());
      System.out.flush();
    }

    void end(Measurement measurement) {
      done++;
      Duration gone = Duration.ofNanos(System.nanoTime() - start);
      System.out.printf(
          Locale.ROOT,
          "%,9.0f/s   %s%n",
          measurement.perSecond(),
          done == total ? "done in " + clock(gone) : clock(gone) + " gone");
    }
  }
}
