package dev.howdah.testing;

import dev.howdah.query.Query;
import java.util.List;

/** A transaction's handle, waiting; see {@link BlockingQueries}. */
public interface BlockingTransaction extends BlockingQueries, AutoCloseable {
  /** As the handle's verb. */
  void commit();

  /** As the handle's verb. */
  void rollback();

  /** As the handle's verb. */
  Savepoint savepoint(String name);

  /** As the handle's verb. */
  <T> Cursor<T> cursor(Query<List<T>> query);

  /** As the handle's verb. */
  <T> BlockingPreparedQuery<T> prepare(Class<T> type, String sql);

  @Override
  void close();

  /** A savepoint's handle, waiting. */
  interface Savepoint {
    /** As the handle's verb. */
    String name();

    /** As the handle's verb. */
    void rollback();

    /** As the handle's verb. */
    void release();
  }

  /** A cursor's handle, waiting. */
  interface Cursor<T> extends AutoCloseable {
    /** As the handle's verb. */
    List<T> fetch(int rows);

    /** As the handle's verb. */
    long skip(long rows);

    @Override
    void close();
  }
}
