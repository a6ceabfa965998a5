package dev.howdah.internal.driver;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.internal.type.Codecs;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.Notification;
import dev.howdah.observe.ParameterDisplay;
import dev.howdah.observe.PoolStatus;
import io.netty.channel.EventLoopGroup;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.pool.PoolShutdownException;
import reactor.pool.PooledRefMetadata;

/**
 * r2dbc-pool behind our own names.
 *
 * <p>All its timeouts are switched off: they run on Reactor's shared threads and one that fires
 * during a validation gives the bad connection back. Ours run on the database's own event loops.
 * Connections spread over those loops instead of landing on one (no co-location).
 */
final class ConnectionPool implements Driver {
  private static final System.Logger LOG = System.getLogger("dev.howdah.pool");
  private static final Command VALIDATE = Command.of("SELECT 1");

  private final DatabaseOptions options;
  private final Codecs codecs;
  private final EventLoopGroup loops;
  private final Scheduler timer;
  private final ConnectionSource source;
  private final io.r2dbc.pool.ConnectionPool pool;
  private final PoolMetrics metrics;
  private final Set<Connection> leaving = new HashSet<>();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

  private enum Phase {
    OPEN,
    CLOSING,
    CLOSED
  }

  ConnectionPool(DatabaseOptions options) {
    this.options = options;
    this.codecs = Codecs.of(options.codecs());
    LoopResources resources =
        LoopResources.create("howdah", 1, options.eventLoopThreads(), true, /* colocate= */ false);
    this.loops = resources.onClient(LoopResources.DEFAULT_NATIVE);
    this.timer = Schedulers.fromExecutorService(loops, "howdah-timer");
    this.source = new ConnectionSource(options, resources, timer);
    this.pool = new io.r2dbc.pool.ConnectionPool(configuration(options.pool()));
    this.metrics = pool.getMetrics().orElseThrow();
    Duration threshold = options.pool().leakDetectionThreshold();
    if (threshold != null) {
      LeakWatch.start(source, threshold, timer);
    }
  }

  private ConnectionPoolConfiguration configuration(PoolOptions pool) {
    Duration never = Duration.ofMillis(-1);
    return ConnectionPoolConfiguration.builder(source)
        .initialSize(0)
        .minIdle(pool.minSize())
        .maxSize(pool.maxSize())
        .maxIdleTime(never)
        .maxLifeTime(never)
        .maxAcquireTime(never)
        .maxCreateConnectionTime(never)
        .maxValidationTime(never)
        .backgroundEvictionInterval(Duration.ZERO)
        .acquireRetry(0)
        .validationDepth(ValidationDepth.LOCAL)
        .allocatorSubscribeOn(Schedulers.immediate())
        .customizer(
            builder ->
                builder
                    .acquisitionScheduler(Schedulers.immediate())
                    // The one used last first, so that a pool that is too large can shrink.
                    .idleResourceReuseMruOrder()
                    .evictInBackground(evictionInterval(pool), timer)
                    .evictionPredicate(this::isWornOut)
                    .destroyHandler(this::destroyed))
        .build();
  }

  /** The user's own, for values. */
  Codecs codecs() {
    return codecs;
  }

  private static Duration evictionInterval(PoolOptions pool) {
    Duration shortest =
        pool.idleTimeout().compareTo(pool.maxAge()) < 0 ? pool.idleTimeout() : pool.maxAge();
    Duration half = shortest.dividedBy(2);
    return half.compareTo(Duration.ofSeconds(30)) < 0 ? half : Duration.ofSeconds(30);
  }

  private boolean isWornOut(Connection connection, PooledRefMetadata metadata) {
    return !R2dbcConnection.isConnected((PostgresqlConnection) connection)
        || isSuperfluous(connection, metadata)
        || metadata.acquireCount() >= options.pool().maxUses()
        || source.isExpired(connection, metadata.lifeTime());
  }

  /** Idle for long, and more than the smallest number would still be there without it. */
  private boolean isSuperfluous(Connection connection, PooledRefMetadata metadata) {
    if (metadata.idleTime() < options.pool().idleTimeout().toMillis()) {
      return false;
    }
    synchronized (leaving) {
      // Those that were told to go are counted by the pool until their sockets are closed.
      if (metrics.allocatedSize() - leaving.size() <= options.pool().minSize()) {
        return false;
      }
      leaving.add(connection);
      return true;
    }
  }

  private Publisher<Void> destroyed(Connection connection) {
    return Mono.from(closed(connection))
        .doFinally(
            end -> {
              synchronized (leaving) {
                leaving.remove(connection);
              }
            });
  }

  private Publisher<Void> closed(Connection connection) {
    return source.close((PostgresqlConnection) connection);
  }

  @Override
  public Mono<DriverConnection> acquire() {
    return new Acquire(this, options.pool().acquireTimeout());
  }

