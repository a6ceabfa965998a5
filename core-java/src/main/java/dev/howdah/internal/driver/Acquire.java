package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.PoolTimeout;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * Waits for a connection, for a limited time, and loses none: whoever comes first of delivery,
 * timeout and cancellation wins, and a connection that is then delivered to nobody goes back.
 */
final class Acquire extends Mono<DriverConnection> {
  private final ConnectionPool pool;
  private final Duration limit;

  Acquire(ConnectionPool pool, Duration limit) {
    this.pool = pool;
    this.limit = limit;
  }

  @Override
  public void subscribe(CoreSubscriber<? super DriverConnection> caller) {
    Waiting waiting = new Waiting(pool, limit, caller);
    caller.onSubscribe(waiting);
    waiting.begin();
  }

  private static final class Waiting implements Subscription {
    private final ConnectionPool pool;
    private final Duration limit;
    private final CoreSubscriber<? super DriverConnection> caller;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Disposable.Swap timeout = Disposables.swap();
    private final Disposable.Swap queue = Disposables.swap();

    Waiting(ConnectionPool pool, Duration limit, CoreSubscriber<? super DriverConnection> caller) {
      this.pool = pool;
      this.limit = limit;
      this.caller = caller;
    }

    void begin() {
      if (!pool.isOpen()) {
        fail(pool.closed());
        return;
      }
      queueUp();
      // A borrower whom the pool serves at once, or opens a connection for, needs no timer: opening
      // has a limit of its own. Only one that stands in the queue does.
      if (!decided.get() && pool.status().waiting() > 0) {
        startTimer();
      }
    }

    private void queueUp() {
      Queued place = new Queued();
      queue.update(place);
      pool.borrow().subscribe(place);
    }

    private void startTimer() {
      try {
        timeout.update(
            pool.timer().schedule(this::timedOut, limit.toMillis(), TimeUnit.MILLISECONDS));
      } catch (RejectedExecutionException closed) {
        fail(pool.closed());
      }
      if (decided.get()) {
        timeout.dispose();
      }
    }

    private boolean decide() {
      boolean first = decided.compareAndSet(false, true);
      if (first) {
        timeout.dispose();
      }
      return first;
    }

    private void fail(Throwable failure) {
      if (decide()) {
        caller.onError(failure);
      }
    }

    private void timedOut() {
      // Read before leaving the queue, so that the figures count this caller too.
      PoolTimeout failure = pool.timedOut(pool.status());
      if (decide()) {
        queue.dispose();
        caller.onError(failure);
      }
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      if (decide()) {
        queue.dispose();
      }
    }

    private final class Queued extends BaseSubscriber<R2dbcConnection> {
      @Override
      protected void hookOnNext(R2dbcConnection connection) {
        pool.validated(connection)
            .subscribe(
                null,
                dead -> connection.destroy().subscribe(null, null, Waiting.this::queueUp),
                () -> deliver(connection));
      }

      private void deliver(R2dbcConnection connection) {
        if (decide()) {
          caller.onNext(connection);
          caller.onComplete();
        } else {
          connection.giveBack().subscribe();
        }
      }

      @Override
      protected void hookOnError(Throwable failure) {
        if (ConnectionPool.isDead(failure)) {
          queueUp(); // it died in the instant in which it was handed out; the pool has dropped it
        } else {
          fail(failure);
        }
      }
    }
  }
}
