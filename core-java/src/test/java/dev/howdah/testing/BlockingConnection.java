package dev.howdah.testing;

/** A held connection's handle, waiting; see {@link BlockingQueries}. */
public interface BlockingConnection extends BlockingQueries, AutoCloseable {
  /** As the handle's verb. */
  <T> BlockingPreparedQuery<T> prepare(Class<T> type, String sql);

  @Override
  void close();
}
