package dev.howdah;

import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.listen.Inbox;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * The notifications of a channel, as they are sent; see {@link Database#listen(String)}.
 *
 * <p>An immutable value that may be shared: each subscription, and each {@link #start}, is a
 * listener of its own. Nothing is listened to before that.
 *
 * <p>As a publisher: signals come on the completion executor, one at a time, as fast as they are
 * asked for. It fails when no connection can be opened at the beginning; later it goes on through
 * lost connections. It completes when the database is closed. Cancelling stops listening.
 */
public final class NotificationStream implements Flow.Publisher<Notification> {
  private static final int DEFAULT_BUFFER = 1_024;

  private final Engine.Pool engine;
  private final Executor executor;
  private final String channel;
  private final Mono<Inbox> inbox;
  private final Consumer<? super NotificationGap> gapListener;

  private NotificationStream(
      Engine.Pool engine,
      Executor executor,
      String channel,
      Mono<Inbox> inbox,
      Consumer<? super NotificationGap> gapListener) {
    this.engine = engine;
    this.executor = executor;
    this.channel = channel;
    this.inbox = inbox;
    this.gapListener = gapListener;
  }

  static NotificationStream of(Engine.Pool engine, Executor executor, String channel) {
    Mono<Inbox> inbox = engine.listen(channel, DEFAULT_BUFFER);
    return new NotificationStream(engine, executor, channel, inbox, gap -> {});
  }

  /**
   * The same stream, whose listener is told by {@code listener} where notifications may be missing:
   * after a lost connection, or because it was too slow. Called in order with the notifications,
   * and ahead of those that follow the gap. What it throws fails a subscription.
   */
  public NotificationStream onGap(Consumer<? super NotificationGap> listener) {
    Arguments.given("onGap", "a listener", listener);
    return new NotificationStream(engine, executor, channel, inbox, listener);
  }

  /**
   * The same stream with another size of the buffer in which notifications wait for a slow
   * listener, 1,024 unless it is said. When it is full, further ones are dropped, counted, and told
   * by a {@link NotificationGap} at that place.
   *
   * @throws dev.howdah.error.ClientException.WrongArguments when {@code notifications} is zero or
   *     negative
   */
  public NotificationStream bufferSize(int notifications) {
    return new NotificationStream(
        engine, executor, channel, engine.listen(channel, notifications), gapListener);
  }

  /** The channel. */
  public String channel() {
    return channel;
  }

  /**
   * Listens. The future completes when whatever is sent from now on arrives; it fails when no
   * connection can be opened. See {@link Listening}.
   */
  public CompletableFuture<Listening> start(Consumer<? super Notification> listener) {
    Arguments.given("listen", "a listener", listener);
    return Handoff.owned(
        inbox,
        executor,
        opened -> Listening.begun(opened, executor, listener, gapListener),
        unwanted -> unwanted.close().subscribe());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Notification> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    NotificationSubscription subscription =
        new NotificationSubscription(executor, subscriber, gapListener);
    subscriber.onSubscribe(subscription);
    subscription.begin(inbox);
  }

  /** The channel. */
  @Override
  public String toString() {
    return "NotificationStream[" + channel + "]";
  }
}
