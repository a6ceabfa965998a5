package dev.howdah.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Engine.OnFailure;
import dev.howdah.internal.engine.Engines;
import dev.howdah.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Howdah's engine without a facade: the floor that both facades are measured against. */
final class HowdahEngineClient implements Client {
  private final Engine.Pool engine;

  HowdahEngineClient(Server server, int pool) {
    engine = requireNonNull(Engines.connect(server.options(pool)).block());
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
  public Account lookUp(int key) {
    Query<Account> query = Query.one(Account.class, Accounts.LOOK_UP, key);
    return query.read(requireNonNull(engine.run(query).block()));
  }

  @Override
  public void close() {
    engine.close().block();
  }

  private List<Account> gather(int[] keys, IntFunction<String> sql) {
    List<Query<Account>> queries = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      queries.add(Query.one(Account.class, sql.apply(i), keys[i]));
    }
    Engine.Gathered answers = requireNonNull(engine.gather(queries, OnFailure.CANCEL_REST).block());
    List<Account> accounts = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      accounts.add(queries.get(i).read(answers.answer(i)));
    }
    return accounts;
  }
}
