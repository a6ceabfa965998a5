package dev.howdah.observe;

/**
 * Says to a listener that notifications may be missing at this place; an immutable value.
 *
 * <p>It comes in order, between the notifications before and after it, and after a lost connection
 * only when the channel is heard again: whoever then reads the present state from its tables misses
 * nothing.
 *
 * @param channel the channel it is about
 * @param connectionLost whether the connection was lost meanwhile; what was sent until it was
 *     replaced is gone, and nobody knows how much that was
 * @param dropped how many notifications were dropped because the listener's buffer was full
 */
public record NotificationGap(String channel, boolean connectionLost, long dropped) {
  /** What happened, in words. */
  @Override
  public String toString() {
    String full = dropped == 0 ? "" : dropped + " dropped because the buffer was full";
    String lost = connectionLost ? "the connection was lost" : "";
    String both = full.isEmpty() || lost.isEmpty() ? "" : ", ";
    return "NotificationGap[" + channel + ": " + lost + both + full + "]";
  }
}
