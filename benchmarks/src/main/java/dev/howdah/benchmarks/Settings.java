package dev.howdah.benchmarks;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a run of the scoreboard is asked to do.
 *
 * @param name what the run is called in file names
 * @param race everybody beside each other
 * @param growth the same along the {@link Curve}s; without trials in a quick run
 * @param write whether the results also go into files
 */
record Settings(String name, Plan race, Plan growth, boolean write) {

  static final String USAGE =
      """
      Usage: java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard [options]

      Without options: a quick run of the headline workloads, under five minutes on two processors.

        --full                     all workloads in full size, and the growth curves; about an hour
        --growth                   the growth curves alone
        --workload gather,single   only these; the names are those in the tables' headings
        --contender A,B,…          only these; the names are those of -p contender=…
        --rounds 3                 how often everybody is measured; the rounds are interleaved
        --warmup 1.2               seconds everybody runs in each workload before the first round
        --seconds 0.6              seconds of each measurement
        --rows 10000               how many rows the workloads that write write at once
        --write                    write results/<date>-<machine>-….md and charts; a run without
                                   --workload and --contender does it unasked
        --help                     this text

      The server is an embedded one, or the one that HOWDAH_BENCH_URL (or -Dhowdah.bench.url) names:
      postgresql://user:password@host:port/database
      """;

  private static final int QUICK_ROWS = 10_000;

  /** Everybody who is on this machine; the floor is asked for by name. */
  static List<Contender> present() {
    return Arrays.stream(Contender.values())
        .filter(c -> c.kind() != Contender.Kind.FLOOR)
        .filter(Contender::isPresent)
        .toList();
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Settings of(List<String> arguments) {
    Options given = new Options();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (given.flag(option)) {
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " is unknown or lacks its value");
      }
      given.value(option, arguments.get(++i));
    }
    return given.settings();
  }

  /** What was said on the command line. */
  private static final class Options {
    private boolean full;
    private boolean growth;
    private boolean write;
    private List<Workload> workloads = List.of();
    private List<Contender> contenders = List.of();
    private int rounds;
    private Duration warmup = Duration.ZERO;
    private Duration time = Duration.ZERO;
    private int rows;

    boolean flag(String option) {
      switch (option) {
        case "--full" -> full = true;
        case "--growth" -> growth = true;
        case "--write" -> write = true;
        default -> {
          return false;
        }
      }
      return true;
    }

    void value(String option, String value) {
      switch (option) {
        case "--workload" -> workloads = named(Workload.class, option, value);
        case "--contender" -> contenders = named(Contender.class, option, value);
        case "--rounds" -> rounds = count(option, value);
        case "--rows" -> rows = count(option, value);
        case "--warmup" -> warmup = seconds(option, value);
        case "--seconds" -> time = seconds(option, value);
        default -> throw new IllegalArgumentException(option + " is not an option");
      }
    }

    Settings settings() {
      boolean part = !workloads.isEmpty() || !contenders.isEmpty();
      String name = full ? "full" : growth ? "growth" : "quick";
      List<Contender> players = contenders.isEmpty() ? present() : contenders;
      return new Settings(
          part ? name + "-part" : name, race(players), growthCurves(players), write || !part);
    }

    private Plan race(List<Contender> players) {
      List<Contender> racing = players;
      if (!full && contenders.isEmpty()) {
        racing = players.stream().filter(c -> c != Contender.LIMIT_PGBENCH).toList();
      }
      Stream<Workload> chosen =
          !workloads.isEmpty()
              ? workloads.stream().distinct()
              : Arrays.stream(Workload.values()).filter(w -> full || w.isHeadline());
      List<Trial> trials = chosen.map(workload -> Trial.of(workload, size(workload))).toList();
      return new Plan(
          growth && !full ? List.of() : trials,
          racing,
          rounds > 0 ? rounds : full ? 5 : 3,
          orElse(warmup, full ? 6_000 : 1_200),
          Duration.ofMillis(full ? 500 : 200),
          orElse(time, full ? 1_500 : 600),
          !full && contenders.isEmpty());
    }

    private Plan growthCurves(List<Contender> players) {
      List<Trial> trials =
          growth || (full && workloads.isEmpty())
              ? Arrays.stream(Curve.values()).flatMap(curve -> curve.trials().stream()).toList()
              : List.of();
      return new Plan(
          trials.stream().distinct().toList(),
          players.stream().filter(c -> c.isOurs() || c.isRival()).toList(),
          rounds > 0 ? rounds : 2,
          orElse(warmup, 2_000),
          Duration.ofMillis(300),
          orElse(time, 1_000),
          false);
    }

    private int size(Workload workload) {
      if (!workload.writes()) {
        return workload.size();
      }
      return rows > 0 ? rows : full ? workload.size() : QUICK_ROWS;
    }

    private static Duration orElse(Duration given, int millis) {
      return given.isZero() ? Duration.ofMillis(millis) : given;
    }

    private static int count(String option, String value) {
      if (!value.matches("[1-9][0-9]{0,6}")) {
        throw new IllegalArgumentException(option + " needs a number from 1, not " + value);
      }
      return Integer.parseInt(value);
    }

    private static Duration seconds(String option, String value) {
      if (!value.matches("[0-9]{1,4}(\\.[0-9]{1,3})?") || value.matches("[0.]+")) {
        throw new IllegalArgumentException(
            option + " needs seconds, such as 2 or 0.5, not " + value);
      }
      return Duration.ofMillis(new BigDecimal(value).movePointRight(3).longValue());
    }

    private static <E extends Enum<E>> List<E> named(Class<E> type, String option, String value) {
      List<E> found = new ArrayList<>();
      for (String name : value.split(",", -1)) {
        try {
          found.add(Enum.valueOf(type, name.strip().toUpperCase(Locale.ROOT).replace('-', '_')));
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(
              option + " knows " + List.of(type.getEnumConstants()) + ", not '" + name + "'", e);
        }
      }
      return found;
    }
  }
}
