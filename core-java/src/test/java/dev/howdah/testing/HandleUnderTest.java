package dev.howdah.testing;

import java.util.function.Consumer;

/** Where a contract gets its handle with verbs from: a database, a connection or a transaction. */
public interface HandleUnderTest {
  /** Runs a test with the handle under test, on a database of its own. */
  void with(TestDatabase server, Consumer<BlockingQueries> test);
}
