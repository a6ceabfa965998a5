package dev.howdah;

import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Hooks;
import dev.howdah.internal.engine.Hooks.Hook;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program's own steps in the life of a pool's connections; an immutable value.
 *
 * <p>A hook is given the connection for the time until its future completes, on the completion
 * executor; after that its handle is dead. It must not leave a transaction open. {@code init} and
 * {@code setup} together may take the pool's {@code acquireTimeout}; one that fails closes the
 * connection, and its failure is that of the call that wanted the connection. {@code reset} may
 * take {@code timeouts.cancel}; one that fails is logged and closes the connection, and the
 * borrower never hears of it.
 *
 * <p>Where a server setting will do ({@code options.withSetting(…)}), prefer it: it costs nothing.
 */
public final class ConnectionHooks {
  private static final ConnectionHooks NONE = new ConnectionHooks(null, null, null);

  /** One step. */
  private interface Step extends Function<Connection, @Nullable CompletionStage<?>> {}

  private final @Nullable Step init;
  private final @Nullable Step setup;
  private final @Nullable Step reset;

  private ConnectionHooks(@Nullable Step init, @Nullable Step setup, @Nullable Step reset) {
    this.init = init;
    this.setup = setup;
    this.reset = reset;
  }

  /** No hook. */
  public static ConnectionHooks none() {
    return NONE;
  }

  /**
   * These hooks, with one that makes a session ready: it runs before the first use of a new
   * connection, and again before the first use after its session was wiped, because a borrower had
   * left settings or the like. What it sets lasts from borrower to borrower.
   */
  public ConnectionHooks withInit(Function<Connection, ? extends CompletionStage<?>> hook) {
    return new ConnectionHooks(step("withInit", hook), setup, reset);
  }

  /** These hooks, with one that runs before each borrower gets a connection. */
  public ConnectionHooks withSetup(Function<Connection, ? extends CompletionStage<?>> hook) {
    return new ConnectionHooks(init, step("withSetup", hook), reset);
  }

  /**
   * These hooks, with one that runs when a borrower gives a connection back, before the library's
   * own cleaning.
   */
  public ConnectionHooks withReset(Function<Connection, ? extends CompletionStage<?>> hook) {
    return new ConnectionHooks(init, setup, step("withReset", hook));
  }

  private static Step step(String verb, Function<Connection, ? extends CompletionStage<?>> hook) {
    Arguments.given(verb, "a hook", hook);
    return hook::apply;
  }

  Hooks on(Executor executor) {
    return new Hooks(hook(init, executor), hook(setup, executor), hook(reset, executor));
  }

  private static @Nullable Hook hook(@Nullable Step step, Executor executor) {
    return step == null
        ? null
        : lease -> Bracket.step(() -> step.apply(connection(lease, executor)), executor);
  }

  private static Connection connection(Engine.Lease lease, Executor executor) {
    return new Connection(lease, executor);
  }
}
