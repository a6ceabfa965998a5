package dev.howdah;

import dev.howdah.internal.tables.CopyCore;
import dev.howdah.query.CopyOut;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One copy for one subscriber, begun when something is asked for. */
final class ByteSubscription extends Delivery<ByteBuffer> {
  private final CopyCore copies;
  private final CopyOut copy;

  private volatile @Nullable Arrived arrived;

  private boolean begun;
  private boolean over;

  /** Bytes, and who waits to hear that they have been taken. */
  private record Arrived(ByteBuffer bytes, MonoSink<Void> waiting) {}

  ByteSubscription(
      CopyCore copies,
      CopyOut copy,
      Executor executor,
      Flow.Subscriber<? super ByteBuffer> subscriber) {
    super("chunk", executor, subscriber);
    this.copies = copies;
    this.copy = copy;
  }

  @Override
  void turn() {
    if (over) {
      return;
    }
    boolean ended = begun && !isWaiting();
    if (!begun && demand() > 0 && !isStopped()) {
      start();
    }
    if (!isStopped()) {
      give();
    }
    if (isStopped() || (ended && arrived == null)) {
      over = true;
      arrived = null;
      Throwable problem = failure();
      stop();
      tell(problem);
    }
  }

  private void start() {
    begun = true;
    try {
      hold(Handoff.of(copies.out(copy, this::arrive), executor(), rows -> rows), rows -> {});
    } catch (RuntimeException refused) {
      fail(refused);
    }
  }

  private Mono<Void> arrive(ByteBuffer bytes) {
    return Mono.create(
        waiting -> {
          arrived = new Arrived(bytes, waiting);
          wake();
        });
  }

  private void give() {
    Arrived now = arrived;
    if (now == null || demand() == 0) {
      return;
    }
    arrived = null;
    given(1);
    try {
      handOn(now.bytes());
      now.waiting().success();
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }
}
