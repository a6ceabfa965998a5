package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.engine.Engine.Gathered;
import dev.howdah.internal.engine.Engine.OnFailure;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Many queries over the connections of a pool, in order.
 *
 * <p>So many at a time join the pool's traffic that its connections are busy and reads of one shape
 * find each other; the others wait here, where a hundred thousand of them cost nothing.
 */
final class Gather {
  /** Enough for every connection of a pool of ten to be sent a hundred at once. */
  private static final int WINDOW = 1_024;

  private final List<? extends Query<?>> queries;
  private final OnFailure onFailure;
  private final Traffic traffic;
  private final Codecs codecs;
  private final MonoSink<Gathered> caller;

  /** Of each query null, its {@link Member} while it runs, its answer or its failure. */
  private final AtomicReferenceArray<@Nullable Object> outcomes;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger pulls = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  private Gather(
      List<? extends Query<?>> queries,
      OnFailure onFailure,
      Traffic traffic,
      Codecs codecs,
      MonoSink<Gathered> caller) {
    this.queries = queries;
    this.onFailure = onFailure;
    this.traffic = traffic;
    this.codecs = codecs;
    this.caller = caller;
    this.outcomes = new AtomicReferenceArray<>(queries.size());
  }

  static Mono<Gathered> of(
      List<? extends Query<?>> queries, OnFailure onFailure, Traffic traffic, Codecs codecs) {
    List<? extends Query<?>> fixed = List.copyOf(queries);
    return Mono.create(
        caller -> {
          Gather gather = new Gather(fixed, onFailure, traffic, codecs, caller);
          caller.onCancel(gather::stop);
          if (fixed.isEmpty()) {
            caller.success(new Outcomes(gather.outcomes));
          } else {
            gather.pull();
          }
        });
  }

  /** Lets queries join until the window is full; whoever calls it meanwhile is served by this. */
  private void pull() {
    if (pulls.getAndIncrement() > 0) {
      return;
    }
    int served = 1;
    do {
      while (!over.get() && next.get() < queries.size() && next.get() - ended.get() < WINDOW) {
        join(next.getAndIncrement());
      }
      traffic.refill();
      served = pulls.addAndGet(-served);
    } while (served > 0);
  }

  private void join(int index) {
    Query<?> query = queries.get(index);
    Member member = new Member(index);
    outcomes.set(index, member);
    Command command;
    try {
      command = Commands.of(query, codecs);
    } catch (WrongArguments wrong) {
      member.hookOnError(wrong);
      return;
    }
    traffic
        .watch()
        .overUnlimited(query, run -> traffic.gathered(query, command, run))
        .subscribe(member);
    if (over.get()) {
      member.cancel(); // whoever cancelled the others may not have seen it
    }
  }

  private void ended(int index, Object outcome) {
    outcomes.set(index, outcome);
    int count = ended.incrementAndGet();
    if (outcome instanceof Throwable failure && onFailure == OnFailure.CANCEL_REST) {
      if (over.compareAndSet(false, true)) {
        cancelRunning();
        caller.error(failure);
      }
    } else if (count == queries.size()) {
      if (over.compareAndSet(false, true)) {
        caller.success(new Outcomes(outcomes));
      }
    } else if (count + WINDOW / 2 >= next.get()) {
      pull();
    }
  }

  private void stop() {
    if (over.compareAndSet(false, true)) {
      cancelRunning();
    }
  }

  private void cancelRunning() {
    for (int i = 0; i < next.get() && i < queries.size(); i++) {
      if (outcomes.get(i) instanceof Member member) {
        member.cancel();
      }
    }
  }

  /** One query on its way. */
  private final class Member extends BaseSubscriber<RowSet> {
    private final int index;

    Member(int index) {
      this.index = index;
    }

    @Override
    protected void hookOnNext(RowSet answer) {
      ended(index, answer);
    }

    @Override
    protected void hookOnError(Throwable failure) {
      ended(index, failure);
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
