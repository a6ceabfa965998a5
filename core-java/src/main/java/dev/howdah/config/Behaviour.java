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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a database behaves once it is connected; {@link DatabaseOptions} says what each means. */
record Behaviour(
    int statementCacheSize,
    boolean poolerMode,
    boolean merging,
    boolean echo,
    @Nullable Duration slowQueryThreshold,
    ParameterDisplay parameterDisplay,
    Duration startRetry,
    @Nullable Executor completionExecutor,
    List<DatabaseListener> listeners,
    int eventLoopThreads,
    List<Codec<?>> codecs) {

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
        true,
        false,
        null,
        ParameterDisplay.HIDDEN,
        Duration.ZERO,
        null,
        List.of(),
        Runtime.getRuntime().availableProcessors(),
        List.of());
  }

  Behaviour withStatementCacheSize(int size) {
    return changed(draft -> draft.statementCacheSize = size);
  }

  Behaviour withPoolerMode(boolean on) {
    return changed(draft -> draft.poolerMode = on);
  }

  Behaviour withMerging(boolean on) {
    return changed(draft -> draft.merging = on);
  }

  Behaviour withEcho(boolean on) {
    return changed(draft -> draft.echo = on);
  }

  Behaviour withSlowQueryThreshold(@Nullable Duration threshold) {
    return changed(draft -> draft.slowQueryThreshold = threshold);
  }

  Behaviour withParameterDisplay(ParameterDisplay display) {
    return changed(draft -> draft.parameterDisplay = display);
  }

  Behaviour withStartRetry(Duration bound) {
    return changed(draft -> draft.startRetry = bound);
  }

  Behaviour withCompletionExecutor(@Nullable Executor executor) {
    return changed(draft -> draft.completionExecutor = executor);
  }

  Behaviour withListener(DatabaseListener listener) {
    return changed(draft -> draft.listeners.add(Objects.requireNonNull(listener, "listener")));
  }

  Behaviour withEventLoopThreads(int threads) {
    return changed(draft -> draft.eventLoopThreads = threads);
  }

  Behaviour withCodec(Codec<?> codec) {
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
    return changed(draft -> draft.codecs.add(codec));
  }

  private Behaviour changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** The options while one of them changes, so that each stands in one copy only. */
  private static final class Draft {
    private int statementCacheSize;
    private boolean poolerMode;
    private boolean merging;
    private boolean echo;
    private @Nullable Duration slowQueryThreshold;
    private ParameterDisplay parameterDisplay;
    private Duration startRetry;
    private @Nullable Executor completionExecutor;
    private List<DatabaseListener> listeners;
    private int eventLoopThreads;
    private List<Codec<?>> codecs;

    Draft(Behaviour from) {
      this.statementCacheSize = from.statementCacheSize;
      this.poolerMode = from.poolerMode;
      this.merging = from.merging;
      this.echo = from.echo;
      this.slowQueryThreshold = from.slowQueryThreshold;
      this.parameterDisplay = from.parameterDisplay;
      this.startRetry = from.startRetry;
      this.completionExecutor = from.completionExecutor;
      this.listeners = new ArrayList<>(from.listeners);
      this.eventLoopThreads = from.eventLoopThreads;
      this.codecs = new ArrayList<>(from.codecs);
    }

    Behaviour done() {
      return new Behaviour(
          statementCacheSize,
          poolerMode,
          merging,
          echo,
          slowQueryThreshold,
          parameterDisplay,
          startRetry,
          completionExecutor,
          List.copyOf(listeners),
          eventLoopThreads,
          List.copyOf(codecs));
    }
  }

  /** Returns the options under the names the builder gives them, without a name of their group. */
  @Override
  public String toString() {
    return "statementCacheSize="
        + (poolerMode ? 0 : statementCacheSize)
        + ", poolerMode="
        + poolerMode
        + ", merging="
        + merging
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
        + eventLoopThreads
        + ", codecs="
        + codecs;
  }
}
