package dev.howdah.internal.driver;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A connection outside the pool that hears what is sent with NOTIFY. Any thread may use it;
 * statements run one after the other.
 */
public interface ListenConnection {
  /**
   * Runs statements without arguments in one message, all or nothing. Cold. Fails with {@link
   * dev.howdah.error.ClientException.ConnectionLost} when no answer comes within the connect
   * timeout; then only {@link #close} is left.
   */
  Mono<Void> run(String sql);

  /** For how long nothing has come in. */
  Duration silence();

  /** Completes when the socket has gone, whoever closed it; never fails. */
  Mono<Void> whenLost();

  /** Closes the socket. Idempotent; never fails. */
  Mono<Void> close();

  /** For errors and logs: the backend and where it is, {@code 4711 (db.example:5432/shop)}. */
  String label();
}
