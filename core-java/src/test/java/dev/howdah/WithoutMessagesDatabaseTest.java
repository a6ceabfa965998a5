package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.RolledBack;
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
import dev.howdah.testing.RetryContract;
import dev.howdah.testing.SavepointContract;
import dev.howdah.testing.StreamContract;
import dev.howdah.testing.TestDatabase;
import dev.howdah.testing.TransactionContract;
import dev.howdah.testing.WithoutMessages;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;

/** What handles promise they keep where the driver does not let us at its messages. */
class WithoutMessagesDatabaseTest {
  private static BlockingDatabase database(DatabaseOptions options, BlockingHooks hooks) {
    return WithoutMessages.connect(() -> JavaHandles.connect(options, hooks));
  }

  private static BlockingDatabase database(TestDatabase server) {
    return database(DatabaseOptions.of(server.url()), BlockingHooks.none());
  }

  @Nested
  @PostgresTest
  class ADatabase
      implements WithoutMessages,
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
      return database(options, hooks);
    }

    @Override
    public void with(TestDatabase server, Consumer<BlockingQueries> test) {
      onDatabase(DatabaseOptions.of(server.url()), test::accept);
    }
  }

  @Nested
  @PostgresTest
  class AConnection implements WithoutMessages, StreamContract {
    @Override
    public void with(TestDatabase server, Consumer<BlockingQueries> test) {
      try (BlockingDatabase db = database(server)) {
        db.connection(
            held -> {
              test.accept(held);
              return null;
            });
      }
    }
  }

  @Nested
  @PostgresTest
  class ATransaction implements WithoutMessages, StreamContract {
    @Override
    public void with(TestDatabase server, Consumer<BlockingQueries> test) {
      try (BlockingDatabase db = database(server)) {
        db.transaction(
            tx -> {
              test.accept(tx);
              return null;
            });
      } catch (RolledBack afterAnExpectedError) {
        // The test provoked an error of the server's: a transaction does not survive one.
      }
    }
  }
}
