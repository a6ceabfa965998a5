package dev.howdah.internal.engine;

import dev.howdah.internal.engine.Engine.Scope;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/**
 * A transaction that is still wanted when it comes: empty when the work is over before that. One
 * that comes in the same instant is ended here, and its connection goes back.
 */
final class Joining extends Mono<Scope> {
  private final Mono<Scope> begin;
  private final Mono<Void> over;

  /**
   * A join that has not begun.
   *
   * @param over completes when nobody is needed any more; may have done so already
   */
  Joining(Mono<Scope> begin, Mono<Void> over) {
    this.begin = begin;
    this.over = over;
  }

  @Override
  public void subscribe(CoreSubscriber<? super Scope> caller) {
    Waiting waiting = new Waiting(caller);
    caller.onSubscribe(waiting);
    over.subscribe(waiting.bell);
    begin.subscribe(waiting.coming);
  }

  private static final class Waiting implements Subscription {
    private final CoreSubscriber<? super Scope> caller;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Bell bell = new Bell();
    private final Coming coming = new Coming();

    Waiting(CoreSubscriber<? super Scope> caller) {
      this.caller = caller;
    }

    private boolean decide() {
      return decided.compareAndSet(false, true);
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      if (decide()) {
        coming.dispose();
        bell.dispose();
      }
    }

    private final class Bell extends BaseSubscriber<Void> {
      @Override
      protected void hookOnComplete() {
        if (decide()) {
          coming.dispose();
          caller.onComplete();
        }
      }
    }

    private final class Coming extends BaseSubscriber<Scope> {
      @Override
      protected void hookOnNext(Scope scope) {
        if (decide()) {
          bell.dispose();
          caller.onNext(scope);
          caller.onComplete();
        } else {
          scope.fail(new CancellationException("the work was done before it began")).subscribe();
        }
      }

      @Override
      protected void hookOnError(Throwable failure) {
        if (decide()) {
          bell.dispose();
          caller.onError(failure);
        }
      }

      @Override
      protected void hookOnComplete() {
        if (decide()) {
          bell.dispose();
          caller.onComplete();
        }
      }
    }
  }
}
