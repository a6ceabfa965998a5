package dev.howdah.observe;

import java.time.Duration;

/**
 * Is told of every statement: each {@link #queryStarted} is followed by exactly one {@link
 * #querySucceeded} or {@link #queryFailed}.
 *
 * <p>{@code queryStarted} runs before anything is sent: on the caller's thread, but for the
 * statements of a gather on whatever thread starts them. The others run on whatever thread ends the
 * statement. That can be the network's, so a listener must not block. What it throws is logged and
 * changes nothing.
 */
public interface DatabaseListener {
  /** A statement is about to be sent. */
  default void queryStarted(QueryEvent query) {}

  /**
   * A statement ended well.
   *
   * @param rows rows changed, or returned by a statement that reads
   * @param took from the start to the end, waiting for a connection included
   */
  default void querySucceeded(QueryEvent query, long rows, Duration took) {}

  /**
   * A statement failed, timed out or was cancelled.
   *
   * @param failure what the caller is told; a {@link java.util.concurrent.CancellationException}
   *     when the caller gave up
   */
  default void queryFailed(QueryEvent query, Throwable failure, Duration took) {}
}
