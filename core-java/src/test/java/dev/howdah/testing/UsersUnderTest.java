package dev.howdah.testing;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A handle with a table of three users. */
public interface UsersUnderTest extends HandleUnderTest {
  /** A row of the tests. */
  record User(long userId, String name, @Nullable Integer age) {}

  /** Makes the table and runs a test with the handle. */
  default void withUsers(TestDatabase server, Consumer<BlockingQueries> test) {
    server.sql(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, name text NOT NULL UNIQUE, age integer);"
            + "INSERT INTO users VALUES (1, 'Anna', 30), (2, 'Boris', NULL), (3, 'Vera', 17)");
    with(server, test);
  }
}
