package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * One contender, connected with its pool. Used by one thread, which waits for the answers; closed
 * once. Workloads that a contender does not play ({@link Contender#plays}) it need not have.
 */
public interface Client extends AutoCloseable {

  /** Looks up all keys at once, with one SQL text; the accounts in the order of the keys. */
  List<Account> gather(int[] keys);

  /**
   * Looks up all keys at once, key i with SQL text i of {@link Accounts#MIXED}, round and round.
   */
  default List<Account> gatherMixed(int[] keys) {
    throw missing("gatherMixed");
  }

  /**
   * As many callers at once as there are rows of keys, each looking up its keys one after another
   * by ordinary single calls; the sum of all balances.
   */
  default long callers(int[][] keys) {
    throw missing("callers");
  }

  /** Looks up one key. */
  Account lookUp(int key);

  /** Looks up the keys one after another, each when the one before has been answered. */
  default List<Account> lookUpEach(int[] keys) {
    List<Account> accounts = new ArrayList<>(keys.length);
    for (int key : keys) {
      accounts.add(lookUp(key));
    }
    return accounts;
  }

  /** One transaction of {@link Ledger} for each key, all at once; the sum of what they selected. */
  default long transact(int[] keys) {
    throw missing("transact");
  }

  /**
   * Fetches the whole table as the contender's own rows, with every value decoded; the sum of their
   * {@link Account#checksum}.
   */
  default long fetchRows() {
    throw missing("fetchRows");
  }

  /** Fetches the whole table into accounts. */
  default List<Account> fetchRecords() {
    throw missing("fetchRecords");
  }

  /**
   * Reads the whole table so many times over, row by row, as accounts, without holding them all;
   * the sum of their {@link Account#checksum}.
   */
  default long stream(int times) {
    throw missing("stream");
  }

  /** Runs one statement once for each item, all or nothing; how many rows it changed. */
  default long executeMany(String sql, List<Item> items) {
    throw missing("executeMany");
  }

  /** Inserts the items, or updates those that are there, all or nothing. */
  default long upsert(List<Item> items) {
    return executeMany(Items.UPSERT, items);
  }

  /** Inserts the items as a batch, all or nothing; Howdah by the table's name. */
  default long insertBatch(List<Item> items) {
    return executeMany(Items.INSERT, items);
  }

  /** Inserts the items the fastest way that the contender offers, all or nothing. */
  default long insert(List<Item> items) {
    return executeMany(Items.INSERT, items);
  }

  @Override
  void close();

  private UnsupportedOperationException missing(String what) {
    return new UnsupportedOperationException(getClass().getSimpleName() + " has no " + what);
  }
}
