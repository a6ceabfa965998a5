package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.testing.BlockingDatabase;
import dev.howdah.testing.BlockingHooks;
import dev.howdah.testing.BlockingQueries;
import dev.howdah.testing.DatabaseContract;
import dev.howdah.testing.JavaHandles;
import dev.howdah.testing.ListenerContract;
import dev.howdah.testing.PoolContract;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.QueriesContract;
import dev.howdah.testing.TestDatabase;
import java.util.function.Consumer;

/** What a database promises it keeps with merging switched off. */
@PostgresTest
class WithoutMergingDatabaseTest
    implements QueriesContract, DatabaseContract, PoolContract, ListenerContract {
  @Override
  public BlockingDatabase connect(DatabaseOptions options, BlockingHooks hooks) {
    return JavaHandles.connect(options.withMerging(false), hooks);
  }

  @Override
  public void with(TestDatabase server, Consumer<BlockingQueries> test) {
    onDatabase(DatabaseOptions.of(server.url()), test::accept);
  }
}
