package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A handle whose every read that may be merged is a crowd of the same call, which waits for the
 * pool's only connection and travels in few statements. All of them must end in the same way, and
 * that is the call's answer.
 */
public final class Crowd {
  /** Two go alone before the others are merged, so that it is known what one takes. */
  private static final int CALLS = 12;

  private final Set<String> merged = ConcurrentHashMap.newKeySet();

  private record End(@Nullable Object answer, @Nullable Throwable failure) {
    boolean isLike(End other) {
      return String.valueOf(failure).equals(String.valueOf(other.failure))
          && Objects.deepEquals(bare(answer), bare(other.answer));
    }

    /** An Optional does not compare the arrays in it. */
    private static @Nullable Object bare(@Nullable Object answer) {
      return answer instanceof Optional<?> one ? one.orElse(null) : answer;
    }
  }

  /** The texts of which one statement answered several calls. */
  public Set<String> merged() {
    return merged;
  }

  /** Runs a test with such a handle on a database with one connection. */
  public void with(
      TestDatabase server,
      Function<DatabaseOptions, BlockingDatabase> connecting,
      Consumer<BlockingQueries> test) {
    ExecutorService threads = Executors.newCachedThreadPool();
    DatabaseOptions options = Pools.options(server, 1).withListener(new Ear());
    try (BlockingDatabase db = connecting.apply(options)) {
      test.accept(
          (BlockingQueries)
              Proxy.newProxyInstance(
                  BlockingQueries.class.getClassLoader(),
                  new Class<?>[] {BlockingQueries.class},
                  (proxy, verb, arguments) ->
                      isRead(arguments)
                          ? together(db, threads, verb, arguments)
                          : answer(call(db, verb, arguments))));
    } finally {
      threads.shutdown();
    }
  }

  private static boolean isRead(Object[] arguments) {
    if (arguments[0] instanceof Query<?> query) {
      return query.parsed().isMergeable();
    }
    return arguments[0] instanceof String sql && ParsedSql.of(sql).isMergeable()
        || arguments[0] instanceof Class<?> && ParsedSql.of((String) arguments[1]).isMergeable();
  }

  private static @Nullable Object together(
      BlockingDatabase db, ExecutorService threads, Method verb, Object[] arguments)
      throws Throwable {
    BlockingConnection only = db.acquire();
    List<Future<End>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(threads.submit(() -> call(db, verb, arguments)));
    }
    Eventually.require(
        "all wait, or have ended",
        () -> db.status().waiting() + calls.stream().filter(Future::isDone).count() == CALLS);
    db.release(only);
    End first = calls.get(0).get();
    for (Future<End> call : calls) {
      assertThat(call.get()).matches(first::isLike, "ends as " + first);
    }
    return answer(first);
  }

  private static End call(BlockingDatabase db, Method verb, Object[] arguments)
      throws IllegalAccessException {
    try {
      return new End(verb.invoke(db, arguments), null);
    } catch (InvocationTargetException thrown) {
      return new End(null, thrown.getCause());
    }
  }

  private static @Nullable Object answer(End end) throws Throwable {
    if (end.failure() != null) {
      throw end.failure();
    }
    return end.answer();
  }

  private final class Ear implements DatabaseListener {
    @Override
    public void querySucceeded(QueryEvent query, QueryEnd end) {
      if (end.members() > 1) {
        merged.add(query.sql());
      }
    }
  }
}
