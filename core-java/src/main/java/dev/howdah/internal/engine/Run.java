package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.QueryTimeout;
import dev.howdah.error.ServerReport;
import dev.howdah.observe.DatabaseListener;
import dev.howdah.observe.QueryEnd;
import dev.howdah.observe.QueryEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One run of one statement, from its start to its one end, as listeners and time limits see it.
 *
 * <p>The end can come from several sides at once (an answer, a cancellation); the first counts.
 */
final class Run {
  private static final System.Logger LOG = System.getLogger("dev.howdah");

  /** A run that nobody watches. */
  static final Run UNWATCHED = new Run(List.of(), new QueryEvent(0, "", "", List.of()), null);

  private final List<DatabaseListener> listeners;
  private final QueryEvent event;
  private final @Nullable NoticeRelay notices;
  private final long start = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile String waitsFor = "a connection";
  private volatile @Nullable String connection;
  private volatile long connected;
  private volatile int members = 1;

  Run(List<DatabaseListener> listeners, QueryEvent event, @Nullable NoticeRelay notices) {
    this.listeners = listeners;
    this.event = event;
    this.notices = notices;
  }

  /** About to begin. */
  void starts() {
    tell(listener -> listener.queryStarted(event));
  }

  /** What else it waits for before it sets out. */
  void waitsFor(String what) {
    waitsFor = what;
  }

  /** It has a connection to itself and sets out. */
  void on(HeldConnection held) {
    on(held, 1);
  }

  /** It sets out, in one statement with others when there is more than one member. */
  void on(HeldConnection held, int together) {
    held.runs(this);
    if (this == UNWATCHED) {
      return;
    }
    members = together;
    if (connection == null) {
      connected = System.nanoTime();
      connection = held.label();
    }
  }

  /** The server said something beside the answer. */
  void noticed(ServerReport notice) {
    tell(listener -> listener.noticeReceived(event, notice));
    if (notices != null) {
      notices.accept(notice);
    }
  }

  /** The same work, which ends when its listener has heard all notices. */
  <T> Mono<T> heard(Mono<T> work) {
    return notices == null ? work : notices.before(work);
  }

  void succeeded(long rows) {
    if (ended.compareAndSet(false, true)) {
      QueryEnd end = end(rows);
      tell(listener -> listener.querySucceeded(event, end));
    }
  }

  void failed(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      QueryEnd end = end(0);
      tell(listener -> listener.queryFailed(event, failure, end));
    }
  }

  void cancelled() {
    failed(new CancellationException(event.verb() + " was cancelled by its caller"));
  }

  /** What the caller is told when its time is over: also which part of it was slow. */
  QueryTimeout timedOut(Duration timeout) {
    boolean waiting = connection == null;
    String part =
        waiting
            ? "nothing was sent, all the time went by waiting for " + waitsFor
            : millis(waited()) + " waiting for " + waitsFor + ", the rest preparing and running";
    return new QueryTimeout(
        event.verb()
            + " took longer than its "
            + timeout.toMillis()
            + " ms and was cancelled: "
            + part,
        event.sql(),
        waiting);
  }

  private QueryEnd end(long rows) {
    return new QueryEnd(rows, since(System.nanoTime()), waited(), connection, members);
  }

  private Duration waited() {
    return since(connection == null ? System.nanoTime() : connected);
  }

  private Duration since(long now) {
    return Duration.ofNanos(now - start);
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  private void tell(Consumer<DatabaseListener> news) {
    for (DatabaseListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException | Error thrown) {
        LOG.log(System.Logger.Level.WARNING, "a database listener threw", thrown);
      }
    }
  }
}
