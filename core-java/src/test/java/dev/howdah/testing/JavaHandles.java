package dev.howdah.testing;

import dev.howdah.Connection;
import dev.howdah.Database;
import dev.howdah.Queries;
import dev.howdah.Transaction;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.CopyIn;
import dev.howdah.query.CopyOut;
import dev.howdah.query.CopyRecords;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Java handles, waiting. */
public final class JavaHandles {
  private JavaHandles() {}

  /** A connected database. */
  public static BlockingDatabase connect(DatabaseOptions options) {
    return new OnDatabase(await(Database.connect(options)));
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
    public <T extends @Nullable Object> T transaction(Function<BlockingQueries, T> work) {
      Function<Transaction, CompletableFuture<T>> block = tx -> settled(work, new On<>(tx));
      if (queries instanceof Database database) {
        return await(database.transaction(block));
      }
      if (queries instanceof Connection connection) {
        return await(connection.transaction(block));
      }
      return await(((Transaction) queries).transaction(block));
    }
  }

  /** The block waits on the completion executor, as a user's block may. */
  private static <Q, T extends @Nullable Object> CompletableFuture<T> settled(
      Function<Q, T> work, Q handle) {
    return CompletableFuture.completedFuture(work.apply(handle));
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
    public <R extends @Nullable Object> List<Outcome<R>> gatherOutcomes(List<Query<R>> many) {
      return await(queries.<R>gatherOutcomes(many));
    }

    @Override
    public <T extends @Nullable Object> T transaction(
        TransactionOptions options, Function<BlockingQueries, T> work) {
      return await(queries.transaction(options, tx -> settled(work, new On<>(tx))));
    }

    @Override
    public <T extends @Nullable Object> T connection(Function<BlockingQueries, T> work) {
      return await(queries.connection(held -> settled(work, new On<>(held))));
    }

    @Override
    public PoolStatus status() {
      return queries.status();
    }

    @Override
    public void close() {
      queries.close();
    }
  }
}
