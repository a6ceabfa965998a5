package dev.howdah.testing;

import dev.howdah.Connection;
import dev.howdah.ConnectionHooks;
import dev.howdah.Cursor;
import dev.howdah.Database;
import dev.howdah.PreparedQuery;
import dev.howdah.Queries;
import dev.howdah.Savepoint;
import dev.howdah.Transaction;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Java handles, waiting. */
public final class JavaHandles {
  private JavaHandles() {}

  /** A connected database. */
  public static BlockingDatabase connect(DatabaseOptions options) {
    return connect(options, BlockingHooks.none());
  }

  /** A connected database, with hooks. */
  public static BlockingDatabase connect(DatabaseOptions options, BlockingHooks hooks) {
    return new OnDatabase(await(Database.connect(options, hooks(hooks))));
  }

  private static ConnectionHooks hooks(BlockingHooks blocking) {
    ConnectionHooks hooks = ConnectionHooks.none();
    hooks = blocking.init() == null ? hooks : hooks.withInit(hook(blocking.init()));
    hooks = blocking.setup() == null ? hooks : hooks.withSetup(hook(blocking.setup()));
    return blocking.reset() == null ? hooks : hooks.withReset(hook(blocking.reset()));
  }

  private static Function<Connection, CompletableFuture<String>> hook(
      Consumer<BlockingConnection> step) {
    return held -> {
      step.accept(new OnConnection(held));
      return CompletableFuture.completedFuture("done");
    };
  }

