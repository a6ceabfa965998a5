package dev.howdah.internal.engine;

import dev.howdah.internal.driver.Command;
import dev.howdah.internal.merge.Shape;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;

/**
 * One statement of one caller, from the moment it is wanted to its answer.
 *
 * <p>Every change of state is one atomic step, so that of an answer, a failure and a cancellation
 * exactly one counts.
 */
final class Call implements Subscription {
  private final Traffic traffic;
  private final Query<?> query;
  private final Command command;
  private final Run run;
  private final Kind kind;
  private final CoreSubscriber<? super RowSet> caller;
  private final long since = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  private @Nullable Shape shape;
  private volatile boolean alone;
  private volatile @Nullable Group group;
  private volatile @Nullable Disposable alarm;

  /** How a call waits. */
  enum Kind {
    /** For a limited time, as every borrower of a connection. */
    SINGLE,
    /**
     * As long as others of its gather get connections; the budget of its query begins when it runs.
     */
    GATHERED
  }

  private enum State {
    /** In no queue yet. */
    NEW,
    WAITING,
    RUNNING,
    OVER
  }

  Call(
      Traffic traffic,
      Query<?> query,
      Command command,
      Run run,
      Kind kind,
      CoreSubscriber<? super RowSet> caller) {
    this.traffic = traffic;
    this.query = query;
    this.command = command;
    this.run = run;
    this.kind = kind;
    this.caller = caller;
  }

  @Override
  public void request(long n) {}

  @Override
  public void cancel() {
    leave();
  }

  private boolean leave() {
    State before = state.getAndSet(State.OVER);
    Group mine = group;
    if (before == State.WAITING) {
      traffic.left();
    } else if (before == State.RUNNING && mine != null) {
      mine.left();
    }
    stopClock();
    return before != State.OVER;
  }

  Command command() {
    return command;
  }

  Query<?> query() {
    return query;
  }

  boolean isGathered() {
    return kind == Kind.GATHERED;
  }

  /** When it began to wait. */
  long since() {
    return since;
  }

  /** By this it may be merged with others. */
  void shapedAs(@Nullable Shape found) {
    shape = found;
  }

  /** The shape by which it may be merged, or null when it goes alone. */
  @Nullable Shape shape() {
    return alone ? null : shape;
  }

  /** Whether nobody has taken it on yet, and its caller is there. */
  boolean isNew() {
    return state.get() == State.NEW;
  }

  /** It joins the queue; false when its caller has left. */
  boolean waits() {
    return state.compareAndSet(State.NEW, State.WAITING);
  }

  boolean isWaiting() {
    return state.get() == State.WAITING;
  }

  boolean isRunning() {
    return state.get() == State.RUNNING;
  }

  /**
   * Its turn has come; false when its caller has left, or when it runs already: who rode along with
   * others is still found where it waited. One thread at a time.
   */
  boolean begin(Group with) {
    State before = state.get();
    if (before != State.WAITING && before != State.NEW) {
      return false;
    }
    group = with;
    return state.compareAndSet(before, State.RUNNING);
  }

  /**
   * What it was merged into failed: it waits again, to go alone; false when its caller has left.
   */
  boolean again() {
    alone = true;
    return state.compareAndSet(State.RUNNING, State.WAITING);
  }

  /**
   * It is on its way.
   *
   * @param members how many calls travel in its statement
   */
  void on(HeldConnection held, int members) {
    run.on(held, members);
    if (isGathered() && alarm == null) {
      alarm = traffic.alarm(query, limit -> expire(run.timedOut(limit)));
      if (state.get() == State.OVER) {
        stopClock(); // whoever ended it meanwhile did not see it
      }
    }
  }

  private void expire(Throwable failure) {
    if (leave()) {
      caller.onError(failure);
    }
  }

  /** It has waited in vain. */
  void giveUp(Throwable failure) {
    if (state.compareAndSet(State.WAITING, State.OVER)) {
      traffic.left();
      caller.onError(failure);
    }
  }

  void succeed(RowSet answer) {
    if (isOver()) {
      return;
    }
    caller.onNext(answer);
    caller.onComplete();
  }

  void fail(Throwable failure) {
    if (!isOver()) {
      caller.onError(failure);
    }
  }

  /** Whether it had ended before; it has ended now. */
  private boolean isOver() {
    stopClock();
    return state.getAndSet(State.OVER) == State.OVER;
  }

  private void stopClock() {
    Disposable clock = alarm;
    if (clock != null) {
      clock.dispose();
    }
  }
}
