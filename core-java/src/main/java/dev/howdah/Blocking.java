package dev.howdah;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The only place that waits: {@code close()} for try-with-resources. */
final class Blocking {
  private Blocking() {}

  /** Waits for the end; what went wrong is thrown as it is. */
  static void await(CompletableFuture<?> end) {
    try {
      end.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
