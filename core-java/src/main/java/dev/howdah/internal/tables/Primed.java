package dev.howdah.internal.tables;

import dev.howdah.internal.engine.Chunks;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Chunks of which the first has been pulled already. */
final class Primed implements Chunks {
  private final Chunks chunks;
  private @Nullable ByteBuffer first;
  private final boolean empty;

  private Primed(Chunks chunks, @Nullable ByteBuffer first) {
    this.chunks = chunks;
    this.first = first;
    this.empty = first == null;
  }

  /** Pulls the first one; fails as that does. */
  static Mono<Chunks> of(Chunks chunks) {
    return chunks
        .next()
        .map(Optional::of)
        .defaultIfEmpty(Optional.empty())
        .map(first -> new Primed(chunks, first.orElse(null)));
  }

  @Override
  public Mono<ByteBuffer> next() {
    ByteBuffer now = first;
    first = null;
    return now != null ? Mono.just(now) : empty ? Mono.empty() : chunks.next();
  }
}
