package dev.howdah.internal.engine;

import dev.howdah.internal.engine.Engine.Gathered;
import dev.howdah.internal.engine.Engine.OnFailure;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SynchronousSink;

/**
 * Many queries over the connections of a pool.
 *
 * <p>A few lanes share one list: each borrows a connection once and takes the next query when it
 * has finished one. So a hundred thousand queries wait here, not in the pool's queue, and a
 * connection goes on working instead of going through the pool for each of them. A lane that finds
 * no connection leaves the work to the others; only when there are none is that a failure.
 */
final class Gather {
  private final List<? extends Query<?>> queries;
  private final OnFailure onFailure;
  private final Mono<HeldConnection> connections;
  private final Watch watch;
  private final MonoSink<Gathered> caller;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger alive = new AtomicInteger();
  private final AtomicInteger holding = new AtomicInteger();
  private final AtomicReferenceArray<@Nullable Object> outcomes;
  private final Disposable.Composite lanes = Disposables.composite();

  private Gather(
      List<? extends Query<?>> queries,
      OnFailure onFailure,
      Mono<HeldConnection> connections,
      Watch watch,
      MonoSink<Gathered> caller) {
    this.queries = queries;
    this.onFailure = onFailure;
    this.connections = connections;
    this.watch = watch;
    this.caller = caller;
    this.outcomes = new AtomicReferenceArray<>(queries.size());
  }

  static Mono<Gathered> of(
      List<? extends Query<?>> queries,
      OnFailure onFailure,
      int maxLanes,
      Mono<HeldConnection> connections,
      Watch watch) {
    List<? extends Query<?>> fixed = List.copyOf(queries);
    return Mono.create(
        caller -> {
          Gather gather = new Gather(fixed, onFailure, connections, watch, caller);
          caller.onDispose(gather.lanes);
          gather.start(Math.min(maxLanes, fixed.size()));
        });
  }

  private void start(int count) {
    if (count == 0) {
      succeed();
      return;
    }
    alive.set(count);
    for (int i = 0; i < count; i++) {
      new Lane().start();
    }
  }

  private void succeed() {
    caller.success(new Outcomes(outcomes));
  }

  private boolean allEnded() {
    return ended.get() == queries.size();
  }

  private void ended(int index, @Nullable Object outcome) {
    outcomes.set(index, outcome);
    ended.incrementAndGet();
  }

  private final class Lane {
    private volatile boolean holds;

    void start() {
      lanes.add(
          Borrow.during(connections, this::work).subscribe(null, this::failed, this::finished));
    }

    private Mono<Void> work(HeldConnection held) {
      holds = true;
      holding.incrementAndGet();
      // One at a time: with a prefetch a lane would claim queries that it cannot start yet.
      return Flux.<Integer>generate(claims -> claim(held, claims))
          .concatMap(index -> run(held, index), 0)
          .then();
    }

    private void claim(HeldConnection held, SynchronousSink<Integer> claims) {
      int index = held.isOpen() ? next.getAndIncrement() : queries.size();
      if (index < queries.size()) {
        claims.next(index);
      } else {
        claims.complete();
      }
    }

    private Mono<RowSet> run(HeldConnection held, int index) {
      Query<?> query = queries.get(index);
      Mono<RowSet> answer =
          watch.over(
              query,
              started ->
                  Mono.defer(
                      () -> {
                        started.on(held);
                        held.note(query.parsed());
                        return held.run(Commands.of(query, held.codecs()));
                      }));
      Mono<RowSet> run = answer.doOnSuccess(rows -> ended(index, rows));
      if (onFailure == OnFailure.CANCEL_REST) {
        return run;
      }
      return run.onErrorResume(
          failure -> {
            ended(index, failure);
            return held.settle().then(Mono.empty());
          });
    }

    private void failed(Throwable failure) {
      if (holds) {
        holding.decrementAndGet();
        caller.error(failure);
      } else if (alive.decrementAndGet() == 0 && !allEnded()) {
        caller.error(failure);
      }
    }

    private void finished() {
      boolean none = holding.decrementAndGet() == 0;
      if (next.get() < queries.size()) {
        // The connection broke while queries are left: a new lane takes this one's place.
        new Lane().start();
        return;
      }
      alive.decrementAndGet();
      // Told only now, so that the connections are back in the pool. Lanes that still wait for one
      // are cancelled by this.
      if (none && allEnded()) {
        succeed();
      }
    }
  }

  private record Outcomes(AtomicReferenceArray<@Nullable Object> outcomes) implements Gathered {
    @Override
    public RowSet answer(int index) {
      if (outcomes.get(index) instanceof RowSet answer) {
        return answer;
      }
      throw new IllegalStateException("query " + index + " of the gather failed");
    }

    @Override
    public @Nullable Throwable failure(int index) {
      return outcomes.get(index) instanceof Throwable failure ? failure : null;
    }
  }
}
