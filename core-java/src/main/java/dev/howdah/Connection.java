package dev.howdah;

import dev.howdah.error.ServerReport;
import dev.howdah.internal.engine.Engine;
import dev.howdah.row.Row;
import dev.howdah.row.RowMapper;
import dev.howdah.row.RowMappers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, held: settings, temporary tables and locks last from call to call.
 *
 * <p>Calls made at the same time run one after the other, in the order they were made. When the
 * connection has gone back to the pool every verb fails with {@link
 * dev.howdah.error.ClientException.HandleReturned}; whatever it left behind (an open transaction,
 * settings, locks, LISTEN, temporary tables) is gone before anybody else gets it.
 */
public final class Connection extends EngineQueries implements AutoCloseable {
  private final Engine.Lease lease;

  Connection(Engine.Lease lease, Executor executor) {
    super(lease, executor);
    this.lease = lease;
  }

  /** A statement to be run often with other arguments; see {@link PreparedQuery}. */
  public PreparedQuery<Row> prepare(String sql) {
    return prepare(RowMappers.rows(), sql);
  }

  /** A statement to be run often, its rows each as a {@code type}. */
  public <T> PreparedQuery<T> prepare(Class<T> type, String sql) {
    return prepare(RowMappers.of(type), sql);
  }

  /** A statement to be run often, its rows each mapped by {@code mapper}. */
  public <T> PreparedQuery<T> prepare(RowMapper<T> mapper, String sql) {
    lease.check("prepare");
    return new PreparedQuery<>(this, mapper, sql);
  }

  /**
   * Tells {@code listener} what the server says beside the answers of this connection from now on:
   * RAISE NOTICE, warnings. It is called on the completion executor, in the server's order, while a
   * statement runs; the statement's answer, or its failure, comes behind the last of its notices.
   * What the listener throws is logged. See {@link dev.howdah.query.Query#onNotice} for one query,
   * {@link dev.howdah.observe.DatabaseListener} for all.
   */
  public void onNotice(Consumer<? super ServerReport> listener) {
    Arguments.given("onNotice", "a listener", listener);
    lease.onNotice(listener);
  }

  /**
   * Gives the connection back. A statement that still runs is stopped. The second call does
   * nothing.
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Handoff.of(lease.giveBack(), executor);
  }

  /** Gives the connection back and waits until it is there. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }

  Engine.Lease lease() {
    return lease;
  }
}
