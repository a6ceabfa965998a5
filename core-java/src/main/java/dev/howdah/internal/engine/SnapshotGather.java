package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.internal.engine.Engine.Gathered;
import dev.howdah.internal.engine.Engine.Scope;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Many reads that see the same moment, over several connections: one transaction exports its
 * snapshot, the others take it over.
 *
 * <p>The first transaction works as the others do, so the gather ends even when it gets no second
 * connection; those that still wait for one when the work is done stop waiting.
 */
final class SnapshotGather {
  private static final TransactionOptions READING =
      TransactionOptions.repeatableRead().withReadOnly(true);

  private final Engine.Pool pool;
  private final List<? extends Query<?>> queries;
  private final @Nullable RowSet[] answers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Sinks.Empty<Void> done = Sinks.empty();

  private SnapshotGather(Engine.Pool pool, List<? extends Query<?>> queries) {
    this.pool = pool;
    this.queries = queries;
    this.answers = new @Nullable RowSet[queries.size()];
  }

  static Mono<Gathered> of(Engine.Pool pool, List<? extends Query<?>> queries, int lanes) {
    List<? extends Query<?>> fixed = List.copyOf(queries);
    if (fixed.isEmpty()) {
      return Mono.just(new Answers(List.of()));
    }
    return Mono.defer(() -> new SnapshotGather(pool, fixed).run(Math.min(lanes, fixed.size())));
  }

  private Mono<Gathered> run(int lanes) {
    return pool.inTransaction(
            READING, first -> exported(first).flatMap(id -> share(first, id, lanes)))
        .thenReturn(new Answers(Arrays.asList(answers)));
  }

  private static Mono<String> exported(Scope first) {
    Query<Optional<String>> export =
        Query.value(String.class, "SELECT pg_catalog.pg_export_snapshot()").as("gatherSnapshot");
    return first.run(export).map(answer -> export.read(answer).orElseThrow());
  }

  private Mono<Boolean> share(Scope first, String snapshot, int lanes) {
    List<Mono<Void>> all = new ArrayList<>();
    all.add(work(first));
    for (int i = 1; i < lanes; i++) {
      all.add(another(snapshot));
    }
    return Flux.merge(Flux.fromIterable(all), lanes).then(Mono.just(true));
  }

  private Mono<Void> another(String snapshot) {
    // Of hexadecimal digits and hyphens, but it comes from outside.
    String literal = "'" + snapshot.replace("'", "''") + "'";
    Query<Long> adopt = Query.execute("SET TRANSACTION SNAPSHOT " + literal).as("gatherSnapshot");
    return Mono.usingWhen(
        new Joining(pool.begin(READING, EndedBy.BLOCK), done.asMono())
            // The first works on, with a connection that nobody takes from it.
            .onErrorResume(PoolTimeout.class, busy -> Mono.empty()),
        scope -> scope.run(adopt).then(work(scope)).then(Mono.defer(scope::complete)),
        scope -> Mono.empty(),
        Scope::fail,
        scope -> scope.fail(new CancellationException()));
  }

  /** Runs one query after the other as long as there are some. */
  private Mono<Void> work(Scope scope) {
    return Flux.<Integer>generate(
            claims -> {
              int index = next.getAndIncrement();
              if (index < answers.length) {
                claims.next(index);
              } else {
                claims.complete();
              }
            })
        .concatMap(index -> scope.run(queries.get(index)).doOnNext(a -> answered(index, a)), 0)
        .then();
  }

  private void answered(int index, RowSet answer) {
    answers[index] = answer;
    if (ended.incrementAndGet() == answers.length) {
      done.tryEmitEmpty();
    }
  }

  private record Answers(List<@Nullable RowSet> answers) implements Gathered {
    @Override
    public RowSet answer(int index) {
      RowSet answer = answers.get(index);
      if (answer == null) {
        throw new IllegalStateException("query " + index + " was not answered");
      }
      return answer;
    }

    @Override
    public @Nullable Throwable failure(int index) {
      return null;
    }
  }
}
