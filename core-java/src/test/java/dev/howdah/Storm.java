package dev.howdah;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import dev.howdah.row.Row;
import dev.howdah.testing.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls of every verb, stopped in every way at random instants. Each call carries a number of its
 * own and its answer must be that number.
 */
final class Storm {
  static final String TABLES = "CREATE TABLE pairs (number int); CREATE TABLE singles (number int)";

  private static final String ANSWER = "SELECT $1::int FROM pg_sleep($2)";
  private static final int AT_ONCE = 4;

  private final Database db;
  private final int goal;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Set<Integer> committed = ConcurrentHashMap.newKeySet();
  private final Set<Call> stoppedFirst = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();
  final AtomicInteger stopped = new AtomicInteger();
  final AtomicInteger answered = new AtomicInteger();
  final AtomicInteger wrong = new AtomicInteger();

  /** A storm that ends after so many stops that came before the answer. */
  Storm(Database db, int goal) {
    this.db = db;
    this.goal = goal;
  }

  private enum Way {
    NONE,
    CANCEL,
    COMPLETE,
    FAIL,
    OR_TIMEOUT,
    QUERY_TIMEOUT
  }

  /**
   * One call.
   *
   * @param future the verb's own, which can be stopped
   * @param result what comes of it
   */
  private record Call(
      int number,
      Way way,
      CompletableFuture<?> future,
      CompletableFuture<?> result,
      Predicate<Object> right,
      boolean pair) {}

  /** What nobody had asked for. */
  Queue<Throwable> unexpected() {
    return unexpected;
  }

  /** The numbers whose two rows were said to be committed. */
  Set<Integer> committed() {
    return committed;
  }

  /** One thread's part. */
  void rage(Random random) {
    List<Call> calls = new ArrayList<>();
    while (stopped.get() < goal && unexpected.isEmpty()) {
      for (int i = 0; i < AT_ONCE; i++) {
        calls.add(call(random));
      }
      Collections.shuffle(calls, random);
      // All that are to be stopped before any is waited for: it may wait for their connections.
      for (Call call : calls) {
        Seed.moment(random, 400);
        stop(call);
      }
      calls.forEach(this::look);
      calls.clear();
    }
  }

  private Call call(Random random) {
    int n = lastNumber.incrementAndGet();
    Way way = random.nextInt(3) == 0 ? Way.NONE : Way.values()[1 + random.nextInt(5)];
    // Only what will be stopped may take for ever.
    double s = way == Way.NONE || random.nextBoolean() ? random.nextInt(2_000) / 1e6 : 600;
    Query<Optional<Integer>> query = Query.value(Integer.class, ANSWER, n, s);
    Duration limit = Duration.ofMillis(1 + random.nextInt(3));
    Query<Optional<Integer>> limited = way == Way.QUERY_TIMEOUT ? query.timeout(limit) : query;
    Optional<Integer> answer = Optional.of(n);
    int kind = way == Way.QUERY_TIMEOUT ? random.nextInt(6) : random.nextInt(14);
    Call call =
        switch (kind) {
          case 0 -> call(n, way, db.run(limited), answer::equals);
          case 1 -> call(n, way, db.gather(five(limited)), five(answer)::equals);
          case 2 -> call(n, way, db.connection(held -> held.run(limited)), answer::equals);
          case 3 -> pair(n, way, transaction(n, limited), answer::equals);
          case 4 -> pair(n, way, nested(n, limited), answer::equals);
          case 5 -> call(n, way, unsettled(n, limited), answer::equals);
          case 6 -> call(n, way, db.fetchValue(Integer.class, ANSWER, n, s), answer::equals);
          case 7 ->
              call(n, way, db.fetchOne(Integer.class, ANSWER, n, s), Integer.valueOf(n)::equals);
          case 8 -> call(n, way, db.fetch(Integer.class, ANSWER, n, s), List.of(n)::equals);
          case 9 -> call(n, way, db.fetchRow(ANSWER, n, s), row -> isRow(row, n));
          case 10 -> call(n, way, db.execute(insert(s), n), Long.valueOf(1)::equals);
          case 11 -> pair(n, way, db.executeScript(script(n, s)), done -> true);
          case 12 -> call(n, way, db.gatherOutcomes(five(query)), all -> isFive(all, answer));
          default -> acquire(n, way);
        };
    if (way == Way.OR_TIMEOUT) {
      call.future().orTimeout(random.nextInt(2_500), TimeUnit.MICROSECONDS);
    }
    return call;
  }

