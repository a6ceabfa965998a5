package dev.howdah.internal.driver;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.HostPort;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ServerErrors;
import dev.howdah.observe.BorrowedConnection;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.resources.LoopResources;

/** Opens connections, knows those that stand, and says in our words why one could not be opened. */
final class ConnectionSource implements ConnectionFactory {
  private final DatabaseOptions options;
  private final PostgresqlConnectionFactory factory;
  private final Scheduler timer;
  private final boolean messages = Messages.areWanted();
  private final AtomicInteger opening = new AtomicInteger();
  private final AtomicInteger generation = new AtomicInteger();
  private final Map<Connection, Open> standing = new ConcurrentHashMap<>();

  private record Open(Physical physical, long maxAgeMillis, int generation) {}

  ConnectionSource(DatabaseOptions options, LoopResources loops, Scheduler timer) {
    this.options = options;
    this.factory = new PostgresqlConnectionFactory(R2dbcOptions.of(options, loops));
    this.timer = timer;
  }

  /**
   * Opens a connection. Whoever waits for it may leave; the opening itself runs to its end,
   * counted, and what nobody wants any more is closed.
   */
  @Override
  public Mono<PostgresqlConnection> create() {
    return Mono.create(
        caller -> {
          AtomicBoolean decided = new AtomicBoolean();
          caller.onCancel(() -> decided.set(true));
          opening.incrementAndGet();
          open()
              .doFinally(end -> opening.decrementAndGet())
              .subscribe(
                  connection -> {
                    if (decided.compareAndSet(false, true)) {
                      caller.success(connection);
                    } else {
                      close(connection).subscribe();
                    }
                  },
                  caller::error);
        });
  }

  private Mono<PostgresqlConnection> open() {
    // Read before connecting: one that is expired while it is being opened is expired.
    int age = generation.get();
    return factory
        .create()
        .flatMap(connection -> admit(connection, age))
        .timeout(options.timeouts().connect(), timer)
        .onErrorMap(this::connectFailure)
        .doOnDiscard(PostgresqlConnection.class, lost -> close(lost).subscribe());
  }

  /** Whether a connection is just being opened. */
  boolean isOpening() {
    return opening.get() > 0;
  }

  private Mono<PostgresqlConnection> admit(PostgresqlConnection connection, int age) {
    Scheduler loop = Objects.requireNonNull(((Wrapped<?>) connection).unwrap(Scheduler.class));
    return backendPid(connection)
        .map(
            pid -> {
              // The answer has just come in on it.
              Thread loopThread = Thread.currentThread();
              String label = pid + " (" + where() + ")";
              standing.put(
                  connection,
                  new Open(
                      new Physical(
                          connection,
                          messages ? Messages.of(connection) : null,
                          loop,
                          loopThread,
                          label,
                          options.statementCacheSize()),
                      jitteredAge(),
                      age));
              return connection;
            });
  }

  private static Mono<Integer> backendPid(PostgresqlConnection connection) {
    return connection
        .createStatement("SELECT pg_catalog.pg_backend_pid()")
        .execute()
        .concatMap(result -> result.map((row, metadata) -> (Integer) row.get(0, Object.class)))
        .last();
  }

  /** Some of them younger, so that connections opened together do not end together. */
  private long jitteredAge() {
    long jitter = options.pool().maxAgeJitter().toMillis();
    return options.pool().maxAge().toMillis()
        - (jitter == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitter));
  }

  Physical physical(PostgresqlConnection connection) {
    Open open = standing.get(connection);
    if (open == null) {
      throw new IllegalStateException("the pool gave out a connection that was closed");
    }
    return open.physical();
  }

  /** Whether it has reached its age, or was told to go. */
  boolean isExpired(Connection connection, long ageMillis) {
    Open open = standing.get(connection);
    return open == null || ageMillis >= open.maxAgeMillis() || open.generation < generation.get();
  }

  /** All that stand now are expired. */
  void expire() {
    generation.incrementAndGet();
  }

  /** The connections that stand now. */
  Stream<Physical> standing() {
    return standing.values().stream().map(Open::physical);
  }

  /** Those that are borrowed now, the longest first. */
  List<BorrowedConnection> borrowed() {
    return standing()
        .map(Physical::report)
        .flatMap(Stream::ofNullable)
        .sorted(Comparator.comparing(BorrowedConnection::held).reversed())
        .toList();
  }

  Mono<Void> close(PostgresqlConnection connection) {
    standing.remove(connection);
    return connection.close().timeout(options.timeouts().cancel(), timer).onErrorComplete();
  }

  Mono<Void> closeAll() {
    return Flux.defer(() -> Flux.fromIterable(List.copyOf(standing.values())))
        .flatMap(open -> stopped(open.physical()).then(close(open.physical().connection())))
        .then();
  }

  /** A server does not see that a socket has gone before it writes to it: tell it to stop. */
  private Mono<Void> stopped(Physical physical) {
    return physical.report() == null
        ? Mono.empty()
        : physical
            .connection()
            .cancelRequest()
            .timeout(options.timeouts().cancel(), timer)
            .onErrorComplete();
  }

  private Throwable connectFailure(Throwable failure) {
    ErrorDetails details = R2dbcErrors.serverDetails(failure);
    List<String> hosts = options.hosts().stream().map(HostPort::host).toList();
    if (details != null) {
      String hint = Hints.forLogin(details.getCode(), hosts, user());
      return ServerErrors.ofLogin(R2dbcErrors.report(details, hint), where() + " as " + user());
    }
    String reason =
        failure instanceof TimeoutException
            ? "no answer within " + options.timeouts().connect().toMillis() + " ms"
            : rootMessage(failure);
    String hint = Hints.forUnreachable(hosts);
    return new ConnectFailure(
        "cannot connect to "
            + where()
            + " as "
            + user()
            + ": "
            + reason
            + (hint == null ? "" : " (" + hint + ")"),
        failure);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    @Nullable String message = root.getMessage();
    // Netty puts the system call before the reason: "finishConnect(..) failed with error(-111): ".
    return message == null
        ? root.getClass().getSimpleName()
        : message.replaceFirst("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ", "");
  }

  /** Resolved options have one. */
  private String user() {
    return String.valueOf(options.user());
  }

  private String where() {
    return options.hosts().stream().map(HostPort::toString).collect(Collectors.joining(","))
        + "/"
        + options.database();
  }

  @Override
  public ConnectionFactoryMetadata getMetadata() {
    return factory.getMetadata();
  }
}
