package dev.howdah.testing;

import dev.howdah.config.TransactionOptions;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of a handle, waiting: what the contracts are written in, so that they run on the Java
 * and the Kotlin handles alike. Failures are thrown as the library made them.
 */
public interface BlockingQueries {
  /** Runs a query value. */
  <R extends @Nullable Object> R run(Query<R> query);

  /** As the handle's verb. */
  void executeScript(String sql);

  /** As the handle's verb. */
  void executeScript(String sql, Duration timeout);

  /** As the handle's verb. */
  long execute(String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  List<Row> fetch(String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  <T> List<T> fetch(Class<T> type, String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  Optional<Row> fetchRow(String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  <T> Optional<T> fetchRow(Class<T> type, String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  Row fetchOne(String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  <T> T fetchOne(Class<T> type, String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  <T> Optional<T> fetchValue(Class<T> type, String sql, @Nullable Object... arguments);

  /** As the handle's verb. */
  long copyIn(CopyRecords copy, Iterable<?> records);

  /** As the handle's verb. */
  long copyIn(CopyIn copy, byte[] bytes);

  /** As the handle's verb; the bytes of all chunks. */
  byte[] copyOut(CopyOut copy);

  /** Streams to the end, and calls {@code action} with each row; what it throws ends the stream. */
  <T> void stream(Query<List<T>> query, Consumer<? super T> action);

  /** Streams until there are {@code atMost} rows, 1 or more, and stops there. */
  <T> List<T> stream(int atMost, Query<List<T>> query);

  /** Runs {@code work} in a transaction on this handle; nested inside one. */
  <T extends @Nullable Object> T transaction(Function<BlockingTransaction, T> work);

  /** As {@link #transaction(Function)}, with options. */
  <T extends @Nullable Object> T transaction(
      TransactionOptions options, Function<BlockingTransaction, T> work);

  /** As the handle's verb. */
  BlockingTransaction begin();

  /** As the handle's verb. */
  BlockingTransaction begin(TransactionOptions options);
}
