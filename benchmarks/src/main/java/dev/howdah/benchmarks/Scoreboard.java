package dev.howdah.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the contenders in turn, round after round, and says who is how much faster.
 *
 * <p>Speeds drift with whatever else a machine does, and a JVM needs seconds to become fast. So
 * everybody has a process that stays, is warmed up once, and then measured for a moment in each
 * round while the others wait; ratios are taken within a round.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --full
 * java -cp benchmarks/target/benchmarks.jar dev.howdah.benchmarks.Scoreboard --help
 * }</pre>
 */
public final class Scoreboard implements AutoCloseable {
  private static final Duration LITTLE = Duration.ofMillis(100);

  private final Server server;
  private final Progress progress;
  private final Map<Contender, Entrant> entrants = new EnumMap<>(Contender.class);

  private Scoreboard(Server server, Progress progress) {
    this.server = server;
    this.progress = progress;
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
    try (Server server = Server.givenOrEmbedded();
        Tables tables = Tables.open(server)) {
      run(settings, server, Conditions.now(server, tables));
    }
  }

  private static void run(Settings settings, Server server, Conditions conditions)
      throws IOException {
    Plan race = settings.race();
    Plan growth = settings.growth();
    System.out.println(conditions.text(race));
    Arrays.stream(Contender.values())
        .filter(contender -> !contender.isPresent())
        .forEach(contender -> System.out.println("Not on this machine: " + contender.label()));
    System.out.printf(
        "This takes about %s minutes.%n", Progress.clock(race.expected().plus(growth.expected())));
    Progress progress = new Progress(race.steps() + growth.steps());
    Standings raced;
    Standings grown;
    try (Scoreboard scoreboard = new Scoreboard(server, progress)) {
      raced = scoreboard.run(race);
      grown = scoreboard.run(growth);
    }
    Results results = new Results(settings, conditions, raced, grown);
    System.out.println("\n" + results.text());
    if (settings.write()) {
      results.write().forEach(file -> System.out.println("Written: " + file));
    }
  }

  private Standings run(Plan plan) throws IOException {
    Standings standings = new Standings();
    round(plan, 0, standings);
    for (int round = 1; round <= plan.rounds(); round++) {
      round(plan, round, standings);
    }
    return standings;
  }

  /** Round 0 warms up and does not count. */
  private void round(Plan plan, int round, Standings standings) throws IOException {
    for (Trial trial : plan.trials()) {
      for (Contender contender : plan.players(trial, round)) {
        progress.begin(round, trial, contender);
        Entrant entrant = entrant(contender);
        if (round == 0) {
          progress.end(entrant.measure(trial, plan.warmup(), LITTLE), trial);
        } else {
          Entrant.Figures figures = entrant.measure(trial, plan.settle(), plan.time());
          progress.end(figures, trial);
          standings.add(
              new Measurement(trial, contender, round, figures.perSecond(), figures.bytes()));
        }
      }
    }
  }

  private Entrant entrant(Contender contender) throws IOException {
    Entrant entrant = entrants.get(contender);
    if (entrant == null) {
      entrant = Entrant.start(contender, server);
      entrants.put(contender, entrant);
    }
    return entrant;
  }

  @Override
  public void close() {
    entrants.values().forEach(Entrant::close);
  }
}
