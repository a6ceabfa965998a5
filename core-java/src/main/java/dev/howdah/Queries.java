package dev.howdah;

import dev.howdah.config.ExplainOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.observe.ServerVersion;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The verbs that a {@link Database}, a {@link Connection} and a {@link Transaction} share.
 *
 * <p>Parameters are {@code $1, $2 …} with the arguments in that order, or {@code :name} with one
 * {@code Map} of exactly these names, or one record, whose components they name ({@code :user_id}
 * takes {@code userId}). Each verb sends its statement at once; its future fails with a {@link
 * dev.howdah.error.DatabaseException}; cancelling that future stops the statement on the server.
 * Arguments that do not fit throw {@link dev.howdah.error.ClientException.WrongArguments} at the
 * call; a handle that has ended, or that something else occupies, may refuse at the call too. No
 * result is ever null unless it says so.
 */
public sealed interface Queries permits EngineQueries {
  /** Runs one statement; the number of rows it changed, or returned if it only reads. */
  CompletableFuture<Long> execute(String sql, @Nullable Object... arguments);

  /**
   * Runs several statements without parameters, all or nothing (unless the text itself commits in
   * between).
   */
  CompletableFuture<@Nullable Void> executeScript(String sql);

  /** As {@link #executeScript(String)}, with a time budget of its own for the whole script. */
  CompletableFuture<@Nullable Void> executeScript(String sql, Duration timeout);

  /** All rows. */
  CompletableFuture<List<Row>> fetch(String sql, @Nullable Object... arguments);

  /**
   * All rows, each as a {@code type}: a record, a bean, a map, or a single value such as {@code
   * Long} when there is one column. A row that does not fit fails with {@link
   * dev.howdah.error.ClientException.MappingFailure}.
   */
  <T> CompletableFuture<List<T>> fetch(Class<T> type, String sql, @Nullable Object... arguments);

  /** All rows, each mapped by {@code mapper}, which runs on the completion executor. */
  <T> CompletableFuture<List<T>> fetch(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments);

  /** The first row, if there is one. */
  CompletableFuture<Optional<Row>> fetchRow(String sql, @Nullable Object... arguments);

  /** The first row as a {@code type}, if there is one. */
  <T> CompletableFuture<Optional<T>> fetchRow(
      Class<T> type, String sql, @Nullable Object... arguments);

  /** The first row mapped by {@code mapper}, if there is one. */
  <T> CompletableFuture<Optional<T>> fetchRow(
      RowMapper<T> mapper, String sql, @Nullable Object... arguments);

  /**
   * Exactly one row: none fails with {@link dev.howdah.error.ClientException.NoRow}, two with
   * {@link dev.howdah.error.ClientException.TooManyRows}.
   */
  CompletableFuture<Row> fetchOne(String sql, @Nullable Object... arguments);

  /** Exactly one row, as a {@code type}. */
  <T> CompletableFuture<T> fetchOne(Class<T> type, String sql, @Nullable Object... arguments);

  /** Exactly one row, mapped by {@code mapper}. */
  <T> CompletableFuture<T> fetchOne(RowMapper<T> mapper, String sql, @Nullable Object... arguments);

  /** The first column of the first row; empty when there is no row or the value is null. */
  <T> CompletableFuture<Optional<T>> fetchValue(
      Class<T> type, String sql, @Nullable Object... arguments);

  /**
   * Sends a notification to a channel's listeners, inside a transaction at its COMMIT.
   *
   * @param channel any text of at most 63 bytes; it is case-sensitive, as a quoted identifier is
   * @param payload a text of at most 7,999 bytes in UTF-8
   */
  CompletableFuture<@Nullable Void> notify(String channel, String payload);

  /** Sends a notification without a payload. */
  CompletableFuture<@Nullable Void> notify(String channel);

  /** The plan of a statement, as text; the statement itself does not run. */
  CompletableFuture<String> explain(String sql, @Nullable Object... arguments);

