package dev.howdah.benchmarks;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One contender on one server, checked, with what it is going to be asked for. What every benchmark
 * opens before a trial and closes after it.
 */
final class Contest implements AutoCloseable {
  /** Keys are drawn before the trial: the time and memory measured are the contender's alone. */
  private static final int PREPARED_KEYS = 200_000;

  private final Contender contender;
  private final Trial trial;
  private final Server server;
  private final Tables tables;
  private final Client client;
  private final int[][][] keys;
  private final List<Item> items;
  private int next;

  private Contest(Contender contender, Trial trial, Server server, Tables tables, Client client) {
    this.contender = contender;
    this.trial = trial;
    this.server = server;
    this.tables = tables;
    this.client = client;
    this.keys = keys(trial);
    this.items = trial.workload().writes() ? Items.of(trial.size()) : List.of();
  }

  /**
   * Finds or starts the server, makes the tables unless they are there, connects, and compares what
   * the contender reads with what the table holds.
   *
   * @throws IllegalArgumentException if the contender does not play this workload
   */
  static Contest open(Contender contender, Trial trial) {
    if (!contender.plays(trial.workload())) {
      throw new IllegalArgumentException(
          contender + " does not play " + trial.workload() + "; choose others with -p contender=");
    }
    Server server = Server.givenOrEmbedded();
    try {
      Tables tables = Tables.open(server);
      try {
        Client client = contender.connect(server, trial.pool());
        Accounts.check(client, contender.label());
        return new Contest(contender, trial, server, tables, client);
      } catch (RuntimeException | Error e) {
        tables.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  Client client() {
    return client;
  }

  /** Connects the contender once more, with one connection, looks up a key, and disconnects. */
  Account start() {
    try (Client another = contender.connect(server, 1)) {
      return another.lookUp(nextKeys()[0]);
    }
  }

  /** As many keys as the trial is big. */
  int[] nextKeys() {
    return nextCalls()[0];
  }

  /** A row of keys for each of the trial's callers. */
  int[][] nextCalls() {
    next = (next + 1) % keys.length;
    return keys[next];
  }

  /** The rows to write, as many as the trial is big. */
  List<Item> items() {
    return items;
  }

  /** Puts the table that is written into the state before. */
  void reset() {
    tables.run(Items.reset(trial.workload(), trial.size()));
  }

  /** Fails unless the table holds the items. */
  void checkWritten() {
    long expected = items.stream().mapToLong(item -> item.amount() + item.note().length()).sum();
    long found = tables.number("SELECT sum(amount + length(note)) FROM " + Items.TABLE);
    if (found != expected) {
      throw new IllegalStateException("the table does not hold what was to be written");
    }
  }

  @Override
  public void close() {
    try (server;
        tables) {
      client.close();
    }
  }

  private static int[][][] keys(Trial trial) {
    if (!trial.workload().takesKeys()) {
      return new int[0][][];
    }
    SplittableRandom random = new SplittableRandom(1);
    boolean callers = trial.workload() == Workload.CALLERS;
    int rows = callers ? trial.size() : 1;
    int each = callers ? CallersBenchmark.callsOfEach(trial.size()) : trial.size();
    int[][][] keys = new int[Math.max(2, PREPARED_KEYS / (rows * each))][rows][];
    for (int[][] calls : keys) {
      for (int row = 0; row < rows; row++) {
        calls[row] = Accounts.keys(each, random);
      }
    }
    return keys;
  }
}
