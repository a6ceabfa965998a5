package dev.howdah.testing;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import java.util.function.Consumer;

/** Where a contract gets its databases from: those of one language. */
public interface DatabaseUnderTest {
  /** A connected database of the language under test. */
  BlockingDatabase connect(DatabaseOptions options, BlockingHooks hooks);

  /** A connected database without hooks. */
  default BlockingDatabase connect(DatabaseOptions options) {
    return connect(options, BlockingHooks.none());
  }

  /** Runs a test on a database that must have all its connections back at the end. */
  default void onDatabase(DatabaseOptions options, Consumer<BlockingDatabase> test) {
    onDatabase(options, BlockingHooks.none(), test);
  }

  /** As {@link #onDatabase(DatabaseOptions, Consumer)}, with hooks. */
  default void onDatabase(
      DatabaseOptions options, BlockingHooks hooks, Consumer<BlockingDatabase> test) {
    try (BlockingDatabase db = connect(options, hooks)) {
      test.accept(db);
      // What was cancelled comes back a moment after its caller has heard of it.
      Eventually.require("every connection has been given back", () -> db.status().inUse() == 0);
    }
  }

  /** A pool that opens its connections when they are wanted. */
  static DatabaseOptions poolOf(TestDatabase server, int size) {
    return DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, size));
  }
}