  /**
   * The plan of a statement. With {@code analyze} the statement really runs, in a transaction that
   * is rolled back (inside one, in a savepoint); what no rollback undoes, such as the numbers taken
   * from a sequence, stays.
   */
  CompletableFuture<String> explain(
      ExplainOptions options, String sql, @Nullable Object... arguments);

  /** The plan of a query value, as text; the query itself does not run. */
  CompletableFuture<String> explain(Query<?> query);

  /** The plan of a query value; see {@link #explain(ExplainOptions, String, Object...)}. */
  CompletableFuture<String> explain(ExplainOptions options, Query<?> query);

  /** The server's version. */
  CompletableFuture<ServerVersion> serverVersion();

  /**
   * The settings that are in force for the session, as SHOW prints them, by their names, whose case
   * does not matter; those that the user may see. Unmodifiable.
   */
  CompletableFuture<Map<String, String>> serverSettings();

  /** Runs a query value. */
  <R extends @Nullable Object> CompletableFuture<R> run(Query<R> query);

  /**
   * Runs one statement once for each element, all or nothing; how many rows they changed together.
   * Far quicker than one call each: the elements travel together.
   *
   * @param elements rows of arguments: each a {@code List} or an array with the arguments in order,
   *     or a {@code Map} or a record for {@code :name} parameters. Where {@code $1} is all there
   *     is, also the bare value; not an array, a collection or a record, which it takes in a {@code
   *     List} of one. Pulled portion by portion on the completion executor, while those before are
   *     on their way; no further than the first failure. An element that is refused, by the library
   *     or by the server, is named with its number, from 0; what the iterator itself throws arrives
   *     as it is. No elements: nothing is sent.
   */
  <E> CompletableFuture<Long> executeMany(String sql, Iterable<E> elements);

  /**
   * As {@link #executeMany(String, Iterable)}, from a publisher, which is asked for as many as go.
   */
  CompletableFuture<Long> executeMany(String sql, Flow.Publisher<?> elements);

  /**
   * As {@link #executeMany(String, Iterable)}, for statements that return rows: all rows of all
   * elements, in the order of the elements.
   */
  <E> CompletableFuture<List<Row>> fetchMany(String sql, Iterable<E> elements);

  /** As {@link #fetchMany(String, Iterable)}, each row as a {@code type}. */
  <T, E> CompletableFuture<List<T>> fetchMany(Class<T> type, String sql, Iterable<E> elements);

  /** As {@link #fetchMany(String, Iterable)}, from a publisher. */
  CompletableFuture<List<Row>> fetchMany(String sql, Flow.Publisher<?> elements);

  /** As {@link #fetchMany(String, Iterable)}, from a publisher, each row as a {@code type}. */
  <T> CompletableFuture<List<T>> fetchMany(Class<T> type, String sql, Flow.Publisher<?> elements);

  /**
   * Copies records into a table, by one COPY, all or nothing; how many rows. The fastest way in for
   * plain inserts.
   *
   * @param table the table's name, one identifier
   * @param records lists or arrays of values, maps, rows, Java records or beans, see {@link
   *     CopyRecords}. Pulled on the completion executor, a portion while the one before is on its
   *     way, and no further than the first failure. A record that does not fit is named with its
   *     number, from 0, and its column; what the iterator throws arrives as it is. None: nothing is
   *     sent.
   */
  <E> CompletableFuture<Long> copyIn(String table, Iterable<E> records);

  /** As {@link #copyIn(String, Iterable)}, from a publisher, which is asked for as many as go. */
  CompletableFuture<Long> copyIn(String table, Flow.Publisher<?> records);

  /** As {@link #copyIn(String, Iterable)}, with columns and options. */
  <E> CompletableFuture<Long> copyIn(CopyRecords copy, Iterable<E> records);

  /** As {@link #copyIn(CopyRecords, Iterable)}, from a publisher. */
  CompletableFuture<Long> copyIn(CopyRecords copy, Flow.Publisher<?> records);

  /** Copies CSV, text or binary data into a table, all or nothing; how many rows. */
  CompletableFuture<Long> copyIn(CopyIn copy, byte[] bytes);

