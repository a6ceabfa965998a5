package dev.howdah.examples;

import static java.util.Objects.requireNonNull;

import dev.howdah.Cursor;
import dev.howdah.Database;
import dev.howdah.Transaction;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What docs/streaming.md shows: rows one by one, a reader that stops, portions of a cursor. */
final class Streaming {
  private Streaming() {}

  record Sale(long id, int amount) {}

  static void run(ExampleDatabase database) {
    try (Database db = Database.connect(database.url()).join()) {
      db.execute(
              "CREATE TABLE sales AS SELECT id::bigint, (id % 100)::int AS amount"
                  + " FROM generate_series(1, 100000) id")
          .join();
      System.out.println("sum: " + each(db));
      FirstRows<Row> three = new FirstRows<>(3);
      db.stream("SELECT * FROM sales ORDER BY id").subscribe(three);
      System.out.println("first: " + three.read.join());
      portions(db);
    }
  }

  private static long each(Database db) {
    // region each
    LongAdder sum = new LongAdder();
    db.stream(Sale.class, "SELECT id, amount FROM sales")
        .forEach(sale -> sum.add(sale.amount()))
        .join();
    // endregion
    // region fetch-size
    Query<List<Row>> wide = Query.rows("SELECT * FROM sales").fetchSize(50);
    CompletableFuture<?> reading = db.stream(wide).forEach(row -> {});
    // endregion
    reading.join();
    return sum.sum();
  }

  // region subscriber
  /** Reads so many rows and stops. */
  static final class FirstRows<T> implements Flow.Subscriber<T> {
    final CompletableFuture<List<T>> read = new CompletableFuture<>();
    private final List<T> rows = new ArrayList<>();
    private final int wanted;
    private Flow.@Nullable Subscription subscription;

    FirstRows(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(wanted);
    }

    @Override
    public void onNext(T row) {
      rows.add(row);
      if (rows.size() == wanted) {
        requireNonNull(subscription).cancel(); // closes the cursor
        read.complete(rows);
      }
    }

    @Override
    public void onError(Throwable failure) {
      read.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      read.complete(rows);
    }
  }

  // endregion

  private static void portions(Database db) {
    // region cursor
    try (Transaction tx = db.begin().join();
        Cursor<Sale> cursor = tx.cursor(Sale.class, "SELECT * FROM sales ORDER BY id").join()) {
      List<Sale> first = cursor.fetch(2).join();
      long passedOver = cursor.skip(1_000).join();
      tx.execute("UPDATE sales SET amount = 0 WHERE id = 1").join(); // may come between
      List<Sale> later = cursor.fetch(2).join();
      System.out.println(first + " " + passedOver + " " + later);
    }
    // endregion
  }
}
