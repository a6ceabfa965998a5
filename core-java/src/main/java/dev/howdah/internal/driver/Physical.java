package dev.howdah.internal.driver;

import dev.howdah.observe.BorrowedConnection;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** One socket to the server, through all its borrowings. */
final class Physical {
  private final PostgresqlConnection connection;
  private final @Nullable Client messages;
  private final Scheduler loop;
  private final Thread loopThread;
  private final String label;
  private final StatementCache statements;
  private final AtomicReference<@Nullable Borrowing> borrowing = new AtomicReference<>();
  private volatile long idleSince = System.nanoTime();
  private volatile boolean broken;
  private volatile boolean prepared;
  private volatile boolean transactionFailed;

  /** What is known of the present borrower; the statement is only read for reports. */
  private static final class Borrowing {
    private final long since = System.nanoTime();
    private volatile @Nullable StackTraceElement place;
    private volatile @Nullable Command last;
    private boolean reported;
  }

  /**
   * A connection that stands.
   *
   * @param messages the way to its messages, or null when there is none
   * @param loop the connection's event loop
   * @param loopThread the one thread of that loop
   * @param label for errors: {@code 4711 (db.example:5432/shop)}
   * @param statementCacheSize how many statements it keeps prepared
   */
  Physical(
      PostgresqlConnection connection,
      @Nullable Client messages,
      Scheduler loop,
      Thread loopThread,
      String label,
      int statementCacheSize) {
    this.connection = connection;
    this.messages = messages;
    this.loop = loop;
    this.loopThread = loopThread;
    this.label = label;
    this.statements = new StatementCache(statementCacheSize);
  }

  PostgresqlConnection connection() {
    return connection;
  }

  /** The driver's messages, or null when it does not let us at them. */
  @Nullable Client messages() {
    return messages;
  }

  /** What it has prepared; for its event loop. */
  StatementCache statements() {
    return statements;
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

  /** The server has said that it ends the connection; the socket may still look open. */
  void broken() {
    broken = true;
  }

  boolean isOpen() {
    return !broken && R2dbcConnection.isConnected(connection);
  }

  boolean isPrepared() {
    return prepared;
  }

  void prepared(boolean yes) {
    prepared = yes;
  }

  /**
   * Whether the last statement failed and left its transaction open, so that nothing runs in it.
   */
  boolean isTransactionFailed() {
    return transactionFailed;
  }

  void transactionFailed(boolean failed) {
    transactionFailed = failed;
  }

  /** Somebody has it from now on. */
  void borrowed() {
    borrowing.set(new Borrowing());
  }

  void borrowedAt(StackTraceElement place) {
    Borrowing now = borrowing.get();
    if (now != null) {
      now.place = place;
    }
  }

  void runs(Command command) {
    Borrowing now = borrowing.get();
    if (now != null) {
      now.last = command;
    }
  }

  /** It goes back to the pool now. */
  void rests() {
    borrowing.set(null);
    idleSince = System.nanoTime();
  }

  /** How long ago it went back. */
  Duration idle() {
    return Duration.ofNanos(System.nanoTime() - idleSince);
  }

  /** Who has it now, or null. */
  @Nullable BorrowedConnection report() {
    Borrowing now = borrowing.get();
    return now == null ? null : report(now);
  }

  /** Who has had it for longer than that and was not reported yet, or null. */
  @Nullable BorrowedConnection reportOnce(Duration threshold) {
    Borrowing now = borrowing.get();
    if (now == null || now.reported || System.nanoTime() - now.since < threshold.toNanos()) {
      return null;
    }
    now.reported = true;
    return report(now);
  }

  private BorrowedConnection report(Borrowing now) {
    Command last = now.last;
    return new BorrowedConnection(
        label,
        Duration.ofNanos(System.nanoTime() - now.since),
        last == null ? null : last.userSql(),
        now.place);
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