  /** Waits, and throws the library's own failure. */
  public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException wrapped) {
      if (wrapped.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (wrapped.getCause() instanceof Error error) {
        throw error;
      }
      throw wrapped;
    }
  }

  /** The block waits on the completion executor, as a user's block may. */
  private static <Q, T extends @Nullable Object> CompletableFuture<T> settled(
      Function<Q, T> work, Q handle) {
    return CompletableFuture.completedFuture(work.apply(handle));
  }

  private static class On<Q extends Queries> implements BlockingQueries {
    final Q queries;

    On(Q queries) {
      this.queries = queries;
    }

    @Override
    public <R extends @Nullable Object> R run(Query<R> query) {
      return await(queries.run(query));
    }

    @Override
    public void executeScript(String sql) {
      await(queries.executeScript(sql));
    }

    @Override
    public void executeScript(String sql, Duration timeout) {
      await(queries.executeScript(sql, timeout));
    }

    @Override
    public long execute(String sql, @Nullable Object... arguments) {
      return await(queries.execute(sql, arguments));
    }

    @Override
    public List<Row> fetch(String sql, @Nullable Object... arguments) {
      return await(queries.fetch(sql, arguments));
    }

    @Override
    public <T> List<T> fetch(Class<T> type, String sql, @Nullable Object... arguments) {
      return await(queries.fetch(type, sql, arguments));
    }

    @Override
    public Optional<Row> fetchRow(String sql, @Nullable Object... arguments) {
      return await(queries.fetchRow(sql, arguments));
    }

    @Override
    public <T> Optional<T> fetchRow(Class<T> type, String sql, @Nullable Object... arguments) {
      return await(queries.fetchRow(type, sql, arguments));
    }

    @Override
    public Row fetchOne(String sql, @Nullable Object... arguments) {
      return await(queries.fetchOne(sql, arguments));
    }

    @Override
    public <T> T fetchOne(Class<T> type, String sql, @Nullable Object... arguments) {
      return await(queries.fetchOne(type, sql, arguments));
    }

    @Override
    public <T> Optional<T> fetchValue(Class<T> type, String sql, @Nullable Object... arguments) {
      return await(queries.fetchValue(type, sql, arguments));
    }

    @Override
    public long copyIn(CopyRecords copy, Iterable<?> records) {
      return await(queries.copyIn(copy, records));
    }

    @Override
    public long copyIn(CopyIn copy, byte[] bytes) {
      return await(queries.copyIn(copy, bytes));
    }

    @Override
    public byte[] copyOut(CopyOut copy) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      await(queries.copyOut(copy, bytes));
      return bytes.toByteArray();
    }

    @Override
    public <T> void stream(Query<List<T>> query, Consumer<? super T> action) {
      await(queries.stream(query).forEach(action));
    }

    @Override
    public <T> List<T> stream(int atMost, Query<List<T>> query) {
      List<T> rows = new ArrayList<>();
      try {
        stream(
            query,
            row -> {
              rows.add(row);
              if (rows.size() == atMost) {
                throw new Enough();
              }
            });
      } catch (Enough enough) {
        // That was the order.
      }
      return rows;
    }

    @Override
    public <T extends @Nullable Object> T transaction(Function<BlockingTransaction, T> work) {
      return await(queries.transaction(tx -> settled(work, new OnTransaction(tx))));
    }

    @Override
    public <T extends @Nullable Object> T transaction(
        TransactionOptions options, Function<BlockingTransaction, T> work) {
      return await(queries.transaction(options, tx -> settled(work, new OnTransaction(tx))));
    }

    @Override
    public BlockingTransaction begin() {
      return new OnTransaction(await(queries.begin()));
    }

    @Override
    public BlockingTransaction begin(TransactionOptions options) {
      return new OnTransaction(await(queries.begin(options)));
    }
  }

  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class OnDatabase extends On<Database> implements BlockingDatabase {
    OnDatabase(Database database) {
      super(database);
    }

    @Override
    public <R extends @Nullable Object> List<R> gather(List<Query<R>> many) {
      return await(queries.<R>gather(many));
    }

    @Override
    public <R extends @Nullable Object> List<R> gatherSnapshot(List<Query<R>> many) {
      return await(queries.<R>gatherSnapshot(many));
    }

    @Override
    public <R extends @Nullable Object> List<Outcome<R>> gatherOutcomes(List<Query<R>> many) {
      return await(queries.<R>gatherOutcomes(many));
    }

    @Override
    public <T extends @Nullable Object> T connection(Function<BlockingConnection, T> work) {
      return await(queries.connection(held -> settled(work, new OnConnection(held))));
    }

    @Override
    public BlockingConnection acquire() {
      return new OnConnection(await(queries.acquire()));
    }

    @Override
    public void release(BlockingConnection connection) {
      await(queries.release(((OnConnection) connection).queries));
    }

    @Override
    public PoolStatus status() {
      return queries.status();
    }

    @Override
    public List<BorrowedConnection> borrowedConnections() {
      return queries.borrowedConnections();
    }

    @Override
    public void expireConnections() {
      queries.expireConnections();
    }

    @Override
    public void close() {
      queries.close();
    }
  }

  private static final class OnConnection extends On<Connection> implements BlockingConnection {
    OnConnection(Connection connection) {
      super(connection);
    }

    @Override
    public <T> BlockingPreparedQuery<T> prepare(Class<T> type, String sql) {
      return new OnPreparedQuery<>(queries.prepare(type, sql));
    }

    @Override
    public void close() {
      queries.close();
    }
  }

  private static final class OnTransaction extends On<Transaction> implements BlockingTransaction {
    OnTransaction(Transaction transaction) {
      super(transaction);
    }

    @Override
    public void commit() {
      await(queries.commit());
    }

    @Override
    public void rollback() {
      await(queries.rollback());
    }

    @Override
    public BlockingTransaction.Savepoint savepoint(String name) {
      return new OnSavepoint(await(queries.savepoint(name)));
    }

    @Override
    public <T> BlockingTransaction.Cursor<T> cursor(Query<List<T>> query) {
      return new OnCursor<>(await(queries.cursor(query)));
    }

    @Override
    public <T> BlockingPreparedQuery<T> prepare(Class<T> type, String sql) {
      return new OnPreparedQuery<>(queries.prepare(type, sql));
    }

    @Override
    public void close() {
      queries.close();
    }
  }

  private record OnSavepoint(Savepoint savepoint) implements BlockingTransaction.Savepoint {
    @Override
    public String name() {
      return savepoint.name();
    }

    @Override
    public void rollback() {
      await(savepoint.rollback());
    }

    @Override
    public void release() {
      await(savepoint.release());
    }
  }

  private record OnCursor<T>(Cursor<T> cursor) implements BlockingTransaction.Cursor<T> {
    @Override
    public List<T> fetch(int rows) {
      return await(cursor.fetch(rows));
    }

    @Override
    public long skip(long rows) {
      return await(cursor.skip(rows));
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  private record OnPreparedQuery<T>(PreparedQuery<T> query) implements BlockingPreparedQuery<T> {
    @Override
    public long execute(@Nullable Object... arguments) {
      return await(query.execute(arguments));
    }

    @Override
    public List<T> fetch(@Nullable Object... arguments) {
      return await(query.fetch(arguments));
    }

    @Override
    public Optional<T> fetchRow(@Nullable Object... arguments) {
      return await(query.fetchRow(arguments));
    }

    @Override
    public T fetchOne(@Nullable Object... arguments) {
      return await(query.fetchOne(arguments));
    }

    @Override
    public List<T> stream(@Nullable Object... arguments) {
      List<T> rows = new ArrayList<>();
      await(query.stream(arguments).forEach(rows::add));
      return rows;
    }
  }
}
