package dev.howdah.examples;

import static dev.howdah.query.Clauses.anyOf;
import static dev.howdah.query.Clauses.atLeast;
import static dev.howdah.query.Clauses.between;
import static dev.howdah.query.Clauses.columns;
import static dev.howdah.query.Clauses.in;
import static dev.howdah.query.Clauses.isNull;
import static dev.howdah.query.Clauses.like;
import static dev.howdah.query.Clauses.not;
import static dev.howdah.query.Clauses.onConflict;
import static dev.howdah.query.Clauses.orderBy;
import static dev.howdah.query.Clauses.plus;
import static dev.howdah.query.Clauses.set;
import static dev.howdah.query.Clauses.where;

import dev.howdah.DatabaseManager;
import dev.howdah.error.ClientException.EmptyCondition;
import dev.howdah.row.Row;
import dev.howdah.schema.Column;
import dev.howdah.schema.ReferentialAction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Everything docs/tables.md shows: its snippets are regions of this class. */
final class Tables {
  private static final String DELETION_PASSWORD = "repeat me before you delete";

  private Tables() {}

  // region record
  record Person(long userId, String userName, @Nullable Integer age) {}

  // endregion

  static void run(ExampleDatabase database) {
    try (DatabaseManager manager =
        DatabaseManager.connect(database.url(), DELETION_PASSWORD).join()) {
      create(manager);
      insert(manager);
      upsert(manager);
      select(manager);
      pages(manager);
      update(manager);
      delete(manager);
      transaction(manager);
      System.out.println(manager.describe("people").join());
    }
  }

  private static void create(DatabaseManager manager) {
    // region create
    manager
        .createTable(
            "teams",
            Column.bigint("team_id").primaryKey().identity(),
            Column.text("name").notNull().unique())
        .join();
    boolean created =
        manager
            .createTable(
                "people",
                Column.bigint("user_id").primaryKey(),
                Column.text("user_name").notNull(),
                Column.integer("age").check("age >= 0"),
                Column.integer("visits").notNull().defaultValue(0),
                Column.bigint("team_id").references("teams").onDelete(ReferentialAction.SET_NULL),
                Column.timestamptz("updated_at").defaultSql("now()").onUpdateSql("now()"))
            .join();
    // endregion
    System.out.println("created: " + created);
  }

  private static void insert(DatabaseManager manager) {
    // region insert
    manager.insert("people", Map.of("user_id", 1, "user_name", "Anna", "age", 30)).join();
    manager.insert("people", new Person(2, "Boris", 17)).join();
    long inserted =
        manager
            .insert(
                "people",
                List.of(
                    Map.of("user_id", 3, "user_name", "Clara"),
                    Map.of("user_id", 4, "user_name", "Daria", "age", 52)))
            .join();

    // the rows as they are now, with what the server filled in, in the order of the records
    List<Row> teams =
        manager
            .insertReturning("teams", List.of(Map.of("name", "red"), Map.of("name", "blue")))
            .join();
    // endregion
    System.out.println("inserted: " + inserted);
    System.out.println(teams);
  }

  private static void upsert(DatabaseManager manager) {
    List<Map<String, Object>> people =
        List.of(
            Map.of("user_id", 4, "user_name", "Dasha"),
            Map.of("user_id", 5, "user_name", "Egor", "age", 41));
    // region upsert
    manager.upsert("people", people).join(); // what conflicts: the primary key
    manager.upsert("people", people, onConflict("user_id")).join();
    manager.upsert("people", people, onConflict("user_id").update("age")).join();
    long added = manager.insert("people", people, onConflict("user_id").ignore()).join();
    // endregion
    System.out.println("added: " + added);
  }

  private static void select(DatabaseManager manager) {
    // region select
    List<Row> rows = manager.select("people", Map.of("user_name", "Anna", "age", 30)).join();
    List<Row> either =
        manager.select("people", anyOf(Map.of("user_id", 1), Map.of("user_id", 3))).join();
    List<Person> people = manager.select(Person.class, "people", where("age", atLeast(18))).join();
    Row anna = manager.selectOne("people", where("user_id", 1)).join().orElseThrow();

    List<Row> found =
        manager
            .select(
                "people",
                where("age", between(20, 60))
                    .and("user_name", like("A%"))
                    .or("user_id", in(3, 4))
                    .and(not(where("team_id", 7)).or("team_id", isNull())),
                columns("user_id", "user_name"))
            .join();

    long adults = manager.count("people", where("age", atLeast(18))).join();
    boolean anyone = manager.exists("people", where("age", null)).join(); // IS NULL
    // endregion
    System.out.println(rows.size() + " " + either.size() + " " + people.size() + " " + anna);
    System.out.println(found + " " + adults + " " + anyone);
  }

  private static void pages(DatabaseManager manager) {
    // region pages
    List<Row> first =
        manager.select("people", orderBy("age").desc().nullsLast().then("user_id").limit(2)).join();

    // the next page begins after the last row of this one, however many rows there are before it
    Row last = first.get(first.size() - 1);
    List<Row> second =
        manager
            .select(
                "people",
                orderBy("age")
                    .desc()
                    .nullsLast()
                    .then("user_id")
                    .after(last.get("age"), last.get("user_id"))
                    .limit(2))
            .join();
    // endregion
    System.out.println(first);
    System.out.println(second);
  }

  private static void update(DatabaseManager manager) {
    // region update
    long changed = manager.update("people", where("user_id", 2), Map.of("age", 18)).join();
    manager.update("people", where("user_id", 2), set("visits", plus(1))).join();
    manager.updateAll("people", Map.of("visits", 0)).join();
    // endregion
    System.out.println("changed: " + changed);
  }

  private static void delete(DatabaseManager manager) {
    // region delete
    long deleted = manager.delete("people", where("user_id", in(4, 5))).join();
    try {
      manager.delete("people", Map.of()).join();
    } catch (EmptyCondition refused) {
      System.out.println(refused.getMessage());
    }
    // endregion
    System.out.println("deleted: " + deleted);
  }

  private static void transaction(DatabaseManager manager) {
    // region transaction
    try {
      manager
          .transaction(
              tx ->
                  tx.update("people", where("user_id", 1), Map.of("visits", 7))
                      .thenCompose(n -> tx.insert("people", new Person(1, "again", null))))
          .join();
    } catch (CompletionException failure) {
      System.out.println(failure.getCause()); // and visits is what it was
    }
    // endregion
  }
}
