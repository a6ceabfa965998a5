package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.row.Codec;
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
    ParameterDisplay parameterDisplay,
    Duration startRetry,
    @Nullable Executor completionExecutor,
    List<DatabaseListener> listeners,
    int eventLoopThreads,
    List<Codec<?>> codecs) {

  Behaviour {
    Objects.requireNonNull(parameterDisplay, "parameterDisplay");
    Durations.zeroOrMore("startRetry", startRetry);
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
        ParameterDisplay.HIDDEN,
        Duration.ZERO,
        null,
        List.of(),
        Runtime.getRuntime().availableProcessors(),
        List.of());
  }

  Behaviour withStatementCacheSize(int size) {
    return new Behaviour(
        size,
        poolerMode,
        echo,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withPoolerMode(boolean on) {
    return new Behaviour(
        statementCacheSize,
        on,
        echo,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withEcho(boolean on) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        on,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withParameterDisplay(ParameterDisplay display) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        display,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withStartRetry(Duration bound) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        parameterDisplay,
        bound,
        completionExecutor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withCompletionExecutor(@Nullable Executor executor) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        parameterDisplay,
        startRetry,
        executor,
        listeners,
        eventLoopThreads,
        codecs);
  }

  Behaviour withListener(DatabaseListener listener) {
    List<DatabaseListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        parameterDisplay,
        startRetry,
        completionExecutor,
        List.copyOf(more),
        eventLoopThreads,
        codecs);
  }

  Behaviour withEventLoopThreads(int threads) {
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        threads,
        codecs);
  }

  Behaviour withCodec(Codec<?> codec) {
    List<Codec<?>> more = new ArrayList<>(codecs);
    more.add(codec);
    for (Codec<?> other : codecs) {
      if (codec.reads()
          && other.reads()
          && Objects.equals(codec.postgresType(), other.postgresType())) {
        throw new InvalidOption(
            "there are two codecs for results of the type " + codec.postgresType() + ": keep one");
      }
      if (codec.writes() && other.writes() && codec.javaType() == other.javaType()) {
        throw new InvalidOption(
            "there are two codecs for arguments of "
                + codec.javaType().getName()
                + ": keep one, or make the other Codec.reading");
      }
    }
    return new Behaviour(
        statementCacheSize,
        poolerMode,
        echo,
        parameterDisplay,
        startRetry,
        completionExecutor,
        listeners,
        eventLoopThreads,
        List.copyOf(more));
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
        + ", parameterDisplay="
        + parameterDisplay
        + ", startRetry="
        + startRetry
        + ", completionExecutor="
        + (completionExecutor == null ? "default" : completionExecutor)
        + ", listeners="
        + listeners
        + ", eventLoopThreads="
        + eventLoopThreads
        + ", codecs="
        + codecs;
  }
}
