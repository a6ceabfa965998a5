package dev.howdah.benchmarks;

import java.util.Locale;

/**
 * One thing that is measured for each contender: a workload, how big, over how many connections.
 *
 * @param size queries, callers or rows, as the workload has them
 * @param pool connections
 */
record Trial(Workload workload, int size, int pool) {
  static final int POOL = 10;

  /** With ten connections. */
  static Trial of(Workload workload, int size) {
    return new Trial(workload, size, POOL);
  }

  /** What it is, in words. */
  String title() {
    String title = workload.title(size);
    return pool == POOL ? title : String.format(Locale.ROOT, "%s, %d connections", title, pool);
  }

  int operations() {
    return workload.operations(size);
  }

  /** How a contender's process is told: {@code GATHER 1000 10}. */
  String order() {
    return workload.name() + " " + size + " " + pool;
  }

  /** Reads the first three words of an order. */
  static Trial of(String[] words) {
    return new Trial(
        Workload.valueOf(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
  }
}
