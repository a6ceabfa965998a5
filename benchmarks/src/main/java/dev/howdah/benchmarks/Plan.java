package dev.howdah.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Trials for contenders, in interleaved rounds.
 *
 * @param trials what to run, in this order within each round
 * @param contenders who takes part where they can
 * @param rounds how often everybody is measured
 * @param warmup what everybody gets once in each trial, before the first round
 * @param settle what everybody gets before each measurement, since it connects anew: for caches and
 *     pools, not for the compiler
 * @param time of each measurement
 * @param brief whether Vert.x' pool stays out where Vert.x' pipelined client, as a rule the faster
 *     of the two, takes part
 */
record Plan(
    List<Trial> trials,
    List<Contender> contenders,
    int rounds,
    Duration warmup,
    Duration settle,
    Duration time,
    boolean brief) {
  /** A JVM's part of a trial besides its time: connecting, checking, JMH. */
  private static final Duration OVERHEAD = Duration.ofMillis(400);

  Plan {
    trials = List.copyOf(trials);
    contenders = contenders.stream().distinct().toList();
  }

  /** Who takes part in a trial, in an order that moves on with the rounds. */
  List<Contender> players(Trial trial, int round) {
    List<Contender> players =
        new ArrayList<>(contenders.stream().filter(c -> plays(c, trial.workload())).toList());
    Collections.rotate(players, -round);
    return players;
  }

  private boolean plays(Contender contender, Workload workload) {
    boolean replaced =
        brief
            && contender == Contender.VERTX_POOL
            && contenders.contains(Contender.VERTX_PIPELINED)
            && Contender.VERTX_PIPELINED.plays(workload);
    return contender.plays(workload) && !replaced;
  }

  /** How many measurements it takes, with those that warm up. */
  int steps() {
    return (rounds + 1) * trials.stream().mapToInt(trial -> players(trial, 0).size()).sum();
  }

  /** About how long it takes where nobody needs longer than asked for one run. */
  Duration expected() {
    Duration once = OVERHEAD.plus(settle).plus(time);
    Duration all = OVERHEAD.plus(warmup).plus(once.multipliedBy(rounds));
    return all.multipliedBy(steps() / (rounds + 1));
  }
}
