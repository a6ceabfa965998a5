package dev.howdah.internal.engine;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.driver.Drivers;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.SlowQueryLog;
import dev.howdah.observe.SqlEcho;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where engines come from. */
public final class Engines {
  private Engines() {}

  /** An engine that connects when it is first used. Options are resolved here. */
  public static Engine.Pool open(DatabaseOptions options) {
    return open(options, Hooks.NONE);
  }

  /** An engine that connects when it is first used, with a user's own steps. */
  public static Engine.Pool open(DatabaseOptions options, Hooks hooks) {
    DatabaseOptions resolved = options.resolve();
    Driver driver = Drivers.open(resolved);
    Watch watch =
        new Watch(
            listeners(resolved),
            resolved.timeouts().query(),
            driver.timer(),
            Completion.executor(resolved.completionExecutor()));
    return new PooledEngine(resolved, driver, watch, hooks);
  }

  /** An engine whose database has answered; nothing stays open when it does not. */
  public static Mono<Engine.Pool> connect(DatabaseOptions options) {
    return connect(options, Hooks.NONE);
  }

  /** As {@link #connect(DatabaseOptions)}, with a user's own steps. */
  public static Mono<Engine.Pool> connect(DatabaseOptions options, Hooks hooks) {
    return Mono.defer(
        () -> {
          Engine.Pool engine = open(options, hooks);
          return engine
              .warmUp()
              .thenReturn(engine)
              .onErrorResume(failure -> engine.close().then(Mono.<Engine.Pool>error(failure)))
              .doOnCancel(() -> engine.close().subscribe());
        });
  }

  private static List<DatabaseListener> listeners(DatabaseOptions options) {
    List<DatabaseListener> listeners = new ArrayList<>(options.listeners());
    if (options.echo()) {
      listeners.add(new SqlEcho(System.out::println, options.parameterDisplay()));
    }
    Duration slow = options.slowQueryThreshold();
    if (slow != null) {
      listeners.add(SlowQueryLog.warning(slow, options.parameterDisplay()));
    }
    return listeners;
  }
}
