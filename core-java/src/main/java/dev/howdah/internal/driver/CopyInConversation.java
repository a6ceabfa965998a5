package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.postgresql.message.backend.BackendMessage;
import io.r2dbc.postgresql.message.backend.CommandComplete;
import io.r2dbc.postgresql.message.backend.CopyInResponse;
import io.r2dbc.postgresql.message.frontend.CopyDone;
import io.r2dbc.postgresql.message.frontend.CopyFail;
import io.r2dbc.postgresql.message.frontend.FrontendMessage;
import io.r2dbc.postgresql.message.frontend.Query;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * COPY … FROM STDIN: the statement out; when the server wants the data, chunk after chunk, some of
 * them pulled ahead so that a wait for a thread is not a wait of the server's; at the end CopyDone,
 * or CopyFail when the source failed or the caller has gone. The server's error, whenever it comes,
 * ends the pulling.
 *
 * <p>All of it on the event loop, but for {@link #stopping}.
 */
final class CopyInConversation extends CopyConversation {
  /** Chunks that are ready while one is being written. */
  private static final int AHEAD = 3;

  private final Supplier<Mono<ByteBuffer>> chunks;
  private final Outbox outbox;

  /** What is to be sent; the statement comes first. */
  private final Deque<FrontendMessage> ready = new ArrayDeque<>();

  /** Nothing will be added to that. */
  private boolean complete;

  private boolean feeding;
  private boolean stopRequested;
  private boolean over;
  private boolean sending;
  private @Nullable Pull pulling;
  private @Nullable Throwable sourceFailure;
  private long rows;

  CopyInConversation(
      CopyCommand copy,
      Client messages,
      Supplier<Mono<ByteBuffer>> chunks,
      R2dbcConnection connection,
      MonoSink<Long> caller) {
    super(copy, messages, connection, caller);
    this.chunks = chunks;
    this.outbox = new Outbox(connection, this::send);
    ready.add(new Query(copy.sent()));
  }

  @Override
  void start() {
    exchange(outbox);
  }

  /** A loop and not a recursion: writing may ask for the next one before it returns. */
  private void send() {
    if (sending) {
      return;
    }
    sending = true;
    while (outbox.isWanted() && !ready.isEmpty()) {
      outbox.send(ready.remove());
    }
    if (complete && ready.isEmpty()) {
      outbox.close();
    }
    sending = false;
    pull();
  }

  private void pull() {
    if (!feeding || complete || over || pulling != null || ready.size() >= AHEAD) {
      return;
    }
    Mono<ByteBuffer> chunk;
    try {
      chunk = chunks.get();
    } catch (RuntimeException thrown) {
      chunk = Mono.error(thrown);
    }
    Pull pull = new Pull();
    pulling = pull;
    chunk.subscribe(pull);
  }

  private final class Pull extends BaseSubscriber<ByteBuffer> {
    private boolean empty = true;

    /** Copied where it was made: the event loop has enough to do. */
    @Override
    protected void hookOnNext(ByteBuffer chunk) {
      empty = false;
      CopyChunk message = CopyChunk.of(chunk, messages().getByteBufAllocator());
      connection().onLoop(() -> pulled(this, message, /* last= */ false));
    }

    @Override
    protected void hookOnComplete() {
      if (empty) {
        connection().onLoop(() -> pulled(this, CopyDone.INSTANCE, /* last= */ true));
      }
    }

    @Override
    protected void hookOnError(Throwable failure) {
      connection().onLoop(() -> sourceFailed(this, failure));
    }
  }

  private void pulled(Pull pull, FrontendMessage message, boolean last) {
    if (pulling != pull || over || complete) {
      release(message);
      return;
    }
    if (last && isAbandoned()) {
      giveUp(); // it is about to be told so; a source that was stopped may look as if it had ended
      return;
    }
    pulling = null;
    ready.add(message);
    complete = last;
    send();
  }

  private void sourceFailed(Pull pull, Throwable failure) {
    if (pulling == pull && !over && !complete) {
      sourceFailure = failure;
      // Not its words: they would be in the server's log, and may hold a value.
      fail("the source failed with " + failure.getClass().getName());
    }
  }

  /** In place of what is ready: the server will not keep that anyway. */
  private void fail(String reason) {
    stopPulling();
    ready.add(new CopyFail(reason));
    complete = true;
    send();
  }

  @Override
  void stopping() {
    connection().onLoop(this::giveUp);
  }

  /**
   * While it reads data the server does not look for cancel requests; before it wants any, it would
   * not understand this message.
   */
  private void giveUp() {
    stopRequested = true;
    if (feeding && !over && !complete) {
      fail("stopped by the client");
    }
  }

  @Override
  void read(BackendMessage message) {
    if (message instanceof CopyInResponse) {
      feeding = true;
      if (stopRequested) {
        giveUp();
      } else {
        pull();
      }
    } else if (message instanceof CommandComplete complete) {
      rows = rows(complete);
    } else {
      super.read(message);
    }
  }

  @Override
  void givenUp() {
    stop();
  }

  private void stopPulling() {
    Pull pull = pulling;
    pulling = null;
    if (pull != null) {
      pull.dispose();
    }
    ready.forEach(CopyInConversation::release);
    ready.clear();
  }

  private static void release(FrontendMessage unsent) {
    if (unsent instanceof CopyChunk chunk) {
      chunk.release();
    }
  }

  private void stop() {
    over = true;
    stopPulling();
    outbox.close();
  }

  @Override
  Long whole() {
    return rows;
  }

  @Override
  public void onError(Throwable broken) {
    stop();
    super.onError(broken);
  }

  @Override
  public void onComplete() {
    stop();
    if (sourceFailure != null) {
      fail(sourceFailure);
    }
    super.onComplete();
  }

  /** What the source failed with is the caller's own, and the server's error only its echo. */
  @Override
  Throwable toCaller(DatabaseException translated) {
    return sourceFailure == null ? translated : sourceFailure;
  }
}
