package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Lines for each {@link Curve}: everybody's speed where one thing grows, as a multiple of the best
 * rival's at the point that the workloads use. Both scales are logarithmic and the same for all.
 */
final class GrowthChart {
  private static final int WIDTH = 900;
  private static final int MARGIN = 24;
  private static final int GAP = 20;
  private static final int TOP = 96;
  private static final int AXIS = 34;
  private static final int NAMES = 92;
  private static final int PLOT = 240;
  private static final int PANEL = (WIDTH - 2 * MARGIN - 2 * GAP) / 3;
  private static final int LINE = 13;

  private final Standings standings;
  private final double least;
  private final double most;

  private GrowthChart(Standings standings) {
    this.standings = standings;
    List<Double> all =
        Arrays.stream(Curve.values())
            .flatMap(
                curve ->
                    contenders(curve).stream()
                        .flatMap(
                            contender ->
                                Arrays.stream(curve.points())
                                    .mapToObj(point -> multiple(curve, contender, point))))
            .toList();
    this.least = Math.log(all.stream().min(Comparator.naturalOrder()).orElse(0.1));
    this.most = Math.log(all.stream().max(Comparator.naturalOrder()).orElse(1.0));
  }

  /** The chart of a run, with the conditions below it. */
  static String of(Standings standings, String conditions, Plan plan) {
    return new GrowthChart(standings).draw(conditions, plan);
  }

  private String draw(String conditions, Plan plan) {
    int height = TOP + 28 + PLOT + 84;
    Svg svg = new Svg(WIDTH, height, "How Howdah and its rivals grow");
    svg.text("head", MARGIN, 40, "How they grow");
    svg.text(
        "faint",
        MARGIN,
        62,
        "Speed as a multiple of the best rival's at 1,000 callers, 1,000 queries and 8 connections,"
            + " on logarithmic scales.");
    int left = MARGIN;
    for (Curve curve : Curve.values()) {
      panel(svg, curve, left);
      left += PANEL + GAP;
    }
    svg.text(
        "faint small",
        MARGIN,
        height - 16,
        String.format(
            Locale.ROOT, "%s; median of %d interleaved rounds", conditions, plan.rounds()));
    return svg.toString();
  }

  private void panel(Svg svg, Curve curve, int left) {
    svg.text("title", left, TOP + 12, heading(curve));
    double right = left + PANEL - NAMES;
    for (double multiple : new double[] {0.01, 0.1, 1, 10}) {
      if (Math.log(multiple) >= least && Math.log(multiple) <= most) {
        svg.line(multiple == 1 ? "rule" : "grid", left + AXIS, y(multiple), right, y(multiple));
        svg.text(
            "small faint end",
            left + AXIS - 6,
            y(multiple) + 4,
            multiple < 1 ? Double.toString(multiple) : Integer.toString((int) multiple));
      }
    }
    int[] points = curve.points();
    for (int i = 0; i < points.length; i++) {
      svg.text(
          "small faint middle",
          x(left, i, points.length),
          y(Math.exp(least)) + 20,
          brief(points[i]));
    }
    List<Contender> contenders =
        contenders(curve).stream().sorted(Comparator.comparing(Contender::isOurs)).toList();
    for (Contender contender : contenders) {
      double[] line = new double[2 * points.length];
      for (int i = 0; i < points.length; i++) {
        line[2 * i] = x(left, i, points.length);
        line[2 * i + 1] = y(multiple(curve, contender, points[i]));
      }
      svg.path(style(contender), line);
    }
    names(svg, curve, right + 6);
  }

  /** At the lines' ends, apart from each other. */
  private void names(Svg svg, Curve curve, double x) {
    int last = curve.last();
    double free = 0;
    List<Contender> topDown =
        contenders(curve).stream()
            .sorted(Comparator.comparingDouble(c -> -multiple(curve, c, last)))
            .toList();
    double lowest = y(Math.exp(least)) + 4 - LINE * (topDown.size() - 1);
    for (Contender contender : topDown) {
      double y = Math.max(free, Math.min(lowest, y(multiple(curve, contender, last)) + 4));
      svg.text(contender.isOurs() ? "small ours" : "small faint", x, y, contender.shortLabel());
      free = y + LINE;
      lowest += LINE;
    }
  }

  private static String heading(Curve curve) {
    return switch (curve) {
      case CALLERS -> "Callers, each in a loop";
      case QUERIES -> "Queries in one gather";
      case CONNECTIONS -> "Connections for 1,000 callers";
    };
  }

  private double multiple(Curve curve, Contender contender, int point) {
    Trial usual = curve.trial(curve.usual());
    Contender best = standings.bestRival(usual).orElse(contender);
    return standings.speed(curve.trial(point), contender).median()
        / standings.speed(usual, best).median();
  }

  private List<Contender> contenders(Curve curve) {
    return standings.ranking(curve.trials().get(0));
  }

  private static double x(int left, int index, int count) {
    double width = PANEL - NAMES - AXIS;
    return left + AXIS + width * index / (count - 1);
  }

  private double y(double multiple) {
    return TOP + 28 + PLOT * (most - Math.log(multiple)) / Math.max(0.1, most - least);
  }

  private static String brief(int point) {
    return point < 1_000 ? Integer.toString(point) : point / 1_000 + "k";
  }

  private static String style(Contender contender) {
    return switch (contender) {
      case HOWDAH_JAVA -> "java";
      case HOWDAH_KOTLIN -> "kotlin";
      default -> "best";
    };
  }
}
