package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All measurements of a run, and the tables they make. Used by one thread. */
final class Standings {
  private final List<Measurement> measurements = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /** The table of one workload, fastest first, in Markdown that reads well as it is. */
  String table(Workload workload, List<Contender> contenders) {
    Optional<Contender> best =
        contenders.stream().filter(Contender::isRival).max(bySpeed(workload));
    StringBuilder text = new StringBuilder();
    text.append("### ").append(workload.label()).append(": ").append(workload.title());
    text.append("\n\n");
    line(text, "contender", "look-ups/s", "min..max", "x best rival", "min..max", "bytes each");
    line(text, "---", "---:", "---:", "---:", "---:", "---:");
    contenders.stream()
        .sorted(bySpeed(workload).reversed())
        .forEach(contender -> row(text, workload, contender, best));
    return text.toString();
  }

  /** The Kotlin facade beside the Java one, if both took part. */
  String facades(Workload workload, List<Contender> contenders) {
    if (!contenders.containsAll(List.of(Contender.HOWDAH_JAVA, Contender.HOWDAH_KOTLIN))) {
      return "";
    }
    Spread ratio = ratio(workload, Contender.HOWDAH_KOTLIN, Contender.HOWDAH_JAVA);
    return format(
        "%nFacades: Kotlin runs at %.2f of Java's speed (%.2f..%.2f) and takes %+,.0f bytes.%n",
        ratio.median(),
        ratio.min(),
        ratio.max(),
        bytes(workload, Contender.HOWDAH_KOTLIN) - bytes(workload, Contender.HOWDAH_JAVA));
  }

  private void row(
      StringBuilder text, Workload workload, Contender contender, Optional<Contender> best) {
    Spread speed = Spread.of(speeds(workload, contender));
    Optional<Spread> ratio = best.map(rival -> ratio(workload, contender, rival));
    line(
        text,
        contender.label(),
        format("%,.0f", speed.median()),
        format("%,.0f..%,.0f", speed.min(), speed.max()),
        ratio.map(r -> format("%.2f", r.median())).orElse(""),
        ratio.map(r -> format("%.2f..%.2f", r.min(), r.max())).orElse(""),
        format("%,.0f", bytes(workload, contender)));
  }

  private static void line(StringBuilder text, String first, String... others) {
    text.append(format("| %-34s |", first));
    for (String other : others) {
      text.append(format(" %16s |", other));
    }
    text.append('\n');
  }

  private Comparator<Contender> bySpeed(Workload workload) {
    return Comparator.comparingDouble(contender -> Spread.of(speeds(workload, contender)).median());
  }

  private Spread ratio(Workload workload, Contender contender, Contender other) {
    return Spread.ofRatios(speeds(workload, contender), speeds(workload, other));
  }

  /** In the order of the rounds. */
  private List<Double> speeds(Workload workload, Contender contender) {
    return of(workload, contender).stream().map(Measurement::perSecond).toList();
  }

  private double bytes(Workload workload, Contender contender) {
    return Spread.of(of(workload, contender).stream().map(Measurement::bytes).toList()).median();
  }

  private List<Measurement> of(Workload workload, Contender contender) {
    return measurements.stream()
        .filter(m -> m.workload() == workload && m.contender() == contender)
        .toList();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
