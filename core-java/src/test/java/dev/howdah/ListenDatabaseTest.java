package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.testing.BlockingListen;
import dev.howdah.testing.JavaListen;
import dev.howdah.testing.ListenContract;
import dev.howdah.testing.PostgresTest;
import org.junit.jupiter.api.Nested;

/** Both of Java's ways to listen. */
class ListenDatabaseTest {
  @Nested
  @PostgresTest
  class AListener implements ListenContract {
    @Override
    public BlockingListen connect(DatabaseOptions options) {
      return JavaListen.withListeners(options);
    }
  }

  @Nested
  @PostgresTest
  class ASubscriber implements ListenContract {
    @Override
    public BlockingListen connect(DatabaseOptions options) {
      return JavaListen.withSubscribers(options);
    }
  }
}
