package dev.howdah.internal.merge;

/**
 * How long reads of one shape take alone and merged, and how many of them should therefore travel
 * together. All times are nanoseconds, as {@link System#nanoTime} counts them.
 *
 * <p>A statement runs on one connection, its members one after the other. That is good as long as
 * one member is so quick that the way to the server and back is most of its time; a report of a
 * second is better off with a connection to itself. So both are measured, always, and a shape that
 * does not gain goes alone for a while before it is tried again.
 */
final class Pace {
  /** More members than that gain nothing: the way to the server is shared by enough. */
  static final int MOST = 256;

  /** As many are risked when it is not known yet what a member takes. */
  static final int TRIAL = 16;

  /** So many stay together although there are connections for fewer each. */
  private static final int SHARE = 32;

  /** A merged statement should not take longer: a caller who is alone waits behind it. */
  private static final long BUDGET = 20_000_000;

  /** What takes that long alone is not worth merging. */
  private static final long SLOW = BUDGET / 2;

  /**
   * What never takes less alone is work, not way; then merging must gain more than the connections
   * do that would share that work.
   */
  private static final long WORK = 1_000_000;

  /** So many connections could do the same work at once, whatever the pool's size. */
  private static final int PARALLEL = 4;

  /** So often one goes alone all the same: both must be measured in the same crowd. */
  private static final int PROBE = 32;

  /** So many in a row must be slower before merging is given up: one may have met a busy moment. */
  private static final int DOUBTS = 8;

  private static final long FIRST_PAUSE = 250_000_000;
  private static final int LONGEST_PAUSE = 6; // doublings: 16 seconds

  private double alone;
  private double quickest;
  private double time;
  private double together;
  private int size = TRIAL;
  private int turns;
  private int doubts;
  private int setbacks;
  private long aloneUntil;

  /**
   * How many should go together now.
   *
   * @param waiting how many wait, at least one
   * @param lanes how many connections share the work
   */
  synchronized int size(int waiting, int lanes, long now) {
    if (waiting == 1 || alone == 0 || quickest > SLOW || isPausing(now) || turns++ % PROBE == 0) {
      return 1;
    }
    int share = Math.max(SHARE, (waiting + lanes - 1) / lanes);
    return Math.min(waiting, Math.min(share, size));
  }

  /** How many should share one answer now; that always pays, unless it fails. */
  synchronized int sharing(int waiting, long now) {
    return isPausing(now) ? 1 : Math.min(MOST, waiting);
  }

  /** Some have shared one answer. */
  synchronized void shared() {
    setbacks = 0;
  }

  private boolean isPausing(long now) {
    return setbacks > 0 && now - aloneUntil < 0;
  }

  /** One went alone. */
  synchronized void alone(long nanos) {
    alone = smoothed(alone, (double) nanos);
    quickest = quickest == 0 ? nanos : Math.min((double) nanos, quickest * 1.05);
  }

  /** Some went together. */
  synchronized void merged(int members, int lanes, long nanos, long now) {
    if (nanos > BUDGET) {
      size = Math.max(2, members / 2);
    } else if (2 * members > size) {
      size = Math.min(MOST, 2 * size);
    }
    // Of sums: a small group in a busy moment says little.
    time = smoothed(time, (double) nanos);
    together = smoothed(together, members);
    double each = time / together;
    double shared = quickest > WORK ? each * Math.min(lanes, PARALLEL) : each;
    if (shared <= alone) {
      doubts = 0;
      setbacks = 0;
    } else if (++doubts == DOUBTS) {
      setback(now);
    }
  }

  /** A merged statement failed; its members had to be run again. */
  synchronized void failed(long now) {
    setback(now);
  }

  /** Those that were on their way together and fail together are one setback. */
  private void setback(long now) {
    if (!isPausing(now)) {
      aloneUntil = now + (FIRST_PAUSE << Math.min(setbacks, LONGEST_PAUSE));
      setbacks++;
      doubts = 0;
      size = TRIAL;
      time = 0;
      together = 0;
    }
  }

  private static double smoothed(double before, double now) {
    return before == 0 ? now : before + (now - before) / 4;
  }
}
