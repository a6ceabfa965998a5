package dev.howdah.testing;

import dev.howdah.Connection;
import dev.howdah.Database;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * Many calls that wait together for a pool's only connection, and how many of them then travelled
 * in one statement.
 */
public final class Burst implements AutoCloseable {
  /** A look-up that travels with others of its kind. */
  public static final String LOOK_UP = "SELECT id, name FROM item WHERE id = $1";

  private final Database database;
  private final ConcurrentHashMap<String, Integer> members = new ConcurrentHashMap<>();

  private Burst(DatabaseOptions options) {
    this.database = JavaHandles.await(Database.connect(options.withListener(new Counter())));
  }

  private final class Counter implements DatabaseListener {
    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      members.merge(query.sql(), end.members(), Math::max);
    }

    @Override
    public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
      members.merge(query.sql(), end.members(), Math::max);
    }
  }

  /** On a pool with one connection. */
  public static Burst on(TestDatabase server) {
    return new Burst(Pools.options(server, 1));
  }

  /** On a pool with one connection and more of the options. */
  public static Burst on(DatabaseOptions options) {
    return new Burst(options);
  }

  /** The database whose calls wait. */
  public Database database() {
    return database;
  }

  /** The most calls with this text that one statement answered. */
  public int members(String sql) {
    return members.getOrDefault(sql, 0);
  }

  /** The most calls of any text that one statement answered. */
  public int mostMembers() {
    return members.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** So many calls that wait together; they are let go, and may be under way, when it returns. */
  public <T> List<CompletableFuture<T>> of(int calls, IntFunction<CompletableFuture<T>> call) {
    Connection only = JavaHandles.await(database.acquire());
    // Whoever waits first does so at the pool's own door, and goes alone.
    CompletableFuture<Long> first = database.execute("SELECT 1");
    List<CompletableFuture<T>> futures = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      futures.add(call.apply(i));
    }
    Eventually.require("they wait", () -> database.status().waiting() == calls + 1);
    only.close();
    JavaHandles.await(first);
    return futures;
  }

  /** As {@link #of}; their answers, in order. */
  public <T> List<T> answers(int calls, IntFunction<CompletableFuture<T>> call) {
    return of(calls, call).stream().map(JavaHandles::await).toList();
  }

  /** Bursts until something is so: how much is merged depends on what was measured before. */
  public <T> void until(
      String what, BooleanSupplier holds, int calls, IntFunction<CompletableFuture<T>> call) {
    for (int round = 0; round < 200 && !holds.getAsBoolean(); round++) {
      answers(calls, call);
    }
    if (!holds.getAsBoolean()) {
      throw new AssertionError("not after 200 bursts of " + calls + " calls: " + what);
    }
  }

  /** Bursts of such calls until calls with this text travel together. */
  public <T> void untilMerged(String sql, int calls, IntFunction<CompletableFuture<T>> call) {
    until("'" + sql + "' is merged", () -> members(sql) > 1, calls, call);
  }

  /** Makes a table of a thousand items for {@link #LOOK_UP}. */
  public static void createItems(TestDatabase server) {
    server.sql("CREATE TABLE item (id int PRIMARY KEY, name text)");
    server.sql("INSERT INTO item SELECT g, 'name ' || g FROM generate_series(1, 1000) g");
  }

  /** Bursts until look-ups of items travel together. */
  public void warmUp() {
    untilMerged(LOOK_UP, 64, i -> database.fetchRow(LOOK_UP, i));
  }

  @Override
  public void close() {
    database.close();
  }
}
