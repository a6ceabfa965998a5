package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.CopyData;
import io.r2dbc.postgresql.message.backend.CopyDone;
import io.r2dbc.postgresql.message.frontend.Query;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * COPY … TO STDOUT: the server sends a message for each row, and they are gathered into chunks.
 * While the consumer is busy with one, the next is filled; then nothing more is asked for, the
 * driver stops reading the socket, and the server waits.
 *
 * <p>All of it on the event loop, demand too: from elsewhere it could reorder the driver's
 * messages. What nobody wants any more (the caller has gone, something failed) is asked for all the
 * same, and dropped, so that the answer ends.
 */
final class CopyOutConversation extends CopyConversation {
  /** Before it is known how large a row is. */
  private static final int FIRST_MESSAGES = 16;

  /** The driver keeps so many in any case. */
  private static final int MOST_MESSAGES = 256;

  private final Function<ByteBuffer, Mono<Void>> consumer;

  private CopyOutChunk filling = new CopyOutChunk();
  private @Nullable Subscription subscription;
  private long asked;
  private int lastBatch = FIRST_MESSAGES;
  private boolean askedForAll;

  /** The consumer has a chunk and has not taken it yet. */
  private boolean consuming;

  private @Nullable Disposable taking;

  /** There is no more data. */
  private boolean done;

  /** What still comes is not wanted. */
  private boolean dropping;

  /** Because somebody stopped it. */
  private boolean stopRequested;

  /** The server has said all it had to say. */
  private boolean answered;

  private @Nullable Throwable consumerFailure;
  private long rows;

  CopyOutConversation(
      CopyCommand copy,
      Client messages,
      Function<ByteBuffer, Mono<Void>> consumer,
      R2dbcConnection connection,
      MonoSink<Long> caller) {
    super(copy, messages, connection, caller);
    this.consumer = consumer;
  }

  @Override
  void start() {
    send(new Query(copy().sent()));
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    goOn();
  }

  @Override
  public void onNext(BackendMessage message) {
    asked--;
    super.onNext(message);
    goOn();
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof CopyData data) {
      if (!dropping) {
        filling.add(data.getData());
      }
    } else if (message instanceof CopyDone) {
      done = true;
    } else if (message instanceof CommandComplete complete) {
      rows = rows(complete);
    } else {
      super.read(message);
    }
  }

  @Override
  void givenUp() {
    dropping = true;
  }

  /** Hands on what is ready, asks for more where there is room, ends when all is done. */
  private void goOn() {
    boolean ready = filling.isFull() || (done && !filling.isEmpty());
    if (ready && !consuming && !dropping) {
      give();
    }
    if (done || dropping) {
      askForAll();
    } else if (asked == 0 && !filling.isFull()) {
      lastBatch = Math.max(1, Math.min(MOST_MESSAGES, filling.messagesToFill(lastBatch)));
      ask(lastBatch);
    }
    boolean taken = filling.isEmpty() && !consuming;
    if (answered && (taken || dropping) && !hasEnded()) {
      end(problem());
    }
  }

  private @Nullable Throwable problem() {
    if (failure() != null) {
      return failure();
    }
    if (consumerFailure == null && stopRequested) {
      // The server had sent all before it was told; the consumer has not got it.
      consumerFailure = new CancellationException("the copy was stopped before its end");
    }
    return consumerFailure;
  }

  private void ask(long count) {
    Subscription now = subscription;
    if (now != null && !answered) {
      asked += count;
      now.request(count);
    }
  }

  /** The end of the answer is a message too, and would wait for being asked for. */
  private void askForAll() {
    if (subscription != null && !askedForAll) {
      askedForAll = true;
      asked = 0;
      ask(Long.MAX_VALUE);
    }
  }

  private void give() {
    ByteBuffer chunk = filling.toBuffer();
    filling = new CopyOutChunk();
    consuming = true;
    Mono<Void> taken;
    try {
      taken = consumer.apply(chunk);
    } catch (RuntimeException thrown) {
      taken = Mono.error(thrown);
    }
    taking =
        taken.subscribe(
            nothing -> {},
            failure -> connection().onLoop(() -> consumed(failure)),
            () -> connection().onLoop(() -> consumed(null)));
  }

  private void consumed(@Nullable Throwable failure) {
    consuming = false;
    if (failure != null && !dropping) {
      consumerFailure = failure;
      dropping = true;
    }
    goOn();
  }

  @Override
  void stopping() {
    connection()
        .onLoop(
            () -> {
              stopRequested |= !dropping;
              dropping = true;
              Disposable waiting = taking;
              if (waiting != null) {
                waiting.dispose();
              }
              goOn();
            });
  }

  @Override
  public void onError(Throwable broken) {
    answered = true;
    dropping = true;
    fail(broken);
    goOn();
  }

  @Override
  public void onComplete() {
    answered = true;
    goOn();
  }

  @Override
  Long whole() {
    return rows;
  }

  /** What the consumer failed with is the caller's own. */
  @Override
  Throwable toCaller(DatabaseException translated) {
    return consumerFailure == null ? translated : consumerFailure;
  }
}
