package dev.howdah.internal.engine;

import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Where the rows of arguments for a batch come from: the caller's own code, which never runs on an
 * event loop. Asked for the next portion only when the one before has come.
 */
public interface Elements {
  /**
   * The next ones, in order.
   *
   * @param most at most so many; fewer, or none, when that was the end
   */
  Mono<List<?>> next(int most);

  /** No more are wanted. */
  default void stop() {}
}
