package dev.howdah.internal.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * Borrow a connection, work, give it back: the bracket around every call on a pool. In its other
 * form, {@link #keeping}, a result that holds on to the connection takes it along.
 *
 * <p>The result is handed on only when the connection has gone back, so that a caller's next query
 * finds it idle. Each borrowing is one small state machine. Every change of state is one atomic
 * step and whoever makes it owns what follows, so that at whatever instant a cancel comes, exactly
 * one party gives the connection back.
 */
final class Borrow<T> extends Mono<T> {
  private final Mono<HeldConnection> pool;
  private final Function<HeldConnection, Mono<T>> work;
  private final boolean keeps;

  private Borrow(Mono<HeldConnection> pool, Function<HeldConnection, Mono<T>> work, boolean keeps) {
    this.pool = pool;
    this.work = work;
    this.keeps = keeps;
  }

  /** The connection goes back when the work has ended, however it ended. */
  static <T> Borrow<T> during(Mono<HeldConnection> pool, Function<HeldConnection, Mono<T>> work) {
    return new Borrow<>(pool, work, false);
  }

  /** The connection goes back when the work fails or is cancelled; its result owns it otherwise. */
  static <T> Borrow<T> keeping(Mono<HeldConnection> pool, Function<HeldConnection, Mono<T>> work) {
    return new Borrow<>(pool, work, true);
  }

  @Override
  public void subscribe(CoreSubscriber<? super T> caller) {
    Borrowing<T> borrowing = new Borrowing<>(caller, work, keeps);
    caller.onSubscribe(borrowing);
    pool.subscribe(borrowing.waiting);
  }

  private enum State {
    /** No connection yet. */
    WAITING,
    /** A connection is held and the work runs. */
    WORKING,
    /** The work has ended and the connection is on its way back. */
    RETURNING,
    /** Nothing is held and nobody is told any more. */
    OVER
  }

  private static final class Borrowing<T> implements Subscription {
    private final CoreSubscriber<? super T> caller;
    private final Function<HeldConnection, Mono<T>> work;
    private final boolean keeps;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Waiting waiting = new Waiting();
    private final Working working = new Working();
    private volatile @Nullable HeldConnection held;

    Borrowing(
        CoreSubscriber<? super T> caller, Function<HeldConnection, Mono<T>> work, boolean keeps) {
      this.caller = caller;
      this.work = work;
      this.keeps = keeps;
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      if (state.compareAndSet(State.WAITING, State.OVER)) {
        waiting.dispose();
      } else if (state.compareAndSet(State.WORKING, State.OVER)) {
        working.dispose();
        HeldConnection connection = held;
        if (connection != null) {
          connection.abort().subscribe();
        }
      } else {
        // Returning: the connection goes back by itself, only the news is dropped.
        state.set(State.OVER);
      }
    }

    private final class Waiting extends BaseSubscriber<HeldConnection> {
      @Override
      protected void hookOnNext(HeldConnection connection) {
        held = connection;
        if (!state.compareAndSet(State.WAITING, State.WORKING)) {
          connection.giveBack().subscribe();
          return;
        }
        Mono<T> result;
        try {
          result = work.apply(connection);
        } catch (RuntimeException refused) {
          result = Mono.error(refused);
        }
        result.subscribe(working);
      }

      @Override
      protected void hookOnError(Throwable failure) {
        if (state.compareAndSet(State.WAITING, State.OVER)) {
          caller.onError(failure);
        }
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
        if (!keeps) {
          backThen(HeldConnection::giveBack, this::succeed);
        } else if (state.compareAndSet(State.WORKING, State.OVER)) {
          succeed();
        }
      }

      private void succeed() {
        T value = result;
        if (value != null) {
          caller.onNext(value);
        }
        caller.onComplete();
      }

      @Override
      protected void hookOnError(Throwable failure) {
        // What failed may have left a statement running, which its own limit has just ended.
        backThen(HeldConnection::abort, () -> caller.onError(failure));
      }

      private void backThen(Function<HeldConnection, Mono<Void>> way, Runnable tell) {
        HeldConnection connection = held;
        if (connection == null || !state.compareAndSet(State.WORKING, State.RETURNING)) {
          return;
        }
        way.apply(connection)
            .subscribe(
                null,
                impossible -> {},
                () -> {
                  if (state.compareAndSet(State.RETURNING, State.OVER)) {
                    tell.run();
                  }
                });
      }
    }
  }
}