  /**
   * As {@link #copyIn(CopyIn, byte[])}, from a publisher, which is asked for as many buffers as go;
   * where one ends does not matter. They must not be changed any more. What it fails with arrives
   * as it is, and nothing has been copied.
   */
  CompletableFuture<Long> copyIn(CopyIn copy, Flow.Publisher<ByteBuffer> bytes);

  /**
   * As {@link #copyIn(CopyIn, byte[])}, from a stream, which is read on the completion executor and
   * stays the caller's to close.
   */
  CompletableFuture<Long> copyIn(CopyIn copy, InputStream stream);

  /** As {@link #copyIn(CopyIn, byte[])}, from a file. */
  CompletableFuture<Long> copyIn(CopyIn copy, Path file);

  /**
   * A table or the answer of a query as CSV, text or binary data. Cold: each subscription is a
   * copy, with a connection until its end. Chunks of about 64 KiB, as fast as they are asked for:
   * until then the server waits. They come on the completion executor and are the subscriber's own.
   * Cancelling stops the copy on the server; inside a transaction that fails the transaction, as
   * any statement does that is stopped.
   */
  Flow.Publisher<ByteBuffer> copyOut(CopyOut copy);

  /**
   * As {@link #copyOut(CopyOut)}, into a stream, which is written on the completion executor and
   * stays the caller's to close; how many rows. What it throws stops the copy and arrives as it is.
   */
  CompletableFuture<Long> copyOut(CopyOut copy, OutputStream stream);

  /** As {@link #copyOut(CopyOut, OutputStream)}, into a channel. */
  CompletableFuture<Long> copyOut(CopyOut copy, WritableByteChannel channel);

  /**
   * As {@link #copyOut(CopyOut, OutputStream)}, into a file: it is replaced when all has been
   * written beside it, and left as it is when that fails.
   */
  CompletableFuture<Long> copyOut(CopyOut copy, Path file);

  /**
   * The rows one by one, as they are asked for, in constant memory; see {@link RowStream}. Nothing
   * is sent before it is subscribed to. Until it has ended or been cancelled nothing else runs on
   * the same connection or transaction: every verb is refused.
   */
  RowStream<Row> stream(String sql, @Nullable Object... arguments);

  /** The rows one by one, each as a {@code type}. */
  <T> RowStream<T> stream(Class<T> type, String sql, @Nullable Object... arguments);

  /** The rows one by one, each mapped by {@code mapper}, which runs on the completion executor. */
  <T> RowStream<T> stream(RowMapper<T> mapper, String sql, @Nullable Object... arguments);

  /** The rows of a query value one by one; its fetch size and its timeout are those of a page. */
  <T> RowStream<T> stream(Query<List<T>> query);

  /**
   * Runs {@code work} in a transaction: COMMIT when its future completes, ROLLBACK when it fails,
   * with that failure unchanged. The result arrives after COMMIT. Inside a transaction it is a
   * savepoint: when it fails, what it did is undone, and the outer one goes on if the failure is
   * handled.
   *
   * @param work runs on the completion executor; uses the transaction it is given, not this handle;
   *     returns a future that completes when all its work is done
   */
  <T extends @Nullable Object> CompletableFuture<T> transaction(
      Function<Transaction, ? extends CompletionStage<T>> work);

  /**
   * As {@link #transaction(Function)}, with isolation, access mode, rollback-only, and retries:
   * then the whole block runs again after a serialization failure or a deadlock. Inside a
   * transaction, options that name another isolation than the outer one's are refused, since a
   * savepoint shares it.
   */
  <T extends @Nullable Object> CompletableFuture<T> transaction(
      TransactionOptions options, Function<Transaction, ? extends CompletionStage<T>> work);

  /**
   * Opens a transaction (inside one, a savepoint) that the caller ends, with {@link
   * Transaction#commit}, {@link Transaction#rollback} or {@link Transaction#close}. It holds a
   * connection until then: {@link #transaction(Function)} ends by itself.
   */
  CompletableFuture<Transaction> begin();

  /** As {@link #begin()}, with isolation, access mode and rollback-only. */
  CompletableFuture<Transaction> begin(TransactionOptions options);
}
