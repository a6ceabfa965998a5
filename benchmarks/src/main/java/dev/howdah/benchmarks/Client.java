package dev.howdah.benchmarks;

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

  @Override
  void close();
}
