package dev.howdah.testing;

import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.function.Consumer;

/** What listens and notifies, waiting: what {@link ListenContract} is written in. */
public interface BlockingListen extends AutoCloseable {
  /** Listens; returns when whatever is sent from now on arrives. Closing it stops and waits. */
  Ear listen(
      String channel,
      int bufferSize,
      Consumer<Notification> listener,
      Consumer<NotificationGap> gapListener);

  /** As the handle's verb. */
  void notify(String channel, String payload);

  /** Notifies in a transaction, after that runs {@code meanwhile}, and commits or rolls back. */
  void notifyInTransaction(String channel, String payload, Runnable meanwhile, boolean commit);

  /** As the handle's verb. */
  long execute(String sql);

  /** As the handle's verb. */
  void expireConnections();

  @Override
  void close();

  /** One listener at work. */
  interface Ear extends AutoCloseable {
    /** Whether it has ended by itself. */
    boolean hasEnded();

    @Override
    void close();
  }
}
