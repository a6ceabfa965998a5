package dev.howdah.benchmarks;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The limit of merging look-ups by one key: a program that was rewritten by hand to ask for a
 * hundred keys in each statement, over Vert.x' pipelined client.
 */
final class AnyClient implements Client {
  private static final String LOOK_UP_MANY =
      "SELECT aid, bid, abalance, filler FROM howdah_bench_accounts WHERE aid = ANY($1)";
  private static final int KEYS = 100;

  private final VertxClient vertx;

  AnyClient(Server server, int connections) {
    vertx = VertxClient.pipelined(server, connections);
  }

  @Override
  public List<Account> gather(int[] keys) {
    int statements = (keys.length + KEYS - 1) / KEYS;
    List<RowSet<Row>> answers =
        VertxClient.all(
            statements,
            i -> find(Arrays.copyOfRange(keys, i * KEYS, Math.min(keys.length, (i + 1) * KEYS))));
    Map<Integer, Account> found = new HashMap<>(2 * keys.length);
    for (RowSet<Row> rows : answers) {
      for (Row row : rows) {
        found.put(row.getInteger(0), VertxClient.account(row));
      }
    }
    List<Account> accounts = new ArrayList<>(keys.length);
    for (int key : keys) {
      accounts.add(found.get(key));
    }
    return accounts;
  }

  @Override
  public long callers(int[][] keys) {
    // What callers could share at best: in each step all of them in as few statements as it takes.
    long sum = 0;
    for (int step = 0; step < keys[0].length; step++) {
      int index = step;
      int[] now = Arrays.stream(keys).mapToInt(own -> own[index]).toArray();
      sum += gather(now).stream().mapToLong(Account::abalance).sum();
    }
    return sum;
  }

  @Override
  public Account lookUp(int key) {
    return gather(new int[] {key}).get(0);
  }

  @Override
  public void close() {
    vertx.close();
  }

  private Future<RowSet<Row>> find(int[] keys) {
    Integer[] boxed = Arrays.stream(keys).boxed().toArray(Integer[]::new);
    return vertx.client().preparedQuery(LOOK_UP_MANY).execute(Tuple.of(boxed));
  }
}
