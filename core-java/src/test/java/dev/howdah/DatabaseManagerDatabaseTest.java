package dev.howdah;

import static dev.howdah.query.Clauses.where;
import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEvent;
import dev.howdah.schema.Column;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What asyncpg-lite is known to get wrong, at the Java handle. */
@PostgresTest
class DatabaseManagerDatabaseTest {
  private static DatabaseManager users(TestDatabase server) {
    DatabaseManager manager = await(DatabaseManager.connect(server.url(), "pw"));
    await(
        manager.createTable(
            "users",
            Column.bigint("id").primaryKey(),
            Column.text("name").defaultValue("Vasya"),
            Column.integer("age").defaultValue(0)));
    return manager;
  }

  @Test
  void keysOfLaterRecordsAreNotLost(TestDatabase server) {
    try (DatabaseManager manager = users(server)) {
      await(manager.insert("users", List.of(Map.of("id", 1), Map.of("id", 2, "age", 30))));
      assertThat(server.query("SELECT name, age FROM users ORDER BY id"))
          .containsExactly(List.of("Vasya", 0), List.of("Vasya", 30));
    }
  }

  @Test
  void emptyConditionsAndWrongPasswordsTouchNothing(TestDatabase server) {
    try (DatabaseManager manager = users(server)) {
      await(manager.insert("users", Map.of("id", 1)));
      assertThatThrownBy(() -> manager.delete("users", null)).isInstanceOf(EmptyCondition.class);
      assertThatThrownBy(() -> manager.update("users", List.of(Map.of()), Map.of("age", 1)))
          .isInstanceOf(EmptyCondition.class)
          .hasMessageContaining("updateAll");
      assertThatThrownBy(() -> manager.deleteAll("users", "wrong"))
          .isInstanceOf(WrongDeletionPassword.class);
      assertThat(server.query("SELECT age FROM users")).containsExactly(List.of(0));
    }
  }

  @Test
  void oneManagerKeepsOnePoolAndReadsATableOnce(TestDatabase server) {
    AtomicInteger statements = new AtomicInteger();
    DatabaseOptions counted =
        DatabaseOptions.of(server.url())
            .withListener(
                new DatabaseListener() {
                  @Override
                  public void queryStarted(QueryEvent query) {
                    statements.incrementAndGet();
                  }
                });
    server.sql("CREATE TABLE users (id int); INSERT INTO users VALUES (1)");
    try (DatabaseManager manager =
        await(DatabaseManager.connect(counted, ManagerOptions.of("pw")))) {
      assertThat(await(manager.select("users", where("id", 1)))).hasSize(1);
      statements.set(0);
      for (int i = 0; i < 5; i++) {
        assertThat(await(manager.select("users", where("id", 1)))).hasSize(1);
      }
      assertThat(statements.get()).isEqualTo(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aManagersTransactionHappensWholeOrNotAtAll(TestDatabase server) {
    try (DatabaseManager manager = users(server)) {
      assertThatThrownBy(
              () ->
                  await(
                      manager.transaction(
                          inside ->
                              inside
                                  .insert("users", Map.of("id", 1))
                                  .thenCompose(one -> inside.insert("users", Map.of("id", 1))))))
          .hasMessageContaining("users_pkey");
      assertThat(server.query("SELECT count(*) FROM users")).containsExactly(List.of(0L));
    }
  }
}
