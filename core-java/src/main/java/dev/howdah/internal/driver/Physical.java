package dev.howdah.internal.driver;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One socket to the server, through all its borrowings. */
final class Physical {
  private final PostgresqlConnection connection;
  private final Scheduler loop;
  private final Thread loopThread;
  private final String label;
  private volatile long idleSince = System.nanoTime();

  /**
   * A connection that stands.
   *
   * @param loop the connection's event loop
   * @param loopThread the one thread of that loop
   * @param label for errors: {@code 4711 (db.example:5432/shop)}
   */
  Physical(PostgresqlConnection connection, Scheduler loop, Thread loopThread, String label) {
    this.connection = connection;
    this.loop = loop;
    this.loopThread = loopThread;
    this.label = label;
  }

  PostgresqlConnection connection() {
    return connection;
  }

  Scheduler loop() {
    return loop;
  }

  Thread loopThread() {
    return loopThread;
  }

  String label() {
    return label;
  }

  boolean isOpen() {
    return R2dbcConnection.isConnected(connection);
  }

  /** It goes back to the pool now. */
  void rests() {
    idleSince = System.nanoTime();
  }

  /** How long ago it went back. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - idleSince);
  }

  /** Closes the socket; gives up waiting for it after the limit. Never fails. */
  Mono<Void> close(Duration limit, Scheduler timer) {
    return connection.close().timeout(limit, timer).onErrorComplete();
  }

  @Override
  public String toString() {
    return label;
  }
}
