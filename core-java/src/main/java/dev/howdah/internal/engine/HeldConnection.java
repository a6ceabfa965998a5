package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.driver.Batch;
import dev.howdah.internal.driver.BatchFailure;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.CopyCommand;
import dev.howdah.internal.driver.Described;
import dev.howdah.internal.driver.DriverConnection;
import dev.howdah.internal.driver.Merged;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.ParsedSql;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A borrowed connection that remembers whether it must be cleaned before it goes back.
 *
 * <p>The pool below resets nothing: a setting, a lock, a LISTEN or an open transaction would reach
 * the next borrower. Cleaning costs a round trip, so it is paid only where something could have
 * been left: the server says with every answer whether a transaction is open, and the lexer says
 * which texts can leave more than that.
 */
final class HeldConnection {
  private static final System.Logger LOG = System.getLogger("dev.howdah.pool");

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
  private final TypeLookup types;
  private final Steps steps;
  private final Beginning beginning;
  private final AtomicBoolean gone = new AtomicBoolean();
  private volatile boolean leftState;
  private volatile boolean discarded;
  private volatile Run running = Run.UNWATCHED;
  private volatile @Nullable Notices listeners;

  HeldConnection(DriverConnection connection, Sessions sessions) {
    this.connection = connection;
    this.sessions = sessions;
    this.types = new TypeLookup(connection, sessions.types());
    this.steps = new Steps(connection);
    this.beginning = new Beginning(connection, steps);
    connection.hear(this::noticed);
  }

  private void noticed(ServerReport notice) {
    running.noticed(notice);
    Notices all = listeners;
    if (all != null) {
      all.tell(notice);
    }
  }

  /** A run begins, or goes on: what the server says from now on belongs to it. */
  void runs(Run run) {
    running = run;
  }

  /** Those who hear what belongs to any run, or null when its borrower has left. */
  void listeners(@Nullable Notices listeners) {
    this.listeners = listeners;
  }

  /** A statement of this text is about to be run: remembers what it may leave. */
  void note(ParsedSql text) {
    if (text.leavesState()) {
      leftState = true;
    }
    if (text.changesStatements()) {
      // The driver would count on statements that are gone, the next borrower find those of this.
      discarded = true;
    }
  }

  Mono<RowSet> run(Command command) {
    return beginning.run(command).flatMap(answer -> types.read(command, answer));
  }

  /** The BEGIN that waits for a first statement. */
  Beginning beginning() {
    return beginning;
  }

  /** What a statement takes and answers; null when the driver does not let us ask. */
  @Nullable Mono<Described> describe(Command command) {
    return connection.hasMessages() ? connection.describe(command) : null;
  }

  /** Runs several reads as one statement; their answers in order. */
  Mono<List<RowSet>> merged(Merged merged) {
    return connection.merged(merged).flatMap(answers -> read(merged.command(), answers));
  }

  /** Whether somebody else's statement may follow at once, without a cleaning between. */
  boolean isClean() {
    return connection.isOpen() && !leftState && !discarded && !connection.inTransaction();
  }

  /** How values of this database are written. */
  Codecs codecs() {
    return types.codecs();
  }

  Mono<Void> script(String sql) {
    return beginning.first(() -> connection.script(sql)).doOnTerminate(types::mayHaveChanged);
  }

  /** Whether a batch goes as one message, and so is one transaction by itself. */
  boolean sendsBatchesWhole() {
    return connection.hasMessages();
  }

  /** Runs a batch: as one message, or its statements one after the other. */
  Mono<List<RowSet>> batch(Batch batch) {
    if (connection.hasMessages()) {
      Mono<List<RowSet>> answers = beginning.first(() -> connection.batch(batch));
      return batch.wantsRows() ? answers.flatMap(all -> read(batch.command(0), all)) : answers;
    }
    int before = steps.stopped();
    return Flux.range(0, batch.rows().size())
        .concatMap(
            index ->
                steps
                    .next(before, () -> beginning.run(batch.command(index)))
                    .onErrorMap(
                        DatabaseException.class, failure -> new BatchFailure(index, failure)),
            0)
        .collectList();
  }

  private Mono<List<RowSet>> read(Command command, List<RowSet> answers) {
    if (!types.concernsOneOf(answers)) {
      return Mono.just(answers);
    }
    return Flux.fromIterable(answers)
        .concatMap(answer -> types.read(command, answer), 0)
        .collectList();
  }

  /** Copies into a table. */
  Mono<Long> copyIn(CopyCommand copy, Chunks chunks, boolean leavesState) {
    return Mono.defer(
        () -> {
          copies("copyIn", leavesState);
          return beginning.first(() -> connection.copyIn(copy, chunks::next));
        });
  }

  /** Copies out; a consumer that fails stops it on the server. */
  Mono<Long> copyOut(
      CopyCommand copy, Function<ByteBuffer, Mono<Void>> consumer, boolean leavesState) {
    return Mono.defer(
        () -> {
          copies("copyOut", leavesState);
          Sinks.Empty<Void> failed = Sinks.empty();
          return beginning
              .first(
                  () ->
                      connection.copyOut(
                          copy,
                          chunk ->
                              Mono.defer(() -> consumer.apply(chunk))
                                  .doOnError(failed::tryEmitError)))
              // Cancels the copy at once, where the driver would read it to its end.
              .takeUntilOther(failed.asMono())
              .onErrorResume(failure -> settle().then(Mono.error(failure)));
        });
  }

  private void copies(String verb, boolean leavesState) {
    if (!connection.hasMessages()) {
      throw new Unsupported(
          verb
              + " needs the messages below r2dbc-postgresql's statements, and this version of it"
              + " does not give access to them; use executeMany or stream");
    }
    if (leavesState) {
      leftState = true;
    }
  }

  Mono<Void> commit() {
    return connection.commit().doOnTerminate(types::transactionEnded);
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
    return steps.stop();
  }

  /** The same work, which fails when it takes longer than clearing up may take. */
  Mono<Void> limited(Mono<Void> clearingUp) {
    return sessions.limited(clearingUp);
  }

  /** Closes it at once, whatever still runs on the server. Never fails. */
  Mono<Void> drop() {
    return connection.destroy();
  }

  /** Closes it; what still runs is stopped first, or the server would go on. Never fails. */
  Mono<Void> destroy() {
    return steps.stop().then(connection.destroy());
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
          beginning.forget(); // or it would begin with what cleans up
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

  /** As {@link #giveBack}; tells of a borrower who leaves a transaction of his own open. */
  Mono<Void> giveBackTold() {
    return Mono.defer(
        () -> {
          warnOfOpenTransaction();
          return giveBack();
        });
  }

  private void warnOfOpenTransaction() {
    if (isOpen() && inTransaction()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "connection " + label() + " came back with a transaction open; it is rolled back");
    }
  }

  /** Stops what still runs, then gives back. Never fails. */
  Mono<Void> abort() {
    return settle().then(giveBack());
  }
}
