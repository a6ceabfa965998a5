package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run of the scoreboard is asked to do.
 *
 * @param workloads what to run, in this order
 * @param contenders who takes part, in this order within each round
 * @param rounds how often everybody runs
 * @param warmup seconds everybody gets once in each workload, before the first round
 * @param seconds how long each measurement takes
 * @param write whether the table also goes into a file
 */
record Settings(
    List<Workload> workloads,
    List<Contender> contenders,
    int rounds,
    int warmup,
    int seconds,
    boolean write) {

  static final String USAGE =
      """
      Usage: java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard [options]

        --workload gather,single   what to run (both)
        --contender A,B,…          who takes part (all); the names are those of -p contender=…
        --rounds 5                 how often everybody is measured; the rounds are interleaved
        --warmup 8                 seconds everybody runs in each workload before the first round
        --seconds 1                seconds of each measurement
        --write                    also write benchmarks/results/<date>-<machine>.md
        --help                     this text

      The server is an embedded one, or the one that HOWDAH_BENCH_URL (or -Dhowdah.bench.url) names:
      postgresql://user:password@host:port/database
      """;

  Settings {
    workloads = workloads.stream().distinct().toList();
    contenders = contenders.stream().distinct().toList();
  }

  static Settings defaults() {
    return new Settings(
        List.of(Workload.values()),
        List.of(Contender.values()).stream().filter(c -> c != Contender.HOWDAH_ENGINE).toList(),
        5,
        8,
        1,
        false);
  }

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Settings of(List<String> arguments) {
    Settings settings = defaults();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--write")) {
        settings = settings.with(option, "");
      } else if (i + 1 < arguments.size()) {
        settings = settings.with(option, arguments.get(++i));
      } else {
        throw new IllegalArgumentException(option + " is unknown or lacks its value");
      }
    }
    return settings;
  }

  private Settings with(String option, String value) {
    return switch (option) {
      case "--workload" ->
          new Settings(
              named(Workload.class, option, value), contenders, rounds, warmup, seconds, write);
      case "--contender" ->
          new Settings(
              workloads, named(Contender.class, option, value), rounds, warmup, seconds, write);
      case "--rounds" ->
          new Settings(workloads, contenders, count(option, value), warmup, seconds, write);
      case "--warmup" ->
          new Settings(workloads, contenders, rounds, count(option, value), seconds, write);
      case "--seconds" ->
          new Settings(workloads, contenders, rounds, warmup, count(option, value), write);
      case "--write" -> new Settings(workloads, contenders, rounds, warmup, seconds, true);
      default -> throw new IllegalArgumentException(option + " is not an option");
    };
  }

  private static int count(String option, String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(option + " needs a number from 1, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static <E extends Enum<E>> List<E> named(Class<E> type, String option, String value) {
    List<E> found = new ArrayList<>();
    for (String name : value.split(",", -1)) {
      try {
        found.add(Enum.valueOf(type, name.strip().toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            option + " knows " + List.of(type.getEnumConstants()) + ", not '" + name + "'", e);
      }
    }
    return found;
  }
}
