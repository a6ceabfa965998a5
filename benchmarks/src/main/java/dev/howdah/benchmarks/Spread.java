package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * Several measurements of one thing.
 *
 * @param median the middle one, or the mean of the two middle ones
 */
record Spread(double median, double min, double max) {

  /**
   * The spread of at least one figure.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
    return new Spread(median, sorted[0], sorted[last]);
  }

  /** One divided by the other, element by element: rounds are compared with themselves only. */
  static Spread ofRatios(List<Double> figures, List<Double> others) {
    Double[] ratios = new Double[figures.size()];
    Arrays.setAll(ratios, i -> figures.get(i) / others.get(i));
    return of(List.of(ratios));
  }
}
