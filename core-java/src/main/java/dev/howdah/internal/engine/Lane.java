package dev.howdah.internal.engine;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Described;
import dev.howdah.internal.merge.Shape;
import dev.howdah.row.RowSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * One connection at work: it borrows once, runs calls as long as some wait, and gives back.
 *
 * <p>A caller hears of its answer when the connection has gone back, so that its next call finds it
 * idle; when others wait, as soon as the connection is busy with them.
 */
final class Lane extends BaseSubscriber<Void> {
  private final Traffic traffic;
  private final AtomicReference<@Nullable Object> current = new AtomicReference<>();
  private final long start = System.nanoTime();
  private final boolean bare;
  private final AtomicBoolean looks = new AtomicBoolean(true);
  private final AtomicBoolean seated = new AtomicBoolean(true);
  private boolean begun;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.SEEKING);

  /** Tells the callers of the last group. */
  private @Nullable Runnable news;

  /** Stands in the place of the group that nobody wanted any more: no other may follow. */
  private enum Abandoned {
    ABANDONED
  }

  private enum Stage {
    SEEKING,
    HOLDING,
    WITHDRAWN
  }

  private Lane(Traffic traffic, boolean bare) {
    this.traffic = traffic;
    this.bare = bare;
  }

  /** A lane for whoever waits when it has a connection. */
  static Lane bare(Traffic traffic) {
    return new Lane(traffic, true);
  }

  /** A lane for one call, which had nobody before it. */
  static Lane of(Traffic traffic, Call first) {
    Lane lane = new Lane(traffic, false);
    Group group = new Group(lane);
    if (group.add(first)) {
      lane.current.set(group);
    }
    return lane;
  }

  void start() {
    Borrow.during(traffic.connections(), this::work).subscribe(this);
  }

  /** When it began to look for a connection. */
  long startedAt() {
    return start;
  }

  private Mono<Void> work(HeldConnection held) {
    if (!stage.compareAndSet(Stage.SEEKING, Stage.HOLDING)) {
      return Mono.empty();
    }
    traffic.holds(this);
    return Flux.<Group>generate(groups -> next(held, groups))
        .concatMap(group -> run(held, group), 0)
        .then();
  }

  private void next(HeldConnection held, SynchronousSink<Group> groups) {
    Group group = begun ? following(held) : first();
    begun = true;
    if (group == null) {
      groups.complete();
    } else {
      groups.next(group);
    }
  }

  private @Nullable Group first() {
    return current.get() instanceof Group first ? first : following();
  }

  private @Nullable Group following(HeldConnection held) {
    return held.isClean() && traffic.keeps() ? following() : null;
  }

  /** Not when the lane is about to be stopped: what it took would be lost with it. */
  private @Nullable Group following() {
    return current.get() == null ? traffic.take(this) : null;
  }

  private Mono<Void> run(HeldConnection held, Group group) {
    Runnable told = news;
    news = null;
    Mono<Void> work =
        // What fails against all expectation leaves it here: hookOnError tells its callers.
        Mono.defer(() -> work(held, group)).doOnSuccess(end -> current.compareAndSet(group, null));
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Void> next) {
        current.compareAndSet(null, group); // the first one is there already, unless abandoned
        work.subscribe(next);
        // The next statement is on its way first; telling the callers of the last can take a while.
        if (told != null) {
          told.run();
        }
      }
    };
  }

  private Mono<Void> work(HeldConnection held, Group group) {
    List<Call> calls = group.running();
    if (calls.isEmpty()) {
      return Mono.empty();
    }
    Shape shape = group.shape();
    if (shape == null || calls.size() == 1) {
      return alone(held, calls.get(0), shape);
    }
    if (shape.isShared()) {
      return shared(held, calls, shape);
    }
    if (shape.isLearned()) {
      return together(held, calls, shape);
    }
    if (!shape.beginsLearning()) {
      traffic.again(calls); // another lane is about to know
      return Mono.empty();
    }
    return learn(held, calls.get(0).command(), shape)
        .doOnCancel(shape::failed) // it took longer than its callers could wait
        .doFinally(end -> shape.endsLearning())
        .then(Mono.defer(() -> together(held, calls, shape)));
  }

  private Mono<Void> alone(HeldConnection held, Call call, @Nullable Shape shape) {
    begin(held, List.of(call));
    long sent = System.nanoTime();
    return held.run(call.command())
        .doOnNext(
            answer -> {
              if (shape != null) {
                shape.wentAlone(System.nanoTime() - sent);
              }
              news = () -> call.succeed(answer);
            })
        .then()
        .onErrorResume(
            failure -> {
              news = () -> call.fail(failure);
              return held.settle();
            });
  }

  /** One answer for all: nothing in the text differs. */
  private Mono<Void> shared(HeldConnection held, List<Call> calls, Shape shape) {
    begin(held, calls);
    Command widest = Collections.max(commands(calls), Comparator.comparing(Command::rowLimit));
    return held.run(widest)
        .doOnNext(
            answer -> {
              shape.wasShared();
              news = () -> calls.forEach(call -> call.succeed(limited(answer, call.command())));
            })
        .then()
        .onErrorResume(failure -> again(held, calls, shape));
  }

  private static RowSet limited(RowSet answer, Command command) {
    return answer.rows().size() <= command.rowLimit()
        ? answer
        : RowSet.of(answer.rows().subList(0, command.rowLimit()), answer.affected());
  }

  private static List<Command> commands(List<Call> calls) {
    return calls.stream().map(Call::command).toList();
  }

  private Mono<Void> together(HeldConnection held, List<Call> calls, Shape shape) {
    begin(held, calls);
    long sent = System.nanoTime();
    return Mono.defer(() -> held.merged(shape.merged(commands(calls))))
        .doOnNext(
            answers -> {
              shape.wentTogether(calls.size(), traffic.lanes(), System.nanoTime() - sent);
              news = () -> tell(calls, answers);
            })
        .then()
        .onErrorResume(failure -> again(held, calls, shape));
  }

  private static void begin(HeldConnection held, List<Call> calls) {
    held.note(calls.get(0).query().parsed());
    calls.forEach(call -> call.on(held, calls.size()));
  }

  private static void tell(List<Call> calls, List<RowSet> answers) {
    for (int i = 0; i < calls.size(); i++) {
      calls.get(i).succeed(answers.get(i));
    }
  }

  /** Whose failure it was, each finds out alone. */
  private Mono<Void> again(HeldConnection held, List<Call> calls, Shape shape) {
    shape.failed();
    traffic.again(calls);
    return held.settle();
  }

  private static Mono<Void> learn(HeldConnection held, Command command, Shape shape) {
    Mono<Described> question = held.describe(command);
    if (question == null) {
      shape.refuse();
      return Mono.empty();
    }
    return question
        .flatMap(
            described ->
                held.run(shape.arrayTypes(described))
                    .doOnNext(types -> shape.learn(described, types)))
        .then()
        .onErrorResume(
            unknown -> {
              shape.refuse();
              return held.settle();
            });
  }

  /** Stops looking for a connection, if it has none yet: there is nothing left to do for it. */
  void withdraw() {
    if (stage.compareAndSet(Stage.SEEKING, Stage.WITHDRAWN)) {
      stop();
    }
  }

  /** Nobody wants what this group asks for any more. */
  void abandon(Group group) {
    if (current.compareAndSet(group, Abandoned.ABANDONED)) {
      stop();
    }
  }

  /** Not by hookOnCancel, which hears nothing of a lane that is stopped before it has started. */
  private void stop() {
    dispose();
    traffic.ended(this);
    traffic.refill();
  }

  @Override
  protected void hookOnComplete() {
    Runnable told = news;
    traffic.ended(this);
    if (told != null) {
      told.run();
    }
    traffic.refill();
  }

  @Override
  protected void hookOnError(Throwable failure) {
    Object group = current.getAndSet(null);
    traffic.ended(this);
    boolean goOn = true;
    if (group instanceof Group running) {
      running.fail(failure);
    } else if (!isHolding()) {
      goOn = traffic.unreachable(this, failure);
    }
    if (goOn) {
      traffic.refill();
    }
  }

  /** Whether whom it serves waits in the queue. */
  boolean isBare() {
    return bare;
  }

  /** Whether it had a seat until now; asked once, by whoever is first. */
  boolean leavesSeat() {
    return seated.getAndSet(false);
  }

  /** Whether it looked for a connection until now; asked once, by whoever is first. */
  boolean endsLooking() {
    return looks.getAndSet(false);
  }

  boolean isHolding() {
    return stage.get() == Stage.HOLDING;
  }
}
