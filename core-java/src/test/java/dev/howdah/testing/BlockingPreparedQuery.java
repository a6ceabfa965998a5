package dev.howdah.testing;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A prepared query's handle, waiting; see {@link BlockingQueries}. */
public interface BlockingPreparedQuery<T> {
  /** As the handle's verb. */
  long execute(@Nullable Object... arguments);

  /** As the handle's verb. */
  List<T> fetch(@Nullable Object... arguments);

  /** As the handle's verb. */
  Optional<T> fetchRow(@Nullable Object... arguments);

  /** As the handle's verb. */
  T fetchOne(@Nullable Object... arguments);

  /** Streams to the end. */
  List<T> stream(@Nullable Object... arguments);
}
