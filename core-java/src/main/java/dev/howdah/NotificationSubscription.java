package dev.howdah;

import dev.howdah.internal.listen.Inbox;
import dev.howdah.internal.listen.Inbox.Heard;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One listener behind a publisher: takes from its inbox what the subscriber asks for.
 *
 * <p>Demand, news, a failure and a cancellation leave a note and wake the turns; the fields without
 * {@code volatile} belong to the turn.
 */
final class NotificationSubscription implements Flow.Subscription {
  private final Executor executor;
  private final Flow.Subscriber<? super Notification> subscriber;
  private final Consumer<? super NotificationGap> gapListener;
  private final Turns turns;
  private final AtomicLong demand = new AtomicLong();
  private volatile @Nullable CompletableFuture<Inbox> opening;
  private volatile @Nullable Inbox opened;
  private volatile @Nullable Throwable failure;
  private volatile boolean cancelled;
  private boolean over;

  NotificationSubscription(
      Executor executor,
      Flow.Subscriber<? super Notification> subscriber,
      Consumer<? super NotificationGap> gapListener) {
    this.executor = executor;
    this.subscriber = subscriber;
    this.gapListener = gapListener;
    this.turns = new Turns(executor, this::turn);
  }

  /** Begins to listen, unless the subscriber has left already. */
  @SuppressWarnings("FutureReturnValueIgnored") // it only leaves a note
  void begin(Mono<Inbox> listening) {
    if (cancelled) {
      return;
    }
    CompletableFuture<Inbox> begun =
        Handoff.owned(
            listening, executor, Function.identity(), unwanted -> unwanted.close().subscribe());
    opening = begun;
    begun.whenComplete(
        (inbox, problem) -> {
          if (problem == null) {
            opened = inbox;
            inbox.whenReady(turns::wake);
          } else {
            failure = problem;
            turns.wake();
          }
        });
    turns.wake();
  }

  @Override
  public void request(long notifications) {
    if (notifications < 1) {
      failure =
          new IllegalArgumentException(
              "request takes 1 notification or more, it was given " + notifications);
    } else {
      demand.updateAndGet(now -> now + notifications < 0 ? Long.MAX_VALUE : now + notifications);
    }
    turns.wake();
  }

  @Override
  public void cancel() {
    cancelled = true;
    turns.wake();
  }

  private void turn() {
    if (!over && !cancelled && failure == null) {
      emit();
    }
    Throwable problem = failure;
    if (cancelled || problem != null) {
      end(problem);
    }
  }

  private void emit() {
    Inbox inbox = opened;
    try {
      while (inbox != null && !cancelled && !over) {
        if (inbox.isOver()) {
          over = true;
          subscriber.onComplete();
          return;
        }
        Heard next = demand.get() == 0 ? null : inbox.poll();
        if (next == null) {
          return;
        }
        give(next);
      }
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  private void give(Heard heard) {
    Notification notification = heard.notification();
    NotificationGap gap = heard.gap();
    if (notification != null) {
      demand.updateAndGet(now -> now == Long.MAX_VALUE ? now : now - 1);
      subscriber.onNext(notification);
    } else if (gap != null) {
      gapListener.accept(gap);
    }
  }

  /** Stops listening, and then tells the subscriber, if it still wants to hear. */
  private void end(@Nullable Throwable problem) {
    CompletableFuture<Inbox> begun = opening;
    if (begun != null) {
      begun.cancel(true);
    }
    Inbox inbox = opened;
    if (inbox != null) {
      inbox.close().subscribe();
    }
    if (!over && problem != null && !cancelled) {
      subscriber.onError(problem);
    }
    over = true;
  }
}
