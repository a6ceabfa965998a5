package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.row.RowSet;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A connection's BEGIN that waits for the first statement, to travel in the same message: a round
 * trip less for every transaction, and none at all for one that runs nothing.
 *
 * <p>Only the server's word ends the waiting. As long as it has not said that a transaction is open
 * a statement must not set out without its BEGIN, or it would be one of its own; and when a BEGIN
 * was refused, or stopped on its way, there is no second try: the statement that went with it is
 * lost, and what is left of the transaction must not be committed as if it were the whole.
 *
 * <p>Used in turn, as the connection is.
 */
final class Beginning {
  private final DriverConnection connection;
  private final Steps steps;
  private volatile @Nullable String sql;
  private volatile @Nullable Throwable refused;

  Beginning(DriverConnection connection, Steps steps) {
    this.connection = connection;
    this.steps = steps;
  }

  /** A transaction begins with the next statement. */
  void with(String begin) {
    refused = null;
    sql = begin;
  }

  /** There is no transaction to begin any more. */
  void forget() {
    sql = null;
    refused = null;
  }

  /** Whether a transaction was to begin and nothing of it has reached the server. */
  boolean isWaiting() {
    return sql != null && !connection.inTransaction();
  }

  /** What the server says counts: a statement whose caller left may have begun it. */
  private void noteBegun() {
    if (connection.inTransaction()) {
      sql = null;
    }
  }

  /**
   * COMMIT where nothing has reached the server: fails when it was asked to begin and did not, as
   * far as is known.
   */
  Mono<Void> nothing() {
    return refused == null
        ? Mono.empty()
        : Mono.error(new RolledBack("the transaction could not begin", null));
  }

  /** Runs a statement, behind its BEGIN if that waits. */
  Mono<RowSet> run(Command command) {
    noteBegun();
    if (!isWaiting()) {
      return connection.run(command);
    }
    // Without arguments it may be several statements, and goes by a protocol of its own.
    return command.parameters().isEmpty() || !connection.hasMessages()
        ? first(() -> connection.run(command))
        : begun(begin -> connection.run(command.begunBy(begin)));
  }

  /** Does something else on the connection, with a BEGIN before it if that waits. */
  <T> Mono<T> first(Supplier<Mono<T>> work) {
    noteBegun();
    if (!isWaiting()) {
      return work.get();
    }
    int before = steps.stopped();
    return begun(begin -> connection.run(Command.of(begin))).then(steps.next(before, work));
  }

  private interface Sending {
    Mono<RowSet> apply(String begin);
  }

  private Mono<RowSet> begun(Sending sending) {
    Throwable before = refused;
    String begin = sql;
    if (before != null || begin == null) {
      return Mono.error(
          new TransactionState(
              "the transaction could not begin, roll it back; nothing of it has run: "
                  + (before == null ? "it has ended" : before.getMessage())));
    }
    return sending
        .apply(begin)
        .doOnSuccess(answer -> forget())
        .doOnError(this::failed)
        // Its answer may still show that it has begun.
        .doOnCancel(() -> failed(new CancellationException("its first statement was stopped")));
  }

  private void failed(Throwable failure) {
    if (connection.inTransaction()) {
      sql = null;
    } else {
      refused = failure;
    }
  }
}
