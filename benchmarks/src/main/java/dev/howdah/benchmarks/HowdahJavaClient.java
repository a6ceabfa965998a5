package dev.howdah.benchmarks;

import dev.howdah.Database;
import dev.howdah.query.Query;
import java.util.ArrayList;
import java.util.List;

/** Howdah through its Java handles. */
final class HowdahJavaClient implements Client {
  private final Database db;

  HowdahJavaClient(Server server) {
    db = Database.connect(server.options()).join();
  }

  @Override
  public List<Account> gather(int[] keys) {
    List<Query<Account>> queries = new ArrayList<>(keys.length);
    for (int key : keys) {
      queries.add(Query.one(Account.class, Accounts.LOOK_UP, key));
    }
    return db.gather(queries).join();
  }

  @Override
  public Account lookUp(int key) {
    return db.fetchOne(Account.class, Accounts.LOOK_UP, key).join();
  }

  @Override
  public void close() {
    db.close();
  }
}
