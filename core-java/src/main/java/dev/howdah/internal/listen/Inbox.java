package dev.howdah.internal.listen;

import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What one listener has not taken yet: notifications in the server's order, and a gap wherever some
 * may be missing.
 *
 * <p>Bounded: what comes when it is full is dropped, counted, and told by a gap at that place. So a
 * slow listener costs no memory, holds nobody up, and knows what it missed. Filled on an event
 * loop, emptied by one thread at a time.
 */
public final class Inbox {
  private static final System.Logger LOG = System.getLogger("dev.howdah.listen");

  /** The next event: exactly one of the two is there. */
  public record Heard(@Nullable Notification notification, @Nullable NotificationGap gap) {}

  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String channel;
  private final int size;
  private final Function<Inbox, Mono<Void>> leave;
  private final Queue<Heard> events = new ArrayDeque<>();
  private int notifications;

  /** The gap at the end of the queue, not in it yet: it may still grow. */
  private @Nullable NotificationGap gap;

  private boolean interrupted;
  private long warnedAt = System.nanoTime() - WARN_EVERY_NANOS;
  private boolean ended;
  private Runnable ready = Inbox::nobody;

  /**
   * An empty inbox.
   *
   * @param size how many notifications may wait in it
   * @param leave what closing it does
   */
  Inbox(String channel, int size, Function<Inbox, Mono<Void>> leave) {
    this.channel = channel;
    this.size = size;
    this.leave = leave;
  }

  private static void nobody() {}

  /** The channel it is for. */
  public String channel() {
    return channel;
  }

  /**
   * Takes the next event; null when there is none now. After the end no more are added, and what is
   * there can still be taken.
   */
  public synchronized @Nullable Heard poll() {
    Heard next = events.poll();
    if (next == null) {
      next = gap == null ? null : new Heard(null, gap);
      gap = null;
    } else if (next.notification() != null) {
      notifications--;
    }
    return next;
  }

  /** Whether all has been taken and nothing will be added any more. */
  public synchronized boolean isOver() {
    return ended && events.isEmpty() && gap == null;
  }

  /**
   * Calls {@code wake} now and whenever something was added, on an event loop as a rule: it must
   * not take long.
   */
  public void whenReady(Runnable wake) {
    synchronized (this) {
      ready = wake;
    }
    wake.run();
  }

  /**
   * Stops listening; what was not taken is forgotten. Completes when the server has been told, if
   * this was the channel's last listener. Idempotent; never fails.
   */
  public Mono<Void> close() {
    return leave.apply(this);
  }

  void add(Notification notification) {
    Runnable wake;
    synchronized (this) {
      if (ended) {
        return;
      }
      tellInterruption();
      if (notifications == size) {
        drop();
        return;
      }
      if (gap != null) {
        events.add(new Heard(null, gap));
        gap = null;
      }
      events.add(new Heard(notification, null));
      notifications++;
      wake = ready;
    }
    wake.run();
  }

  private void drop() {
    long now = System.nanoTime();
    if (now - warnedAt >= WARN_EVERY_NANOS) {
      warnedAt = now;
      LOG.log(
          System.Logger.Level.WARNING,
          "a listener of channel '"
              + channel
              + "' is too slow: "
              + size
              + " notifications wait for it, and others are dropped");
    }
    widen(false, 1);
  }

  private void widen(boolean connectionLost, long dropped) {
    NotificationGap before = gap;
    gap =
        before == null
            ? new NotificationGap(channel, connectionLost, dropped)
            : new NotificationGap(
                channel, before.connectionLost() || connectionLost, before.dropped() + dropped);
  }

  /** The connection has gone; what is sent from now on may be lost. */
  synchronized void interrupted() {
    interrupted = true;
  }

  /** The channel is heard again. */
  void resumed() {
    Runnable wake;
    synchronized (this) {
      if (!interrupted || ended) {
        return;
      }
      tellInterruption();
      wake = ready;
    }
    wake.run();
  }

  /** Before anything that the new connection brought. */
  private void tellInterruption() {
    if (interrupted) {
      interrupted = false;
      widen(true, 0);
    }
  }

  /** Nothing will come any more; what is there may still be taken. */
  void end() {
    Runnable wake;
    synchronized (this) {
      ended = true;
      wake = ready;
    }
    wake.run();
  }

  /** Its listener has gone. */
  synchronized void forget() {
    ended = true;
    events.clear();
    gap = null;
    notifications = 0;
    ready = Inbox::nobody;
  }
}
