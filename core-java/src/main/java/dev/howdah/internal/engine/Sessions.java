package dev.howdah.internal.engine;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.engine.Hooks.Hook;
import dev.howdah.internal.type.TypeCatalog;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How a connection is made ready for its borrower and clean behind it. */
final class Sessions {
  private static final System.Logger LOG = System.getLogger("dev.howdah.pool");

  private final Hooks hooks;
  private final Watch watch;
  private final TypeCatalog types;
  private final boolean poolerMode;
  private final Duration acquireTimeout;
  private final Duration cleaningLimit;
  private final Scheduler timer;

  Sessions(DatabaseOptions options, Hooks hooks, Watch watch, Scheduler timer, TypeCatalog types) {
    this.hooks = hooks;
    this.watch = watch;
    this.types = types;
    this.poolerMode = options.poolerMode();
    this.acquireTimeout = options.pool().acquireTimeout();
    this.cleaningLimit = options.timeouts().cancel();
    this.timer = timer;
  }

  /** Connections that are ready. Each subscriber owns what it gets. */
  Mono<HeldConnection> of(Driver driver) {
    Mono<HeldConnection> bare =
        driver.acquire().map(connection -> new HeldConnection(connection, this));
    return hooks.init() == null && hooks.setup() == null
        ? bare
        : Borrow.keeping(bare, held -> prepare(held).thenReturn(held));
  }

  private Mono<Void> prepare(HeldConnection held) {
    Hook init = held.isPrepared() ? null : hooks.init();
    Mono<Void> ready =
        hook("init", init, held)
            .then(Mono.fromRunnable(held::prepared))
            .then(Mono.defer(() -> hook("setup", hooks.setup(), held)));
    return ready
        .timeout(
            acquireTimeout,
            Mono.error(
                () ->
                    new PoolTimeout(
                        "the pool's init and setup hooks took longer than the acquireTimeout of "
                            + acquireTimeout.toMillis()
                            + " ms")),
            timer)
        .doOnError(failure -> held.discard());
  }

  private Mono<Void> hook(String name, @Nullable Hook hook, HeldConnection held) {
    if (hook == null) {
      return Mono.empty();
    }
    LeasedEngine lease = LeasedEngine.lent(held, watch);
    return Mono.defer(() -> hook.apply(lease))
        .then(Mono.defer(lease::giveBack))
        .then(Mono.fromRunnable(() -> refuseOpenTransaction(name, held)));
  }

  private static void refuseOpenTransaction(String name, HeldConnection held) {
    if (held.inTransaction() || held.beginning().isWaiting()) {
      throw new TransactionState(
          "the pool's " + name + " hook left a transaction open on connection " + held.label());
    }
  }

  /** What is known of this database's own types. */
  TypeCatalog types() {
    return types;
  }

  /** Whether giving back needs a step of the user's. */
  boolean hasReset() {
    return hooks.reset() != null;
  }

  /** The user's own step, then ours; fails when the connection cannot go back. */
  Mono<Void> clean(HeldConnection held) {
    return hook("reset", hooks.reset(), held)
        .doOnError(
            failure ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "the pool's reset hook failed, connection " + held.label() + " is closed",
                    failure))
        .then(Mono.defer(() -> held.wipe(!poolerMode)))
        .transform(this::limited);
  }

  /** The same work, which fails when it takes longer than clearing up may take. */
  Mono<Void> limited(Mono<Void> clearingUp) {
    return clearingUp.timeout(
        cleaningLimit,
        Mono.error(
            () ->
                new QueryTimeout(
                    "clearing up behind a borrower took longer than the cancel timeout of "
                        + cleaningLimit.toMillis()
                        + " ms, the connection is closed")),
        timer);
  }
}
