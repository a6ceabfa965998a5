package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.PoolTimeout;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.Notification;
import dev.howdah.observe.PoolStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A pool of connections to one database. Safe for any number of threads. */
public interface Driver {
  /**
   * Borrows a connection, opening one when none is idle and there is room.
   *
   * <p>Cold. A connection delivered to a subscriber that has cancelled goes back by itself.
   */
  Mono<DriverConnection> acquire();

  /**
   * Opens the smallest number of connections the pool may hold; fails when one cannot be opened.
   */
  Mono<Void> warmUp();

  /**
   * Opens a connection outside the pool, for LISTEN. Its subscriber must close it.
   *
   * @param ear is called with each notification in the server's order, on the connection's event
   *     loop; must not throw
   */
  Mono<ListenConnection> listener(Consumer<Notification> ear);

  /** The pool's figures now. */
  PoolStatus status();

  /** The connections that are borrowed now, the longest first. */
  List<BorrowedConnection> borrowed();

  /** Replaces every connection that stands now: an idle one before its next use, others later. */
  void expire();

  /** Whether new borrowers are taken. */
  boolean isOpen();

  /**
   * What a borrower is told who has waited for the acquire timeout; names who holds the longest.
   */
  PoolTimeout timedOut(PoolStatus figures);

  /** Runs timers for deadlines; ends with the pool. */
  Scheduler timer();

  /**
   * Refuses new borrowers, waits for the present ones, closes all sockets and threads.
   *
   * @param limit how long borrowers are waited for; their connections are closed after that
   */
  Mono<Void> close(Duration limit);
}
