package dev.howdah;

import dev.howdah.internal.listen.Inbox;
import dev.howdah.internal.listen.Inbox.Heard;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener at work, until it is closed or its database is. Safe for any thread.
 *
 * <p>The listener is called on the completion executor, with one notification at a time, in the
 * order in which the server sent them. What it throws is logged, and it goes on.
 */
public final class Listening implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.howdah.listen");

  private final Inbox inbox;
  private final Executor executor;
  private final Consumer<? super Notification> listener;
  private final Consumer<? super NotificationGap> gapListener;
  private final Turns turns;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private volatile boolean closed;

  private Listening(
      Inbox inbox,
      Executor executor,
      Consumer<? super Notification> listener,
      Consumer<? super NotificationGap> gapListener) {
    this.inbox = inbox;
    this.executor = executor;
    this.listener = listener;
    this.gapListener = gapListener;
    this.turns = new Turns(executor, this::turn);
  }

  static Listening begun(
      Inbox inbox,
      Executor executor,
      Consumer<? super Notification> listener,
      Consumer<? super NotificationGap> gapListener) {
    Listening listening = new Listening(inbox, executor, listener, gapListener);
    inbox.whenReady(listening.turns::wake);
    return listening;
  }

  private void turn() {
    Heard heard = closed ? null : inbox.poll();
    while (heard != null) {
      tell(heard);
      heard = closed ? null : inbox.poll();
    }
    if (closed || inbox.isOver()) {
      end.complete(null);
    }
  }

  private void tell(Heard heard) {
    Notification notification = heard.notification();
    NotificationGap gap = heard.gap();
    try {
      if (notification != null) {
        listener.accept(notification);
      } else if (gap != null) {
        gapListener.accept(gap);
      }
    } catch (RuntimeException | Error thrown) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a listener of channel '" + inbox.channel() + "' threw; it goes on listening",
          thrown);
    }
  }

  /** The channel it listens to. */
  public String channel() {
    return inbox.channel();
  }

  /**
   * A future that completes when the listener will not be called any more: this was closed, or its
   * database was and all that waited has been heard. Completing or cancelling it changes nothing.
   */
  public CompletableFuture<@Nullable Void> whenEnded() {
    return end.copy();
  }

  /**
   * Stops listening: from now on the listener is not called any more, whatever waits for it. The
   * future completes when the server has been told, if nobody else listens to the channel. The
   * second call does nothing.
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    closed = true;
    turns.wake();
    return Handoff.of(inbox.close(), executor);
  }

  /** Stops listening, and waits until the server has been told. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }

  /** The channel. */
  @Override
  public String toString() {
    return "Listening[" + channel() + "]";
  }
}
