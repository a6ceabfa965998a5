package dev.howdah.examples;

import dev.howdah.Database;
import dev.howdah.Savepoint;
import dev.howdah.Transaction;
import dev.howdah.config.TransactionOptions;

/** What docs/transactions.md shows: blocks, savepoints, options, and a transaction of one's own. */
final class Transactions {
  private static final String ADD = "UPDATE accounts SET balance = balance + $1 WHERE name = $2";
  private static final String BALANCE = "SELECT balance FROM accounts WHERE name = $1";

  private Transactions() {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.executeScript(
              """
              CREATE TABLE accounts (name text PRIMARY KEY, balance int CHECK (balance >= 0));
              INSERT INTO accounts VALUES ('Anna', 100), ('Boris', 0)""")
          .join();
      System.out.println("left: " + block(db));
      nested(db);
      options(db);
      begin(db);
      db.fetch("SELECT name, balance FROM accounts ORDER BY name")
          .join()
          .forEach(row -> System.out.println(row.get("name") + ": " + row.get("balance")));
    }
  }

  private static int block(Database db) {
    // region block
    int left =
        db.transaction(
                tx ->
                    tx.execute(ADD, -10, "Anna")
                        .thenCompose(one -> tx.execute(ADD, 10, "Boris"))
                        .thenCompose(one -> tx.fetchOne(Integer.class, BALANCE, "Anna")))
            .join();
    // endregion
    return left;
  }

  private static void nested(Database db) {
    // region nested
    db.transaction(
            tx ->
                tx.execute(ADD, 1, "Boris")
                    .thenCompose(
                        one ->
                            tx.transaction(nested -> nested.execute(ADD, -1_000, "Anna"))
                                .exceptionally(refused -> 0L))) // undone; the outer one goes on
        .join();
    // endregion
  }

  private static void options(Database db) {
    // region options
    TransactionOptions careful = TransactionOptions.serializable().withRetries(3);
    db.transaction(careful, tx -> tx.execute(ADD, 5, "Boris")).join();

    // a dry run: its result arrives, and nothing is left behind
    TransactionOptions dryRun = TransactionOptions.rollingBack();
    long wouldGo = db.transaction(dryRun, tx -> tx.execute("DELETE FROM accounts")).join();
    // endregion
    System.out.println("would go: " + wouldGo);
  }

  private static void begin(Database db) {
    // region begin
    try (Transaction tx = db.begin().join()) { // closing rolls back what was not committed
      tx.execute(ADD, 50, "Boris").join();
      Savepoint mark = tx.savepoint("before the fee").join();
      tx.execute(ADD, -20, "Boris").join();
      mark.rollback().join(); // the fee is undone, the mark stays
      tx.commit().join();
    }
    // endregion
  }
}
