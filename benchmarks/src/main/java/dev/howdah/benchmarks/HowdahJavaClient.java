package dev.howdah.benchmarks;

import static dev.howdah.query.Clauses.onConflict;
import static java.util.Objects.requireNonNull;

import dev.howdah.Database;
import dev.howdah.DatabaseManager;
import dev.howdah.Transaction;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.ManagerOptions;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/** Howdah through its Java handles. */
final class HowdahJavaClient implements Client {
  private final Database db;
  private final DatabaseManager tables;

  HowdahJavaClient(DatabaseOptions options) {
    db = Database.connect(options).join();
    tables = DatabaseManager.of(db, ManagerOptions.of("deletion password"));
  }

  @Override
  public List<Account> gather(int[] keys) {
    return gather(keys, index -> Accounts.LOOK_UP);
  }

  @Override
  public List<Account> gatherMixed(int[] keys) {
    return gather(keys, Accounts::mixed);
  }

  @Override
  public long callers(int[][] keys) {
    LongAdder sum = new LongAdder();
    CompletableFuture<?>[] callers = new CompletableFuture<?>[keys.length];
    Arrays.setAll(callers, caller -> call(keys[caller], 0, sum));
    CompletableFuture.allOf(callers).join();
    return sum.sum();
  }

  @Override
  public Account lookUp(int key) {
    return find(key).join();
  }

  @Override
  public long transact(int[] keys) {
    List<CompletableFuture<Long>> all = new ArrayList<>(keys.length);
    for (int key : keys) {
      all.add(db.transaction(tx -> transaction(tx, key)));
    }
    return all.stream().mapToLong(CompletableFuture::join).sum();
  }

  @Override
  public long fetchRows() {
    long sum = 0;
    for (Row row : db.fetch(Accounts.FETCH).join()) {
      sum += number(row, 0) + number(row, 1) + number(row, 2);
      sum += requireNonNull(row.get(3, String.class)).length();
    }
    return sum;
  }

  @Override
  public List<Account> fetchRecords() {
    return db.fetch(Account.class, Accounts.FETCH).join();
  }

  @Override
  public long stream(int times) {
    LongAdder sum = new LongAdder();
    db.stream(Account.class, Accounts.STREAM, times)
        .forEach(account -> sum.add(account.checksum()))
        .join();
    return sum.sum();
  }

  @Override
  public long executeMany(String sql, List<Item> items) {
    Iterable<Object[]> elements =
        () ->
            items.stream()
                .map(item -> new Object[] {item.bid(), item.amount(), item.note(), item.id()})
                .iterator();
    return db.executeMany(sql, elements).join();
  }

  @Override
  public long upsert(List<Item> items) {
    return tables.upsert(Items.TABLE, items, onConflict("id")).join();
  }

  @Override
  public long insert(List<Item> items) {
    return db.copyIn(Items.TABLE, items).join();
  }

  @Override
  public long insertBatch(List<Item> items) {
    return tables.insert(Items.TABLE, items).join();
  }

  @Override
  public void close() {
    db.close();
  }

  private CompletableFuture<Account> find(int key) {
    return db.fetchOne(Account.class, Accounts.LOOK_UP, key);
  }

  private List<Account> gather(int[] keys, IntFunction<String> sql) {
    List<Query<Account>> queries = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      queries.add(Query.one(Account.class, sql.apply(i), keys[i]));
    }
    return db.gather(queries).join();
  }

  private CompletableFuture<?> call(int[] keys, int index, LongAdder sum) {
    return find(keys[index])
        .thenCompose(
            account -> {
              sum.add(account.abalance());
              return index + 1 < keys.length
                  ? call(keys, index + 1, sum)
                  : CompletableFuture.completedFuture(null);
            });
  }

  private static long number(Row row, int column) {
    return requireNonNull(row.get(column, Integer.class));
  }

  private static CompletableFuture<Long> transaction(Transaction tx, int key) {
    return tx.execute(Ledger.UPDATE, Ledger.DELTA, key)
        .thenCompose(updated -> tx.fetchOne(Long.class, Ledger.SELECT, key))
        .thenCompose(
            balance -> tx.execute(Ledger.INSERT, key, Ledger.DELTA).thenApply(inserted -> balance));
  }
}
