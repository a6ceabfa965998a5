package dev.howdah.internal.engine;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import dev.howdah.row.RowSet;
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
  private final boolean poolerMode;
  private final TypeLookup types;
  private volatile boolean leftState;

  HeldConnection(DriverConnection connection, boolean poolerMode, TypeCatalog types) {
    this.connection = connection;
    this.poolerMode = poolerMode;
    this.types = new TypeLookup(connection, types);
  }

  /** Runs one command; {@code leavesState} when its text may change the session. */
  Mono<RowSet> run(Command command, boolean leavesState) {
    if (leavesState) {
      leftState = true;
    }
    return connection.run(command).flatMap(answer -> types.read(command, answer));
  }

  Codecs codecs() {
    return types.codecs();
  }

  Mono<Void> script(String sql) {
    leftState = true;
    return connection.script(sql).doOnTerminate(types::mayHaveChanged);
  }

  Mono<Void> commit() {
    return connection.commit().doOnTerminate(types::transactionEnded);
  }

  /** A borrower that did not say what it ran: clean whatever it could have left. */
  void mayHaveLeftState() {
    leftState = true;
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

  /** Cleans the connection and gives it back; closes it when it cannot be cleaned. Never fails. */
  Mono<Void> giveBack() {
    return Mono.defer(
        () -> {
          if (!connection.isOpen() || (!leftState && !connection.inTransaction())) {
            return connection.giveBack();
          }
          return clean()
              .then(Mono.defer(connection::giveBack))
              .onErrorResume(unclean -> connection.destroy());
        });
  }

  private Mono<Void> clean() {
    Mono<Void> rollback =
        Mono.defer(() -> connection.inTransaction() ? connection.script("ROLLBACK") : Mono.empty());
    boolean session = leftState && !poolerMode;
    return session ? rollback.then(Mono.defer(() -> connection.script(CLEAN))) : rollback;
  }

  /** Stops what still runs, then gives back. Never fails. */
  Mono<Void> abort() {
    return settle().then(giveBack());
  }
}
