package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** How a database behaves once it is connected; {@link DatabaseOptions} says what each means. */
record Behaviour(
    int statementCacheSize,
    boolean poolerMode,
    boolean echo,
    @Nullable Duration slowQueryThreshold,
    ParameterDisplay parameterDisplay,
    Duration startRetry,
    @Nullable Executor completionExecutor,
    List<DatabaseListener> listeners,
    int eventLoopThreads) {

  Behaviour {
    Objects.requireNonNull(parameterDisplay, "parameterDisplay");
    Durations.zeroOrMore("startRetry", startRetry);
    if (slowQueryThreshold != null) {
      Durations.positive("slowQueryThreshold", slowQueryThreshold);
    }
    if (statementCacheSize < 0) {
      throw new InvalidOption(
          "statementCacheSize must be 0 (no cache) or more, but is " + statementCacheSize);
    }
    if (eventLoopThreads < 1) {
      throw new InvalidOption("eventLoopThreads must be 1 or more, but is " + eventLoopThreads);
    }
  }

  static Behaviour defaults() {
    return new Behaviour(
        256,
        false,
        false,
        null,
        ParameterDisplay.HIDDEN,
        Duration.ZERO,
        null,
        List.of(),
        Runtime.getRuntime().availableProcessors());
  }

  Behaviour withStatementCacheSize(int size) {
    return new Behaviour(
        size,
        poolerMode,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withPoolerMode(boolean on) {
    return new Behaviour(
        statementCacheSize,
        on,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withEcho(boolean on) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        on,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withSlowQueryThreshold(@Nullable Duration threshold) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        threshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withParameterDisplay(ParameterDisplay display) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        slowQueryThreshold,
        display,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withStartRetry(Duration bound) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        bound,
        completionExecutor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withCompletionExecutor(@Nullable Executor executor) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        executor,
        listeners,
        eventLoopThreads);
  }

  Behaviour withListener(DatabaseListener listener) {
    List<DatabaseListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        List.copyOf(more),
        eventLoopThreads);
  }

  Behaviour withEventLoopThreads(int threads) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        slowQueryThreshold,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        threads);
  }

  /** Returns the options under the names the builder gives them, without a name of their group. */
  @Override
  public String toString() {
    return "statementCacheSize="
        + (poolerMode ? 0 : statementCacheSize)
        + ", poolerMode="
        + poolerMode
        + ", echo="
        + echo
        + ", slowQueryThreshold="
        + (slowQueryThreshold == null ? "none" : slowQueryThreshold)
        + ", parameterDisplay="
        + parameterDisplay
        + ", startRetry="
        + startRetry
        + ", completionExecutor="
        + (completionExecutor == null ? "default" : completionExecutor)
        + ", listeners="
        + listeners
        + ", eventLoopThreads="
        + eventLoopThreads;
  }
}
