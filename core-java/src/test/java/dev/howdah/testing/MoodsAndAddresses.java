package dev.howdah.testing;

import dev.howdah.Database;
import dev.howdah.row.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Types of the user's own, an enum and a composite, and a database that reads values of them. */
public abstract class MoodsAndAddresses {
  /** The enum. */
  public enum Mood {
    HAPPY,
    SO_SO
  }

  /** The composite. */
  public record Address(String street, @Nullable String city) {}

  protected TestDatabase server;
  protected Database db;

  @BeforeEach
  void connect(TestDatabase server) {
    this.server = server;
    server.sql("CREATE TYPE mood AS ENUM ('happy', 'so_so')");
    server.sql("CREATE TYPE address AS (street text, city text)");
    db = Database.connect(server.url()).join();
  }

  @AfterEach
  void disconnect() {
    db.close();
  }

  /** The only row. */
  protected Row one(String sql, @Nullable Object... arguments) {
    return db.fetchOne(sql, arguments).join();
  }

  /** The first value of the only row. */
  protected @Nullable Object value(String sql, @Nullable Object... arguments) {
    return one(sql, arguments).get(0);
  }
}
