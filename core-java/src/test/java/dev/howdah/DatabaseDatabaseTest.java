package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.testing.BlockingDatabase;
import dev.howdah.testing.BlockingQueries;
import dev.howdah.testing.DatabaseContract;
import dev.howdah.testing.JavaHandles;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.QueriesContract;
import dev.howdah.testing.TestDatabase;
import java.util.function.Consumer;

@PostgresTest
class DatabaseDatabaseTest implements QueriesContract, DatabaseContract {
  @Override
  public BlockingDatabase connect(DatabaseOptions options) {
    return JavaHandles.connect(options);
  }

  @Override
  public void with(TestDatabase server, Consumer<BlockingQueries> test) {
    try (BlockingDatabase db = JavaHandles.connect(DatabaseOptions.of(server.url()))) {
      test.accept(db);
    }
  }
}
