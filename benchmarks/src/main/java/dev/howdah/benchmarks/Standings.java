package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All measurements of a run, and what follows from them. Used by one thread. */
final class Standings {
  private final List<Measurement> measurements = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  /** What was measured, in the order it was. */
  List<Trial> trials() {
    return measurements.stream().map(Measurement::trial).distinct().toList();
  }

  /** Who was measured in a trial, fastest first. */
  List<Contender> ranking(Trial trial) {
    return measurements.stream()
        .filter(m -> m.trial().equals(trial))
        .map(Measurement::contender)
        .distinct()
        .sorted(Comparator.comparingDouble((Contender c) -> speed(trial, c).median()).reversed())
        .toList();
  }

  Optional<Contender> bestRival(Trial trial) {
    return best(trial, Contender::isRival);
  }

  /** The faster of our two facades. */
  Optional<Contender> bestOfOurs(Trial trial) {
    return best(trial, Contender::isOurs);
  }

  boolean has(Trial trial, Contender contender) {
    return ranking(trial).contains(contender);
  }

  /** Units per second. */
  Spread speed(Trial trial, Contender contender) {
    return Spread.of(speeds(trial, contender));
  }

  /** How much faster one is than another; taken within each round. */
  Spread ratio(Trial trial, Contender contender, Contender other) {
    return Spread.ofRatios(speeds(trial, contender), speeds(trial, other));
  }

  /** The same contender in two trials. */
  Spread ratio(Contender contender, Trial trial, Trial other) {
    return Spread.ofRatios(speeds(trial, contender), speeds(other, contender));
  }

  /** Bytes for each unit; NaN where they are not known. */
  double bytes(Trial trial, Contender contender) {
    return Spread.of(of(trial, contender).stream().map(Measurement::bytes).toList()).median();
  }

  private Optional<Contender> best(Trial trial, Predicate<Contender> kind) {
    return ranking(trial).stream().filter(kind).findFirst();
  }

  /** In the order of the rounds. */
  private List<Double> speeds(Trial trial, Contender contender) {
    return of(trial, contender).stream().map(Measurement::perSecond).toList();
  }

  private List<Measurement> of(Trial trial, Contender contender) {
    return measurements.stream()
        .filter(m -> m.trial().equals(trial) && m.contender() == contender)
        .toList();
  }
}