  /** Without a time limit; the subscriber owns what arrives. */
  Mono<R2dbcConnection> borrow() {
    return pool.create().map(this::held).onErrorMap(PoolShutdownException.class, e -> closed());
  }

  private R2dbcConnection held(Connection pooled) {
    PostgresqlConnection connection = (PostgresqlConnection) ((Wrapped<?>) pooled).unwrap();
    return new R2dbcConnection(source.physical(connection), pooled, this);
  }

  /** Whether the pool found out by itself that the connection it was to hand out has gone. */
  static boolean isDead(Throwable failure) {
    return failure instanceof R2dbcNonTransientResourceException
        && "Connection validation failed".equals(failure.getMessage());
  }

  /**
   * Asks a connection that has been idle for long whether the server is still there: a firewall may
   * have dropped it without a word. Completes at once for one that was used lately.
   */
  Mono<Void> validated(R2dbcConnection connection) {
    Duration idle = connection.idle();
    return idle.compareTo(options.pool().validateAfterIdle()) < 0
        ? Mono.empty()
        : connection.run(VALIDATE).then().timeout(options.timeouts().connect(), timer);
  }

  @Override
  public boolean isOpen() {
    return phase.get() == Phase.OPEN;
  }

  DatabaseClosed closed() {
    return new DatabaseClosed(
        phase.get() == Phase.CLOSED ? "the database is closed" : "the database is closing");
  }

  ParameterDisplay parameterDisplay() {
    return options.parameterDisplay();
  }

  Duration cancelLimit() {
    return options.timeouts().cancel();
  }

  @Override
  public Mono<Void> warmUp() {
    return pool.warmup().then();
  }

  @Override
  public Mono<ListenConnection> listener(Consumer<Notification> ear) {
    return Mono.defer(() -> isOpen() ? source.create() : Mono.error(closed()))
        .map(
            connection ->
                new R2dbcListenConnection(
                    source.physical(connection), source, options.timeouts().connect(), timer, ear));
  }

  @Override
  public PoolStatus status() {
    if (phase.get() == Phase.CLOSED) {
      return new PoolStatus(0, 0, 0, 0, options.pool().maxSize());
    }
    return new PoolStatus(
        metrics.allocatedSize(),
        metrics.idleSize(),
        metrics.acquiredSize(),
        metrics.pendingAcquireSize(),
        options.pool().maxSize());
  }

  @Override
  public PoolTimeout timedOut(PoolStatus figures) {
    String longest =
        borrowed().stream().findFirst().map(held -> "; longest held: " + held).orElse("");
    return new PoolTimeout(
        "no connection became free within "
            + options.pool().acquireTimeout().toMillis()
            + " ms (pool: "
            + figures
            + "); hold connections for a shorter time, or raise maxSize or acquireTimeout"
            + longest);
  }

  @Override
  public List<BorrowedConnection> borrowed() {
    return source.borrowed();
  }

  @Override
  public void expire() {
    source.expire();
  }

  @Override
  public Scheduler timer() {
    return timer;
  }

  @Override
  public Mono<Void> close(Duration limit) {
    return Mono.defer(
        () -> {
          if (!phase.compareAndSet(Phase.OPEN, Phase.CLOSING)) {
            return Mono.empty();
          }
          return until(() -> metrics.acquiredSize() == 0)
              .timeout(limit, timer)
              .onErrorResume(TimeoutException.class, late -> abandon(limit))
              .then(pool.disposeLater().timeout(limit, timer).onErrorComplete())
              .then(until(() -> !source.isOpening()).timeout(limit, timer).onErrorComplete())
              .then(source.closeAll())
              .doFinally(end -> phase.set(Phase.CLOSED))
              .then(loopsEnded(limit));
        });
  }

  /** The time is over: what is still borrowed will be closed under its borrower. */
  private Mono<Void> abandon(Duration limit) {
    return Mono.fromRunnable(
        () ->
            LOG.log(
                System.Logger.Level.WARNING,
                "the database closes, and after "
                    + limit.toMillis()
                    + " ms these are still borrowed; they are closed now: "
                    + source.borrowed()));
  }

  /** Not by the resources' own disposal: that one times itself on Reactor's shared threads. */
  private Mono<Void> loopsEnded(Duration limit) {
    return Mono.create(
        caller -> {
          loops
              .shutdownGracefully(0, limit.toMillis(), TimeUnit.MILLISECONDS)
              .addListener(end -> caller.success());
        });
  }

  /** Looks again every few milliseconds: closing is rare, the hot path need not count for it. */
  private Mono<Void> until(BooleanSupplier quiet) {
    return Mono.defer(
        () ->
            quiet.getAsBoolean()
                ? Mono.<Void>empty()
                : Mono.delay(Duration.ofMillis(5), timer).then(until(quiet)));
  }
}
