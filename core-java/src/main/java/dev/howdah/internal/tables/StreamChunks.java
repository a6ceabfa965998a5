package dev.howdah.internal.tables;

import dev.howdah.internal.engine.Chunks;
import dev.howdah.internal.engine.CopyMeter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What an input stream gives, read where blocking is allowed. */
final class StreamChunks implements Chunks {
  private static final int SIZE = 64 * 1024;

  private final Callable<InputStream> opening;
  private final Scheduler scheduler;
  private final CopyMeter meter;
  private byte @Nullable [] buffer;
  private @Nullable InputStream stream;
  private boolean closed;

  /**
   * A stream that is opened when it is first read.
   *
   * @param opening opens it, or gives the one that is open
   * @param scheduler where it is opened and read
   */
  StreamChunks(Callable<InputStream> opening, Scheduler scheduler, CopyMeter meter) {
    this.opening = opening;
    this.scheduler = scheduler;
    this.meter = meter;
  }

  @Override
  public Mono<ByteBuffer> next() {
    return Mono.fromCallable(this::read).subscribeOn(scheduler);
  }

  private @Nullable ByteBuffer read() throws Exception {
    byte[] bytes = buffer;
    if (bytes == null) {
      bytes = new byte[SIZE];
      buffer = bytes;
    }
    int count = stream().readNBytes(bytes, 0, SIZE);
    meter.count(count, 0);
    return count == 0 ? null : ByteBuffer.wrap(bytes, 0, count);
  }

  private synchronized InputStream stream() throws Exception {
    InputStream now = stream;
    if (now == null) {
      if (closed) {
        throw new ClosedChannelException();
      }
      now = opening.call();
      stream = now;
    }
    return now;
  }

  /** Closes what was opened. Never fails: nothing that was read depends on it. */
  void close() {
    InputStream now;
    synchronized (this) {
      closed = true;
      now = stream;
    }
    if (now != null) {
      try {
        now.close();
      } catch (IOException unimportant) {
        // It has been read to its end, or is not wanted any more.
      }
    }
  }
}
