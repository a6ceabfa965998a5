package dev.howdah.benchmarks;

import java.util.SplittableRandom;

/**
 * One contender on one server, checked, with the keys it is going to be asked for. What every
 * benchmark opens before a trial and closes after it.
 */
final class Contest implements AutoCloseable {
  /** Keys are drawn before the trial: the time and memory measured are the contender's alone. */
  private static final int PREPARED = 128;

  private final Server server;
  private final boolean madeTable;
  private final Client client;
  private final int[][] keys = new int[PREPARED][];
  private int next;

  private Contest(Server server, boolean madeTable, Client client, int size) {
    this.server = server;
    this.madeTable = madeTable;
    this.client = client;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < PREPARED; i++) {
      keys[i] = Accounts.keys(size, random);
    }
  }

  /**
   * Finds or starts the server, makes the table unless it is there, connects, and compares what the
   * contender reads with what the table holds.
   *
   * @param size how many keys {@link #nextKeys} gives
   */
  static Contest open(Contender contender, int size) {
    Server server = Server.givenOrEmbedded();
    try {
      boolean made = Accounts.create(server);
      Client client = contender.connect(server);
      Contest contest = new Contest(server, made, client, size);
      Accounts.check(client, contender.label());
      return contest;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  Client client() {
    return client;
  }

  int[] nextKeys() {
    next = (next + 1) % PREPARED;
    return keys[next];
  }

  @Override
  public void close() {
    try {
      client.close();
      if (madeTable) {
        Accounts.drop(server);
      }
    } finally {
      server.close();
    }
  }
}
