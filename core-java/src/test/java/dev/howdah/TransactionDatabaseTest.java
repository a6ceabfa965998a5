package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.testing.BlockingDatabase;
import dev.howdah.testing.BlockingQueries;
import dev.howdah.testing.JavaHandles;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.QueriesContract;
import dev.howdah.testing.StreamContract;
import dev.howdah.testing.TestDatabase;
import java.util.function.Consumer;

@PostgresTest
class TransactionDatabaseTest implements QueriesContract, StreamContract {
  @Override
  public void with(TestDatabase server, Consumer<BlockingQueries> test) {
    try (BlockingDatabase db = JavaHandles.connect(DatabaseOptions.of(server.url()))) {
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
