package dev.howdah;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** Where futures complete when the options do not say. */
final class Completion {
  private static final Executor DEFAULT = virtualThreadsOrCommonPool();

  private Completion() {}

  static Executor executor(@Nullable Executor chosen) {
    return chosen == null ? DEFAULT : chosen;
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
