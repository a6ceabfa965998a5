package dev.howdah.benchmarks;

/**
 * What one contender did in one round.
 *
 * @param perSecond units of the workload per second
 * @param bytes allocated by the contender's JVM for each; NaN where there is no JVM to ask
 */
record Measurement(Trial trial, Contender contender, int round, double perSecond, double bytes) {}
