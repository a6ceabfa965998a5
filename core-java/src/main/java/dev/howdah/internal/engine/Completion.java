package dev.howdah.internal.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Where futures complete, and where a user's listeners run, when the options do not say. */
public final class Completion {
  private static final Executor DEFAULT = virtualThreadsOrCommonPool();

  private Completion() {}

  /** What the options chose; else virtual threads where the JVM has them, else the common pool. */
  public static Executor executor(@Nullable Executor chosen) {
    return chosen == null ? new Relay(DEFAULT) : chosen;
  }

  /**
   * Runs a listener's code, which may block for long. A common pool of few threads would have none
   * left for anybody else: it is asked for another one meanwhile.
   */
  public static void mayBlock(Runnable work) {
    Working working = new Working(work);
    try {
      ForkJoinPool.managedBlock(working);
    } catch (RejectedExecutionException noMoreThreads) {
      working.runOnce();
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Working implements ForkJoinPool.ManagedBlocker {
    private final Runnable work;
    private boolean done;

    Working(Runnable work) {
      this.work = work;
    }

    @Override
    public boolean block() {
      runOnce();
      return true;
    }

    void runOnce() {
      if (!done) {
        done = true;
        work.run();
      }
    }

    @Override
    public boolean isReleasable() {
      return done;
    }
  }

  /** By reflection: the code is compiled for 17, virtual threads came with 21. */
  private static Executor virtualThreadsOrCommonPool() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException older) {
      return ForkJoinPool.commonPool();
    }
  }
}
