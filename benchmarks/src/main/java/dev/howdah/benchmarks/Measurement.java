package dev.howdah.benchmarks;

/**
 * What one contender did in one round.
 *
 * @param perSecond look-ups per second
 * @param bytes allocated by the contender's JVM for each look-up
 */
record Measurement(
    Workload workload, Contender contender, int round, double perSecond, double bytes) {}
