package dev.howdah.internal.engine;

import dev.howdah.error.ServerReport;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * Brings notices from the event loop to a user's listener: one at a time, in order, and ahead of
 * the end of the statement they belong to.
 */
final class NoticeRelay implements Consumer<ServerReport> {
  private static final System.Logger LOG = System.getLogger("dev.howdah");

  private final Consumer<? super ServerReport> listener;
  private final Executor executor;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();

  /**
   * A relay.
   *
   * @param executor runs the listener
   */
  NoticeRelay(Consumer<? super ServerReport> listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  @Override
  public void accept(ServerReport notice) {
    add(() -> tell(notice));
  }

  /** The same work, which ends when the listener has heard all that came during it. */
  <T> Mono<T> before(Mono<T> work) {
    return work.onErrorResume(failure -> drained().then(Mono.error(failure)))
        .flatMap(answer -> drained().thenReturn(answer))
        .switchIfEmpty(Mono.defer(() -> drained().then(Mono.empty())));
  }

  private Mono<Void> drained() {
    return Mono.create(
        caller -> {
          if (queued.get() == 0) {
            caller.success();
          } else {
            add(caller::success);
          }
        });
  }

  private void add(Runnable task) {
    queue.add(task);
    if (queued.getAndIncrement() == 0) {
      try {
        executor.execute(() -> Completion.mayBlock(this::drain));
      } catch (RejectedExecutionException shutDown) {
        // Whoever waits for the statement must hear of its end even when the executor has gone.
        drain();
      }
    }
  }

  private void drain() {
    do {
      Runnable next = queue.poll();
      if (next != null) {
        next.run();
      }
    } while (queued.decrementAndGet() > 0);
  }

  private void tell(ServerReport notice) {
    try {
      listener.accept(notice);
    } catch (RuntimeException | Error thrown) {
      LOG.log(System.Logger.Level.WARNING, "a notice listener threw", thrown);
    }
  }
}
