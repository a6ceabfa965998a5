package dev.howdah.internal.engine;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.row.RowSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A borrowed connection that remembers whether it must be cleaned before it goes back.
 *
 * <p>The pool below resets nothing: a setting, a lock, a LISTEN or an open transaction would reach
 * the next borrower. Cleaning costs a round trip, so it is paid only where something could have
 * been left: the server says with every answer whether a transaction is open, and the lexer says
 * which texts can leave more than that.
 */
final class HeldConnection {
  /** DISCARD ALL would drop the prepared statements behind the driver's back. */
  private static final String CLEAN =
      "SELECT pg_catalog.pg_advisory_unlock_all();"
          + "CLOSE ALL;"
          + "UNLISTEN *;"
          + "SET SESSION AUTHORIZATION DEFAULT;"
          + "RESET ALL;"
          + "DISCARD TEMP;"
          + "DISCARD SEQUENCES";

  private final DriverConnection connection;
  private final Sessions sessions;
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile boolean leftState;
  private volatile boolean discarded;

  HeldConnection(DriverConnection connection, Sessions sessions) {
    this.connection = connection;
    this.sessions = sessions;
  }

  /** Runs one command; {@code leavesState} when its text may change the session. */
  Mono<RowSet> run(Command command, boolean leavesState) {
    if (leavesState) {
      leftState = true;
    }
    return connection.run(command);
  }

  /** Runs several statements in one message. */
  Mono<Void> script(Command statements) {
    leftState = true;
    return connection.run(statements).then();
  }

  Mono<Void> commit() {
    return connection.commit();
  }

  /** A borrower that did not say what it ran: clean whatever it could have left. */
  void mayHaveLeftState() {
    leftState = true;
  }

  /** Whether the user's own preparation has been done and not been wiped since. */
  boolean isPrepared() {
    return connection.isPrepared();
  }

  /** What the session holds now is how it is meant to begin. */
  void prepared() {
    if (!connection.isPrepared()) {
      connection.prepared(true);
      leftState = false;
    }
  }

  /** It is closed in place of going back. */
  void discard() {
    discarded = true;
  }

  /** Remembers who borrowed it; null when nobody looked. */
  void borrowedAt(@Nullable StackTraceElement place) {
    if (place != null) {
      connection.borrowedAt(place);
    }
  }

  boolean inTransaction() {
    return connection.inTransaction();
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  String label() {
    return connection.label();
  }

  /** Stops what still runs; closes the connection when that cannot be done in time. Never fails. */
  Mono<Void> settle() {
    return connection.settle().onErrorResume(stuck -> connection.destroy());
  }

  /** The same work, which fails when it takes longer than clearing up may take. */
  Mono<Void> limited(Mono<Void> clearingUp) {
    return sessions.limited(clearingUp);
  }

  /** Closes it; what still runs is stopped first, or the server would go on. Never fails. */
  Mono<Void> destroy() {
    return connection.settle().onErrorComplete().then(connection.destroy());
  }

  /**
   * Cleans the connection and gives it back; closes it when it cannot be cleaned. Never fails. The
   * second call does nothing.
   */
  Mono<Void> giveBack() {
    return Mono.defer(
        () -> {
          if (!gone.compareAndSet(false, true)) {
            return Mono.empty();
          }
          if (discarded) {
            return destroy();
          }
          boolean clean = !leftState && !connection.inTransaction() && !sessions.hasReset();
          if (clean || !connection.isOpen()) {
            return connection.giveBack();
          }
          return sessions
              .clean(this)
              .then(Mono.defer(connection::giveBack))
              .onErrorResume(unclean -> destroy());
        });
  }

  /**
   * Ends what the borrower left.
   *
   * @param session whether there is a session of our own to be wiped, if the borrower touched it
   */
  Mono<Void> wipe(boolean session) {
    return Mono.defer(
            () -> connection.inTransaction() ? connection.script("ROLLBACK") : Mono.empty())
        .then(
            Mono.defer(
                () -> {
                  if (!leftState || !session) {
                    return Mono.empty();
                  }
                  connection.prepared(false);
                  return connection.script(CLEAN);
                }));
  }

  /** Stops what still runs, then gives back. Never fails. */
  Mono<Void> abort() {
    return settle().then(giveBack());
  }
}
