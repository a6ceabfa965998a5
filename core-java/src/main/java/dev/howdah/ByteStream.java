package dev.howdah;

import dev.howdah.internal.tables.CopyCore;
import dev.howdah.query.CopyOut;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/** A copy's bytes for whoever subscribes: each subscription is a copy. */
final class ByteStream implements Flow.Publisher<ByteBuffer> {
  private final CopyCore copies;
  private final CopyOut copy;
  private final Executor executor;

  ByteStream(CopyCore copies, CopyOut copy, Executor executor) {
    this.copies = copies;
    this.copy = copy;
    this.executor = executor;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    subscriber.onSubscribe(new ByteSubscription(copies, copy, executor, subscriber));
  }
}
