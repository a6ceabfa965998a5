package dev.howdah.observe;

import dev.howdah.error.ServerReport;

/**
 * Is told of every statement: each {@link #queryStarted} is followed by exactly one {@link
 * #querySucceeded} or {@link #queryFailed}.
 *
 * <p>{@code queryStarted} runs before anything is sent: on the caller's thread, but for the
 * statements of a gather on whatever thread starts them. The others run on whatever thread ends the
 * statement. That can be the network's, so a listener must not block. What it throws is logged and
 * changes nothing. A stream or cursor is one statement, which ends when it is closed, or with its
 * transaction. What the library sends for itself (BEGIN, COMMIT, SAVEPOINT, cleaning, validation)
 * is not told.
 */
public interface DatabaseListener {
  /** A statement is about to be sent. */
  default void queryStarted(QueryEvent query) {}

  /**
   * The server said something beside the answer: RAISE NOTICE, a warning, a hint at what was left
   * out. Between the start and the end of its statement, in the server's order. What COMMIT says (a
   * deferred trigger runs there) comes with an event of its own, whose verb is {@code commit} and
   * whose start and end are not told.
   */
  default void noticeReceived(QueryEvent query, ServerReport notice) {}

  /** A statement ended well. */
  default void querySucceeded(QueryEvent query, QueryEnd end) {}

  /**
   * A statement failed, timed out or was cancelled.
   *
   * @param failure what the caller is told; a {@link java.util.concurrent.CancellationException}
   *     when the caller gave up
   */
  default void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {}
}
