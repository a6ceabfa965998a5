package dev.howdah.internal.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands over together what comes together. The answers of a merged statement come all at once, and
 * a thread for each costs more than what most of them then do.
 *
 * <p>One thread runs one task after the other, while the next thread is already asked for: a task
 * that blocks holds up none of the others, which that one then goes on with. It asks for the one
 * after it, and so on: as many threads come as tasks block.
 */
final class Relay implements Executor {
  /** Then a thread makes room for whatever else its executor has to run. */
  private static final int MOST_AT_ONCE = 64;

  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Whether a thread has been asked for that has not come yet. */
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * Has nothing to do yet.
   *
   * @param threads must run each task it is given beside the others, however many of them block
   */
  Relay(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    try {
      ask();
    } catch (RuntimeException | Error none) {
      if (tasks.remove(task)) { // or another thread runs it
        throw none;
      }
    }
  }

  private void ask() {
    if (!asked.compareAndSet(false, true)) {
      return;
    }
    try {
      threads.execute(this::work);
    } catch (RuntimeException | Error none) {
      asked.set(false); // or nobody would ask again
      throw none;
    }
  }

  private void work() {
    // Before the first look: whatever is added from now on asks for another one.
    asked.set(false);
    for (int done = 0; done < MOST_AT_ONCE; done++) {
      Runnable task = tasks.poll();
      if (task == null) {
        return;
      }
      standBy();
      task.run();
      // What one task does to its thread is not for the next one to find.
      Thread.interrupted();
    }
    standBy();
  }

  private void standBy() {
    if (tasks.isEmpty()) {
      return;
    }
    try {
      ask();
    } catch (RuntimeException | Error none) {
      // The task that was taken must run all the same; this thread, or the next answer, goes on.
    }
  }
}
