package dev.howdah.observe;

/**
 * The pool's figures at one moment.
 *
 * @param size connections that exist, idle and in use
 * @param idle connections that wait for work
 * @param inUse connections that are borrowed
 * @param waiting callers that wait for a connection
 * @param maxSize the most connections the pool may hold
 */
public record PoolStatus(int size, int idle, int inUse, int waiting, int maxSize) {
  @Override
  public String toString() {
    return "size "
        + size
        + " of "
        + maxSize
        + ", in use "
        + inUse
        + ", idle "
        + idle
        + ", waiting "
        + waiting;
  }
}
