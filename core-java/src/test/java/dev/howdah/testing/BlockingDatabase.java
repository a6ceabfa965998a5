package dev.howdah.testing;

import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A database handle, waiting; see {@link BlockingQueries}. */
public interface BlockingDatabase extends BlockingQueries, AutoCloseable {
  /** As the handle's verb. */
  <R extends @Nullable Object> List<R> gather(List<Query<R>> queries);

  /** As the handle's verb. */
  <R extends @Nullable Object> List<R> gatherSnapshot(List<Query<R>> queries);

  <R extends @Nullable Object> List<Outcome<R>> gatherOutcomes(List<Query<R>> queries);

  /** Runs {@code work} with one held connection. */
  <T extends @Nullable Object> T connection(Function<BlockingConnection, T> work);

  /** As the handle's verb. */
  BlockingConnection acquire();

  /** As the handle's verb. */
  void release(BlockingConnection connection);

  /** The pool's figures. */
  PoolStatus status();

  /** As the handle's verb. */
  List<BorrowedConnection> borrowedConnections();

  /** As the handle's verb. */
  void expireConnections();

  @Override
  void close();
}
