package dev.howdah.internal.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * Lets the callers of one connection pass one at a time, in the order they came.
 *
 * <p>A cancelled turn that has begun holds the gate until {@code settle} says that the connection
 * is quiet again; one that has not begun leaves the queue.
 */
final class SerialGate {
  private final Supplier<Mono<Void>> settle;
  private final Queue<Turn<?>> queue = new ArrayDeque<>();
  private @Nullable Turn<?> current;
  private boolean draining;

  /**
   * A gate.
   *
   * @param settle stops what the connection still runs; never fails
   */
  SerialGate(Supplier<Mono<Void>> settle) {
    this.settle = settle;
  }

  /** Runs {@code work} when all that came before has ended. Cold. */
  <T> Mono<T> enter(Supplier<Mono<T>> work) {
    return enter(work, () -> {});
  }

  /**
   * As {@link #enter(Supplier)}.
   *
   * @param begun is called when the work has been started
   */
  <T> Mono<T> enter(Supplier<Mono<T>> work, Runnable begun) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> caller) {
        Turn<T> turn = new Turn<>(SerialGate.this, caller, work, begun);
        caller.onSubscribe(turn);
        arrive(turn);
      }
    };
  }

  private void arrive(Turn<?> turn) {
    synchronized (this) {
      if (turn.cancelled) {
        return;
      }
      queue.add(turn);
    }
    drain();
  }

  /** The work has ended; a turn that is being settled stays until that is done. */
  private void leave(Turn<?> turn) {
    synchronized (this) {
      if (current != turn || turn.settling) {
        return;
      }
      current = null;
    }
    drain();
  }

  private void settleAndLeave() {
    settle
        .get()
        .subscribe(
            null,
            impossible -> {},
            () -> {
              synchronized (this) {
                current = null;
              }
              drain();
            });
  }

  /** A loop and not a recursion: a long queue of turns that end at once must not fill the stack. */
  private void drain() {
    synchronized (this) {
      if (draining) {
        return;
      }
      draining = true;
    }
    while (true) {
      Turn<?> next;
      synchronized (this) {
        next = current == null ? queue.poll() : null;
        if (next == null) {
          draining = false;
          return;
        }
        current = next;
      }
      next.begin();
    }
  }

  /**
   * Takes the turn out. One that holds the gate keeps it from now on until it is settled, whatever
   * its work does; and it is settled only when its work has set out, since before that there is
   * nothing to stop yet.
   *
   * @return whether to settle now
   */
  private synchronized boolean cancel(Turn<?> turn) {
    turn.cancelled = true;
    queue.remove(turn);
    if (current != turn || turn.settling) {
      return false;
    }
    turn.settling = true;
    return turn.started;
  }

  /** The work has set out; true when the turn was cancelled before that. */
  private synchronized boolean started(Turn<?> turn) {
    turn.started = true;
    return turn.settling;
  }

  private static final class Turn<T> implements Subscription {
    private final SerialGate gate;
    private final CoreSubscriber<? super T> caller;
    private final Supplier<Mono<T>> work;
    private final Runnable begun;
    private final Working working = new Working();
    private boolean cancelled;
    private boolean started;
    private boolean settling;

    Turn(
        SerialGate gate, CoreSubscriber<? super T> caller, Supplier<Mono<T>> work, Runnable begun) {
      this.gate = gate;
      this.caller = caller;
      this.work = work;
      this.begun = begun;
    }

    void begin() {
      Mono<T> result;
      try {
        result = work.get();
      } catch (RuntimeException refused) {
        result = Mono.error(refused);
      }
      result.subscribe(working);
      begun.run();
      if (gate.started(this)) {
        gate.settleAndLeave();
      }
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      boolean settle = gate.cancel(this);
      working.dispose();
      if (settle) {
        gate.settleAndLeave();
      }
    }

    private final class Working extends BaseSubscriber<T> {
      private @Nullable T result;

      @Override
      protected void hookOnNext(T value) {
        result = value;
      }

      @Override
      protected void hookOnComplete() {
        gate.leave(Turn.this);
        T value = result;
        if (value != null) {
          caller.onNext(value);
        }
        caller.onComplete();
      }

      @Override
      protected void hookOnError(Throwable failure) {
        gate.leave(Turn.this);
        caller.onError(failure);
      }
    }
  }
}
