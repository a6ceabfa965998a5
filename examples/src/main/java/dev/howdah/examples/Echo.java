package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.ParameterDisplay;
import java.util.Map;

/** Echo: every statement is printed; its parameters only because we ask for them. */
final class Echo {
  private Echo() {}

  static void run(ExampleDatabase database) {
    DatabaseOptions options =
        DatabaseOptions.builder()
            .url(database.url())
            .echo(true)
            .parameterDisplay(ParameterDisplay.SHORT)
            .build();
    try (Database db = Database.connect(options).join()) {
      Users.fill(db);
      db.fetchOne("SELECT * FROM users WHERE first_name = :name", Map.of("name", "John")).join();
    }
  }
}
