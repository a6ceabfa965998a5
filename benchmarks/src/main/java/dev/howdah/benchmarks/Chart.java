package dev.howdah.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bars for each headline workload: everybody's speed as a multiple of the best rival's. One scale
 * for all panels, from zero; thin lines show the spread over the rounds.
 */
final class Chart {
  private static final int WIDTH = 900;
  private static final int MARGIN = 24;
  private static final int GAP = 28;
  private static final int PANEL = (WIDTH - 2 * MARGIN - GAP) / 2;
  private static final int LABELS = 112;
  private static final int FIGURES = 44;
  private static final int TOP = 96;
  private static final int BAR = 14;
  private static final int STEP = 20;
  private static final int TITLE = 28;

  private final Standings standings;
  private final List<Trial> trials;
  private final double unit;
  private final int rows;

  private Chart(Standings standings) {
    this.standings = standings;
    this.trials =
        standings.trials().stream()
            .filter(trial -> trial.workload().isHeadline() || standings.trials().size() < 3)
            .filter(trial -> standings.bestRival(trial).isPresent())
            .toList();
    this.unit = (PANEL - LABELS - FIGURES) / Math.max(1, greatest());
    this.rows = trials.stream().mapToInt(trial -> shown(trial).size()).max().orElse(0);
  }

  /** The chart of a run, with the conditions below it. */
  static String of(Standings standings, String conditions, Plan plan) {
    return new Chart(standings).draw(conditions, plan);
  }

  private String draw(String conditions, Plan plan) {
    int panelHeight = TITLE + rows * STEP + GAP;
    int height = TOP + (trials.size() + 1) / 2 * panelHeight + 16;
    Svg svg = new Svg(WIDTH, height, "Howdah's speed beside its rivals'");
    svg.text("head", MARGIN, 40, "Howdah beside its rivals");
    svg.text(
        "faint",
        MARGIN,
        62,
        "Speed as a multiple of the best rival's, which is 1. Longer is faster. Thin lines: from"
            + " the worst round to the best.");
    for (int i = 0; i < trials.size(); i++) {
      panel(svg, trials.get(i), MARGIN + i % 2 * (PANEL + GAP), TOP + i / 2 * panelHeight);
    }
    svg.text(
        "faint small",
        MARGIN,
        height - 16,
        String.format(
            Locale.ROOT,
            "%s; median of %d interleaved rounds, %d connections",
            conditions,
            plan.rounds(),
            Trial.POOL));
    return svg.toString();
  }

  private void panel(Svg svg, Trial trial, int left, int top) {
    Contender best = standings.bestRival(trial).orElseThrow();
    String title = trial.title();
    svg.text(
        "title",
        left,
        top + 12,
        title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1));
    List<Contender> shown = shown(trial);
    double zero = left + LABELS;
    svg.line("rule", zero + unit, top + TITLE - 5, zero + unit, top + TITLE + shown.size() * STEP);
    for (int i = 0; i < shown.size(); i++) {
      Contender contender = shown.get(i);
      Spread ratio = standings.ratio(trial, contender, best);
      double y = top + TITLE + i * STEP;
      String weight = contender.isOurs() ? " ours" : "";
      svg.text("end" + weight, zero - 8, y + 11, contender.shortLabel());
      svg.bar(style(contender, best), zero, y, Math.max(1, ratio.median() * unit), BAR);
      svg.line(
          "spread",
          zero + ratio.min() * unit,
          y + BAR / 2.0,
          zero + ratio.max() * unit,
          y + BAR / 2.0);
      svg.text(
          "value" + weight,
          zero + Math.max(ratio.max(), ratio.median()) * unit + 6,
          y + 11,
          String.format(Locale.ROOT, "%.2f", ratio.median()));
    }
  }

  private static String style(Contender contender, Contender best) {
    return switch (contender) {
      case HOWDAH_JAVA -> "java";
      case HOWDAH_KOTLIN -> "kotlin";
      default -> contender == best ? "best" : "rival";
    };
  }

  /** Who is compared; limits and floors are in the tables. */
  private List<Contender> shown(Trial trial) {
    Contender best = standings.bestRival(trial).orElseThrow();
    return standings.ranking(trial).stream()
        .filter(contender -> contender.isOurs() || contender.isRival())
        .sorted(
            Comparator.comparingDouble(
                contender -> -standings.ratio(trial, contender, best).median()))
        .toList();
  }

  private double greatest() {
    return trials.stream()
        .flatMap(
            trial -> {
              Optional<Contender> best = standings.bestRival(trial);
              return shown(trial).stream()
                  .map(contender -> standings.ratio(trial, contender, best.orElseThrow()).max());
            })
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(1);
  }
}
