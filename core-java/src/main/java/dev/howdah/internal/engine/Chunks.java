package dev.howdah.internal.engine;

import java.nio.ByteBuffer;
import reactor.core.publisher.Mono;

/** The bytes of a copy, made by the caller's code, which never runs on an event loop. */
public interface Chunks {
  /**
   * The next bytes, empty at the end; asked for when the ones before have been copied: their buffer
   * may be used again.
   */
  Mono<ByteBuffer> next();
}
