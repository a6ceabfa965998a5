package dev.howdah.examples;

import static dev.howdah.query.Clauses.columns;
import static dev.howdah.query.Clauses.onConflict;

import dev.howdah.DatabaseManager;
import dev.howdah.error.ClientException.WrongDeletionPassword;
import dev.howdah.row.Row;
import dev.howdah.schema.Column;
import java.util.List;
import java.util.Map;

/**
 * Tables by name from their creation to their end: connect, create, insert, select, update, delete.
 */
final class Article {
  private static final String DELETION_PASSWORD = "repeat me before you delete";

  private Article() {}

  static void run(ExampleDatabase database) {
    heading("Connect by URL");
    try (DatabaseManager manager =
        DatabaseManager.connect(database.url(), DELETION_PASSWORD).join()) {
      System.out.println(
          manager.tableExists("new_users").join() ? "table is there" : "no table yet");
    }

    heading("Connect by parts");
    try (DatabaseManager manager =
        DatabaseManager.connect(database.authParams(), DELETION_PASSWORD).join()) {
      createTables(manager);
      addRecords(manager);
      readThem(manager);
      changeThem(manager);
      deleteThem(manager);
    }
  }

  private static void createTables(DatabaseManager manager) {
    heading("Create a table from columns");
    manager
        .createTable(
            "new_users",
            Column.bigint("user_id").primaryKey(),
            Column.text("user_name").defaultValue("Vasya").unique(),
            Column.text("user_surname"),
            Column.integer("user_age"))
        .join();

    heading("Create a table from maps");
    manager
        .createTable(
            "map_users",
            List.of(
                Map.of(
                    "name", "user_id",
                    "type", "BigInteger",
                    "options", Map.of("primary_key", true, "autoincrement", false)),
                Map.of(
                    "name", "user_name",
                    "type", "String",
                    "options", Map.of("default", "Vasya", "unique", true)),
                Map.of("name", "user_surname", "type", "String"),
                Map.of("name", "user_age", "type", "Integer")))
        .join();
  }

  private static void addRecords(DatabaseManager manager) {
    heading("Insert one, and ignore it when it is there");
    manager
        .insert("new_users", user(1, "Вася", "Сидоров", 40), onConflict("user_id").ignore())
        .join();

    heading("Insert several: the first is there and stays as it is");
    List<Map<String, Object>> several =
        List.of(
            user(1, "Василий", "Сидоренко", 40),
            user(2, "Дмитрий", "Иванов", 30),
            user(3, "Олег", "Смирнов", 46),
            user(4, "Петр", "Петров", 23));
    manager.insert("new_users", several, onConflict("user_id").ignore()).join();

    heading("Upsert: two are there and updated, one is new");
    List<Map<String, Object>> newer =
        List.of(
            user(1, "Василий", "Сидоренко", 40),
            user(4, "Петя", "Петров", 24),
            user(5, "Антон", "Антонов", 54));
    manager.upsert("new_users", newer, onConflict("user_id")).join();
  }

  private static Map<String, Object> user(int id, String name, String surname, int age) {
    return Map.of("user_id", id, "user_name", name, "user_surname", surname, "user_age", age);
  }

  private static void readThem(DatabaseManager manager) {
    heading("Select: a list, one, some columns, all");
    List<Row> third = manager.select("new_users", Map.of("user_id", 3)).join();
    System.out.println(third);
    Row one = manager.selectOne("new_users", Map.of("user_id", 3)).join().orElseThrow();
    System.out.println(one);
    Row names =
        manager
            .selectOne("new_users", Map.of("user_id", 3), columns("user_name", "user_surname"))
            .join()
            .orElseThrow();
    System.out.println(names);
    manager.select("new_users").join().forEach(System.out::println);

    heading("Select: number 1, 3 or 4");
    List<Map<String, Integer>> anyOfThese =
        List.of(Map.of("user_id", 1), Map.of("user_id", 3), Map.of("user_id", 4));
    manager
        .select("new_users", anyOfThese, columns("user_surname", "user_name"))
        .join()
        .forEach(System.out::println);
  }

  private static void changeThem(DatabaseManager manager) {
    heading("Update one, then two");
    manager
        .update("new_users", Map.of("user_id", 2), Map.of("user_surname", "Иванов", "user_age", 42))
        .join();
    manager
        .update(
            "new_users",
            List.of(Map.of("user_id", 2), Map.of("user_id", 3)),
            Map.of("user_surname", "Руссо", "user_age", 40))
        .join();
  }

  private static void deleteThem(DatabaseManager manager) {
    heading("Delete one, then two, then all, then the tables");
    manager.delete("new_users", Map.of("user_id", 1)).join();
    manager.delete("new_users", List.of(Map.of("user_id", 2), Map.of("user_id", 3))).join();
    System.out.println("left: " + manager.count("new_users").join());
    try {
      manager.deleteAll("new_users", "not the password").join();
    } catch (WrongDeletionPassword refused) {
      System.out.println("refused: " + refused.getMessage());
    }
    manager.deleteAll("new_users", DELETION_PASSWORD).join();
    manager.dropTable("new_users", DELETION_PASSWORD).join();
    manager.dropTable("map_users", DELETION_PASSWORD).join();
  }

  private static void heading(String text) {
    System.out.println("-- " + text);
  }
}