  private static Call call(
      int number, Way way, CompletableFuture<?> future, Predicate<Object> right) {
    return new Call(number, way, future, future, right, false);
  }

  private static Call pair(
      int number, Way way, CompletableFuture<?> future, Predicate<Object> right) {
    return new Call(number, way, future, future, right, true);
  }

  /** A connection that nobody has stopped works, and goes back at once. */
  private Call acquire(int number, Way way) {
    CompletableFuture<Connection> acquired = db.acquire();
    CompletableFuture<Optional<Integer>> result =
        acquired.thenCompose(
            held ->
                held == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : held.fetchValue(Integer.class, "SELECT $1::int", number)
                        .whenComplete((answer, failure) -> held.closeAsync()));
    return new Call(number, way, acquired, result, Optional.of(number)::equals, false);
  }

  private CompletableFuture<Optional<Integer>> transaction(int n, Query<Optional<Integer>> query) {
    return db.transaction(
        tx ->
            tx.execute("INSERT INTO pairs VALUES ($1)", n)
                .thenCompose(one -> tx.run(query))
                .thenCompose(
                    answer ->
                        tx.execute("INSERT INTO pairs VALUES ($1)", n).thenApply(two -> answer)));
  }

  private CompletableFuture<Optional<Integer>> nested(int n, Query<Optional<Integer>> query) {
    return db.transaction(
        tx ->
            tx.execute("INSERT INTO pairs VALUES ($1)", n)
                .thenCompose(
                    one ->
                        tx.transaction(
                            inner ->
                                inner
                                    .execute("INSERT INTO pairs VALUES ($1)", n)
                                    .thenCompose(two -> inner.run(query)))));
  }

  /** Leaves a setting and a lock behind. */
  private CompletableFuture<Optional<Integer>> unsettled(int n, Query<Optional<Integer>> query) {
    return db.connection(
        held ->
            held.fetch("SELECT set_config('statement_timeout', $1, false)", (100_000 + n) + "ms")
                .thenCompose(set -> held.execute("SELECT pg_advisory_lock($1)", n))
                .thenCompose(locked -> held.run(query)));
  }

  private static <T> List<T> five(T one) {
    return Collections.nCopies(5, one);
  }

  private static boolean isFive(Object outcomes, Optional<Integer> answer) {
    return outcomes instanceof List<?> all
        && all.size() == 5
        && all.stream().allMatch(each -> answer.equals(((Outcome<?>) each).value()));
  }

  private static boolean isRow(Object row, int number) {
    return row instanceof Optional<?> some
        && some.orElseThrow() instanceof Row found
        && found.values().equals(List.of(number));
  }

  private static String insert(double seconds) {
    return "INSERT INTO singles SELECT $1::int FROM pg_sleep(" + seconds + ")";
  }

  private static String script(int n, double seconds) {
    String insert = "INSERT INTO pairs VALUES (" + n + ");";
    return insert + "SELECT pg_sleep(" + seconds + ");" + insert;
  }

  private void stop(Call call) {
    boolean first =
        switch (call.way()) {
          case CANCEL -> call.future().cancel(true);
          case COMPLETE -> call.future().complete(null);
          case FAIL -> call.future().completeExceptionally(new Enough());
          default -> false;
        };
    if (first) {
      stoppedFirst.add(call);
    }
  }

  private void look(Call call) {
    boolean first = stoppedFirst.remove(call);
    try {
      Object answer = call.result().get(60, TimeUnit.SECONDS);
      if (first) {
        stopped.incrementAndGet();
      } else if (call.right().test(answer)) {
        answered.incrementAndGet();
        if (call.pair()) {
          committed.add(call.number());
        }
      } else {
        wrong.incrementAndGet();
      }
    } catch (CancellationException asAsked) {
      stopped.incrementAndGet();
    } catch (ExecutionException ended) {
      if (first || isTimeout(call.way(), ended.getCause())) {
        stopped.incrementAndGet();
      } else {
        unexpected.add(new AssertionError(call.toString(), ended));
      }
    } catch (InterruptedException | TimeoutException | RuntimeException other) {
      unexpected.add(new AssertionError(call.toString(), other));
    }
  }

  private static boolean isTimeout(Way way, @Nullable Throwable cause) {
    return way == Way.OR_TIMEOUT
        ? cause instanceof TimeoutException
        : way == Way.QUERY_TIMEOUT && cause instanceof QueryTimeout;
  }

  private static final class Enough extends RuntimeException {
    Enough() {
      super("enough", null, false, false);
    }
  }
}
