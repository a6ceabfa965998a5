package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * One contender, connected with its pool. Used by one thread, which waits for the answers; closed
 * once.
 */
public interface Client extends AutoCloseable {

  /** Looks up all keys at once; the rows in the order of the keys. */
  List<Account> gather(int[] keys);

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

  @Override
  void close();
}
