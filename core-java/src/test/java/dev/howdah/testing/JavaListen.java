package dev.howdah.testing;

import static dev.howdah.testing.JavaHandles.await;

import dev.howdah.Database;
import dev.howdah.Listening;
import dev.howdah.NotificationStream;
import dev.howdah.Transaction;
import dev.howdah.config.DatabaseOptions;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The Java handles' two ways to listen. */
public final class JavaListen implements BlockingListen {
  private final Database db;
  private final boolean asPublisher;

  private JavaListen(Database db, boolean asPublisher) {
    this.db = db;
    this.asPublisher = asPublisher;
  }

  /** By {@link NotificationStream#start}. */
  public static BlockingListen withListeners(DatabaseOptions options) {
    return new JavaListen(await(Database.connect(options)), false);
  }

  /** By {@link NotificationStream#subscribe}. */
  public static BlockingListen withSubscribers(DatabaseOptions options) {
    return new JavaListen(await(Database.connect(options)), true);
  }

  @Override
  public Ear listen(
      String channel,
      int bufferSize,
      Consumer<Notification> listener,
      Consumer<NotificationGap> gapListener) {
    NotificationStream stream = db.listen(channel).bufferSize(bufferSize).onGap(gapListener);
    if (asPublisher) {
      Subscriber subscriber = new Subscriber(listener);
      stream.subscribe(subscriber);
      // A publisher does not say when it listens; one that started later listens not before it.
      await(db.listen(channel, ignored -> {})).close();
      return subscriber;
    }
    Listening listening = await(stream.start(listener));
    CompletableFuture<@Nullable Void> end = listening.whenEnded();
    return new Ear() {
      @Override
      public boolean hasEnded() {
        return end.isDone();
      }

      @Override
      public void close() {
        listening.close();
      }
    };
  }

  @Override
  public void notify(String channel, String payload) {
    await(db.notify(channel, payload));
  }

  @Override
  public void notifyInTransaction(
      String channel, String payload, Runnable meanwhile, boolean commit) {
    // Waited for on this thread: the completion executor may have no other one for the listener.
    Transaction tx = await(db.begin());
    await(tx.notify(channel, payload));
    meanwhile.run();
    await(commit ? tx.commit() : tx.rollback());
  }

  @Override
  public long execute(String sql) {
    return await(db.execute(sql));
  }

  @Override
  public void expireConnections() {
    db.expireConnections();
  }

  @Override
  public void close() {
    db.close();
  }

  private static final class Subscriber implements Flow.Subscriber<Notification>, Ear {
    private final Consumer<Notification> listener;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Subscriber(Consumer<Notification> listener) {
      this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Notification notification) {
      listener.accept(notification);
      if (subscription != null) {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }

    @Override
    public boolean hasEnded() {
      return end.isDone();
    }

    @Override
    public void close() {
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }
}
