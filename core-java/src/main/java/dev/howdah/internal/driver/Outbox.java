package dev.howdah.internal.driver;

import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * What one conversation sends, message by message, as fast as the socket takes them: the driver
 * asks for the next one when the one before has been written. Belongs to the event loop, but for
 * the driver's calls.
 */
final class Outbox implements Publisher<FrontendMessage>, Subscription {
  private final R2dbcConnection connection;
  private final Runnable wanted;
  private @Nullable Subscriber<? super FrontendMessage> driver;
  private long demand;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param wanted is called when there may be something that can be sent now
   */
  Outbox(R2dbcConnection connection, Runnable wanted) {
    this.connection = connection;
    this.wanted = wanted;
  }

  @Override
  public void subscribe(Subscriber<? super FrontendMessage> subscriber) {
    connection.onLoop(
        () -> {
          driver = subscriber;
          subscriber.onSubscribe(this);
          if (closed) {
            subscriber.onComplete();
          }
        });
  }

  @Override
  public void request(long messages) {
    connection.onLoop(
        () -> {
          demand = Operators.addCap(demand, messages);
          wanted.run();
        });
  }

  /** The connection has gone; the conversation hears of that by its answer. */
  @Override
  public void cancel() {
    connection.onLoop(() -> closed = true);
  }

  /** Whether a message would go out now. */
  boolean isWanted() {
    return demand > 0 && !closed;
  }

  /** Sends; only when it is wanted. */
  void send(FrontendMessage message) {
    demand--;
    Subscriber<? super FrontendMessage> subscriber = driver;
    if (subscriber != null) {
      subscriber.onNext(message);
    }
  }

  /** Nothing more will be sent: the connection's next conversation may begin to. */
  void close() {
    Subscriber<? super FrontendMessage> subscriber = driver;
    if (!closed && subscriber != null) {
      closed = true;
      subscriber.onComplete();
    }
    closed = true;
  }
}
