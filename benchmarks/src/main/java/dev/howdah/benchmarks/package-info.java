/**
 * How fast Howdah is beside its rivals: JMH benchmarks and the scoreboard that interleaves them.
 * May import everything public of Howdah, {@code internal.engine} (as a floor for the facades'
 * cost), the rivals and JMH.
 */
@NullMarked
package dev.howdah.benchmarks;

import org.jspecify.annotations.NullMarked;
