package dev.howdah;

import dev.howdah.internal.engine.Completion;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task on an executor whenever there is something to do, never twice at once. So what only
 * the task touches needs no lock.
 */
final class Turns {
  private final Executor executor;
  private final Runnable turn;
  private final AtomicInteger calls = new AtomicInteger();

  Turns(Executor executor, Runnable turn) {
    this.executor = executor;
    this.turn = turn;
  }

  /** There is something to do; from any thread. */
  void wake() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    try {
      executor.execute(() -> Completion.mayBlock(this::run));
    } catch (RejectedExecutionException shutDown) {
      // What is to be done is done even when the executor has gone.
      run();
    }
  }

  private void run() {
    int seen = calls.get();
    while (seen != 0) {
      turn.run();
      seen = calls.addAndGet(-seen);
    }
  }
}
