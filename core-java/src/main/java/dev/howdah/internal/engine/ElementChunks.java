package dev.howdah.internal.engine;

import dev.howdah.internal.type.Chunk;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Elements of a source as chunks of bytes. Pulled a portion at a time, of the size that the ones
 * before suggest for a chunk; a portion that makes more than one chunk is kept and goes on with the
 * next.
 */
abstract class ElementChunks implements Chunks {
  private static final int LARGEST_PORTION = 4_096;

  private final Elements elements;
  private final Scheduler scheduler;
  private final CopyMeter meter;
  private final Chunk out = new Chunk();

  private List<?> portion = List.of();
  private int at;
  private int size;
  private boolean lastPortion;
  private boolean begun;
  private boolean ended;
  private long index;

  /**
   * Chunks that begin with what is pulled first.
   *
   * @param size how many elements that are
   * @param scheduler where what is left of a portion is written
   */
  ElementChunks(Elements elements, int size, Scheduler scheduler, CopyMeter meter) {
    this.elements = elements;
    this.size = size;
    this.scheduler = scheduler;
    this.meter = meter;
  }

  /** What stands before the first element. */
  abstract void begin(Chunk out);

  /** Writes an element; false when only a part of it went and it is to be asked again. */
  abstract boolean write(@Nullable Object element, long number, Chunk out);

  /** What stands behind the last element. */
  abstract void end(Chunk out);

  /** How many rows an element is. */
  abstract int rows();

  /** As if these had been pulled. */
  final void pulled(List<?> first) {
    portion = first;
    at = 0;
    lastPortion = first.size() < size;
  }

  @Override
  public final Mono<ByteBuffer> next() {
    if (ended) {
      return Mono.empty();
    }
    Mono<Chunk> chunk =
        at < portion.size() || lastPortion
            ? Mono.fromCallable(this::filled).subscribeOn(scheduler)
            : elements.next(size).doOnNext(this::pulled).map(pulled -> filled());
    return chunk.flatMap(
        now -> now.length() == 0 ? Mono.defer(this::next) : Mono.just(now.toBuffer()));
  }

  /** The next chunk; an empty one when the pieces were, or that was the end. */
  private Chunk filled() {
    out.clear();
    if (!begun) {
      begun = true;
      begin(out);
    }
    long before = index;
    while (at < portion.size() && !out.isFull()) {
      if (write(portion.get(at), index, out)) {
        at++;
        index++;
      }
    }
    if (index > before) {
      long each = Math.max(1, out.length() / (index - before));
      size = (int) Math.max(1, Math.min(LARGEST_PORTION, Chunk.SIZE / each));
    }
    if (at == portion.size() && lastPortion) {
      ended = true;
      end(out);
    }
    meter.count(out.length(), (index - before) * rows());
    return out;
  }
}
