package dev.howdah.testing;

import dev.howdah.config.DatabaseOptions;
import java.util.List;
import java.util.function.Consumer;

/** Listening in one of the languages. */
public interface ListenUnderTest {
  /** A buffer that no test fills by chance. */
  int PLENTY = 100_000;

  /** A connected database of the language under test. */
  BlockingListen connect(DatabaseOptions options);

  default void with(TestDatabase server, Consumer<BlockingListen> test) {
    with(DatabaseOptions.of(server.url()), test);
  }

  default void with(DatabaseOptions options, Consumer<BlockingListen> test) {
    try (BlockingListen db = connect(options)) {
      test.accept(db);
    }
  }

  static BlockingListen.Ear ear(BlockingListen db, String channel, Heard heard) {
    return db.listen(channel, PLENTY, heard::add, heard::add);
  }

  /** The sessions that listen, by the last statement they ran. */
  static List<String> listening(TestDatabase server) {
    return server
        .query(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }
}
