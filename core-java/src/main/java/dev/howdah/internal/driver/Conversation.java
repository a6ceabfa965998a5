package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;
import io.r2dbc.postgresql.api.ErrorDetails;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * Something under way on one connection, from the first byte sent to the last one read.
 *
 * <p>It never cancels the driver. A driver subscription that is cancelled drains in silence, and
 * nobody can say when the connection is free again; this one reads to the end even when its caller
 * has left, and reports that end to its connection. It always asks for everything: demand that
 * comes from another thread than the event loop can reorder the driver's messages.
 *
 * @param <T> what its caller gets
 */
abstract class Conversation<T> {
  private final Command command;
  private final R2dbcConnection connection;
  private final MonoSink<T> caller;
  private final Sinks.Empty<Void> end = Sinks.empty();
  private volatile boolean abandoned;
  private volatile boolean ended;

  /**
   * A conversation that has not begun.
   *
   * @param command what is run, for errors and reports
   */
  Conversation(Command command, R2dbcConnection connection, MonoSink<T> caller) {
    this.command = command;
    this.connection = connection;
    this.caller = caller;
  }

  /** Sends. Must run on the connection's event loop. */
  abstract void start();

  /** It broke, or could not begin. */
  abstract void onError(Throwable broken);

  /** The answer; only asked for when nothing failed. */
  abstract T whole();

  final R2dbcConnection connection() {
    return connection;
  }

  final Command command() {
    return command;
  }

  /** The command whose failure a failure is. */
  Command failing() {
    return command;
  }

  /** The caller has gone: what still comes is dropped. Any thread. */
  final void abandon() {
    abandoned = true;
    stopping();
  }

  /**
   * It shall end soon; its caller may still be there. For those that a cancel request alone does
   * not end: the server does not see one while it waits for the client. Any thread; may be called
   * again, and after the end.
   */
  void stopping() {}

  final boolean isAbandoned() {
    return abandoned;
  }

  final boolean hasEnded() {
    return ended;
  }

  /** Completes when the whole answer has been read. */
  final Mono<Void> whenEnded() {
    return end.asMono();
  }

  /** The server said something beside the answer. */
  final void noticed(ErrorDetails details) {
    if (!abandoned) {
      connection.noticed(R2dbcErrors.report(details, command));
    }
  }

  /** Its caller left before it began. */
  final void skip() {
    ended(null);
  }

  /** The whole answer has been read; to be called once. */
  final void end(@Nullable Throwable problem) {
    DatabaseException translated = ended(problem);
    if (abandoned) {
      return; // nobody is there to hear of it
    }
    if (translated == null) {
      caller.success(whole());
    } else {
      caller.error(toCaller(translated));
    }
  }

  private @Nullable DatabaseException ended(@Nullable Throwable problem) {
    ended = true;
    DatabaseException translated = connection.ended(this, problem);
    end.tryEmitEmpty();
    return translated;
  }

  /** The failure as the caller gets it. */
  Throwable toCaller(DatabaseException failure) {
    return failure;
  }
}
