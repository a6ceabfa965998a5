package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.testing.BlockingDatabase;
import dev.howdah.testing.BlockingHooks;
import dev.howdah.testing.BlockingQueries;
import dev.howdah.testing.CursorContract;
import dev.howdah.testing.DatabaseContract;
import dev.howdah.testing.ExplicitTransactionContract;
import dev.howdah.testing.HooksContract;
import dev.howdah.testing.JavaHandles;
import dev.howdah.testing.ListenerContract;
import dev.howdah.testing.OccupancyContract;
import dev.howdah.testing.PoolContract;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.QueriesContract;
import dev.howdah.testing.RetryContract;
import dev.howdah.testing.SavepointContract;
import dev.howdah.testing.StreamContract;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.TransactionContract;
import java.util.function.Consumer;

@PostgresTest
class DatabaseDatabaseTest
    implements QueriesContract,
        StreamContract,
        DatabaseContract,
        TransactionContract,
        RetryContract,
        ExplicitTransactionContract,
        SavepointContract,
        CursorContract,
        OccupancyContract,
        PoolContract,
        HooksContract,
        ListenerContract {
  @Override
  public BlockingDatabase connect(DatabaseOptions options, BlockingHooks hooks) {
    return JavaHandles.connect(options, hooks);
  }

  @Override
  public void with(TestDatabase server, Consumer<BlockingQueries> test) {
    onDatabase(DatabaseOptions.of(server.url()), test::accept);
  }
}
