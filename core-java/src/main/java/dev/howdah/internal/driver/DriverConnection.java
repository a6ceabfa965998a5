package dev.howdah.internal.driver;

import dev.howdah.error.ServerReport;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * One borrowed connection. Its borrower runs one command at a time and ends with exactly one of
 * {@link #giveBack} and {@link #destroy}.
 *
 * <p>Answers arrive on the connection's event loop.
 */
public interface DriverConnection {
  /**
   * Runs one command. Cold. Cancelling stops the delivery only: the answer is read to its end so
   * that the connection stays usable, and {@link #settle} says when that is so.
   */
  Mono<RowSet> run(Command command);

  /** Runs a merged statement; the answers of its runs, in their order. As {@link #run}. */
  Mono<List<RowSet>> merged(Merged merged);

  /** Asks what a statement takes and answers, without running it; needs {@link #hasMessages}. */
  Mono<Described> describe(Command command);

  /**
   * Tells {@code ear} from now on what the server says beside its answers: on the event loop, in
   * the server's order, nothing of what was cancelled. It must not throw.
   */
  void hear(Consumer<ServerReport> ear);

  /** Runs several statements in one message; the server makes them one transaction. */
  Mono<Void> script(String sql);

  /**
   * Whether {@link #batch}, {@link #describe} and copies can be done: the driver may not let us at
   * its messages.
   */
  boolean hasMessages();

  /**
   * Runs one statement for each row of arguments, sent together with one end: outside a transaction
   * all of them happen or none. Answers in the order of the rows; fails with a {@link BatchFailure}
   * that says which row was the first to fail.
   */
  Mono<List<RowSet>> batch(Batch batch);

  /**
   * Runs COPY … FROM STDIN; how many rows it took. What a chunk's Mono fails with arrives as it is,
   * when the server has been told and has undone what came before.
   *
   * @param chunks the next bytes, empty at the end; asked for on the event loop, a few ahead of
   *     what has been written. A buffer may be used again when the next one is asked for.
   */
  Mono<Long> copyIn(CopyCommand copy, Supplier<Mono<ByteBuffer>> chunks);

  /**
   * Runs COPY … TO STDOUT; how many rows it gave.
   *
   * @param consumer takes the next bytes, on the event loop; no more come, and little more is read
   *     from the socket, before its Mono has completed. One that fails should be followed by a
   *     cancel: the rest of the answer is read and dropped.
   */
  Mono<Long> copyOut(CopyCommand copy, Function<ByteBuffer, Mono<Void>> consumer);

  /**
   * Commits; fails with {@link dev.howdah.error.ClientException.RolledBack} when the server rolled
   * back instead.
   */
  Mono<Void> commit();

  /** Whether the server's last answer left a transaction open, by whatever text it was opened. */
  boolean inTransaction();

  /** Whether {@link #prepared} was said of this session, in this borrowing or an earlier one. */
  boolean isPrepared();

  /** Remembers, for all borrowings, whether the session is as its owner wants it to begin. */
  void prepared(boolean prepared);

  /** Remembers who borrowed it, for the report of borrowed connections. */
  void borrowedAt(StackTraceElement place);

  /** Whether the socket still stands, as far as this side knows. */
  boolean isOpen();

  /**
   * Stops on the server whatever this connection still runs and completes when it has read the last
   * of it. Fails when that takes longer than the configured limit: then only {@link #destroy} is
   * left.
   */
  Mono<Void> settle();

  /** Gives the connection back to the pool. Never fails: one that cannot go back is closed. */
  Mono<Void> giveBack();

  /** Closes the connection and frees its place in the pool. Never fails. */
  Mono<Void> destroy();

  /** For errors and listeners: the backend and where it is, {@code 4711 (db.example:5432/shop)}. */
  String label();
}
