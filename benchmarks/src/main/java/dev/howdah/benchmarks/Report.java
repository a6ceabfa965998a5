package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables that standings make, in Markdown that reads well as it is. */
final class Report {
  private Report() {}

  /** One line for each workload: Howdah beside the best rival, the plain driver and the limit. */
  static String glance(Standings standings) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "workload",
        "Howdah's faster facade",
        "best rival",
        "x best rival",
        "min..max",
        "x r2dbc-pool",
        "of the limit");
    line(text, "---", "---", "---", "---:", "---:", "---:", "---:");
    for (Trial trial : standings.trials()) {
      standings.bestOfOurs(trial).ifPresent(ours -> text.append(glance(standings, trial, ours)));
    }
    return text.toString();
  }

  private static String glance(Standings standings, Trial trial, Contender ours) {
    StringBuilder text = new StringBuilder();
    Optional<Contender> rival = standings.bestRival(trial);
    Optional<Spread> ratio = rival.map(r -> standings.ratio(trial, ours, r));
    Optional<Contender> limit =
        standings.ranking(trial).stream().filter(c -> c.kind() == Contender.Kind.LIMIT).findFirst();
    line(
        text,
        trial.workload().label(),
        ours.label(),
        rival.map(Contender::label).orElse(""),
        ratio.map(r -> format("%.2f", r.median())).orElse(""),
        ratio.map(Report::range).orElse(""),
        standings.has(trial, Contender.R2DBC_POOL)
            ? format("%.2f", standings.ratio(trial, ours, Contender.R2DBC_POOL).median())
            : "",
        limit.map(l -> format("%.2f", standings.ratio(trial, ours, l).median())).orElse(""));
    return text.toString();
  }

  /** The table of one trial, fastest first. */
  static String table(Standings standings, Trial trial) {
    Optional<Contender> best = standings.bestRival(trial);
    StringBuilder text = new StringBuilder();
    text.append(format("### %s: %s%n%n", trial.workload().label(), trial.title()));
    line(
        text,
        "contender",
        trial.workload().unit() + "/s",
        "min..max",
        "x best rival",
        "min..max",
        "bytes each");
    line(text, "---", "---:", "---:", "---:", "---:", "---:");
    for (Contender contender : standings.ranking(trial)) {
      Spread speed = standings.speed(trial, contender);
      Optional<Spread> ratio = best.map(rival -> standings.ratio(trial, contender, rival));
      double bytes = standings.bytes(trial, contender);
      line(
          text,
          contender.label(),
          format("%,.0f", speed.median()),
          format("%,.0f..%,.0f", speed.min(), speed.max()),
          ratio.map(r -> format("%.2f", r.median())).orElse(""),
          ratio.map(Report::range).orElse(""),
          Double.isNaN(bytes) ? "" : format("%,.0f", bytes));
    }
    return text.append(facades(standings, trial)).append(streaming(standings, trial)).toString();
  }

  /** The Kotlin facade beside the Java one, if both took part. */
  private static String facades(Standings standings, Trial trial) {
    if (!standings.has(trial, Contender.HOWDAH_JAVA)
        || !standings.has(trial, Contender.HOWDAH_KOTLIN)) {
      return "";
    }
    Spread ratio = standings.ratio(trial, Contender.HOWDAH_KOTLIN, Contender.HOWDAH_JAVA);
    return format(
        "%nFacades: Kotlin runs at %.2f of Java's speed (%s) and takes %+,.0f bytes.%n",
        ratio.median(),
        range(ratio),
        standings.bytes(trial, Contender.HOWDAH_KOTLIN)
            - standings.bytes(trial, Contender.HOWDAH_JAVA));
  }

  /** How much of the rate of fetching at once is left when rows come one by one. */
  private static String streaming(Standings standings, Trial trial) {
    Trial fetch = Trial.of(Workload.FETCH_RECORDS, Accounts.ROWS);
    if (trial.workload() != Workload.STREAM || !standings.trials().contains(fetch)) {
      return "";
    }
    StringBuilder text = new StringBuilder("\nOf the rate of fetch-records:");
    for (Contender contender : standings.ranking(trial)) {
      if (standings.has(fetch, contender)) {
        Spread ratio = standings.ratio(contender, trial, fetch);
        text.append(format(" %s %.2f (%s),", contender.label(), ratio.median(), range(ratio)));
      }
    }
    text.setLength(text.length() - 1);
    return text.append(".\n").toString();
  }

  /** One curve: a line for each point, a column for each contender. */
  static String growth(Standings standings, Curve curve) {
    List<Contender> contenders =
        standings.ranking(curve.trials().get(0)).stream().sorted().toList();
    StringBuilder text = new StringBuilder();
    text.append(format("### growth of %s: %s%n%n", curve.grows(), curve.title()));
    line(text, curve.grows(), columns(contenders, Contender::label, "x best rival", "bytes each"));
    line(text, "---:", columns(contenders, contender -> "---:", "---:", "---:"));
    for (int point : curve.points()) {
      Trial trial = curve.trial(point);
      Optional<Contender> ours = standings.bestOfOurs(trial);
      Optional<Contender> rival = standings.bestRival(trial);
      line(
          text,
          format("%,d", point),
          columns(
              contenders,
              contender -> format("%,.0f/s", standings.speed(trial, contender).median()),
              ours.isPresent() && rival.isPresent()
                  ? format("%.2f", standings.ratio(trial, ours.get(), rival.get()).median())
                  : "",
              ours.map(c -> format("%,.0f", standings.bytes(trial, c))).orElse("")));
    }
    for (Contender contender : contenders) {
      Spread ratio =
          standings.ratio(contender, curve.trial(curve.last()), curve.trial(curve.usual()));
      text.append(
          format(
              "%s%s at %,d %s: %.2f of its speed at %,d (%s)",
              contender == contenders.get(0) ? "\n" : ";\n",
              contender.label(),
              curve.last(),
              curve.grows(),
              ratio.median(),
              curve.usual(),
              range(ratio)));
    }
    return text.append(".\n").toString();
  }

  private static String[] columns(
      List<Contender> contenders, Function<Contender, String> column, String... others) {
    return Stream.concat(contenders.stream().map(column), Arrays.stream(others))
        .toArray(String[]::new);
  }

  private static String range(Spread spread) {
    return format("%.2f..%.2f", spread.min(), spread.max());
  }

  private static void line(StringBuilder text, String first, String... others) {
    text.append(format("| %-32s |", first));
    for (String other : others) {
      text.append(format(" %16s |", other));
    }
    text.append('\n');
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
