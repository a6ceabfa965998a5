package dev.howdah.internal.listen;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ServerException;
import dev.howdah.internal.driver.Driver;
import dev.howdah.observe.Notification;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * All listeners of one database, over one connection outside its pool.
 *
 * <p>What is wanted is the list of listeners. One worker brings the connection to it step by step,
 * and looks again after each step: opens it, tells the server which channels to begin with and
 * which to stop, closes it when nobody listens. Whoever changes what is wanted, or finds the
 * connection broken, notes that and wakes the worker; so it does not matter what happens when.
 *
 * <p>An attempt to open the connection fails those listeners who wait for it; whoever has listened
 * before is only interrupted, and the attempts go on until there is a connection again.
 */
public final class ListenHub {
  private static final System.Logger LOG = System.getLogger("dev.howdah.listen");

  private final Driver driver;
  private final Duration keepAlive;

  /** Changed under the lock, read by the event loop without it; each list is immutable. */
  private final Map<String, List<Listener>> channels = new ConcurrentHashMap<>();

  // Guarded by this object's lock, under which no step runs and no code of a caller's.
  private @Nullable Link link;
  private boolean working;
  private boolean resting;
  private boolean closed;
  private int failures;
  private List<MonoSink<Void>> leavers = new ArrayList<>();

  private final Disposable.Swap rest = Disposables.swap();

  /** One listener; its caller waits until it is confirmed. */
  private static final class Listener {
    private final Inbox inbox;
    private final MonoSink<Inbox> caller;
    private boolean confirmed;

    Listener(Inbox inbox, MonoSink<Inbox> caller) {
      this.inbox = inbox;
      this.caller = caller;
    }
  }

  /** A hub that has no connection yet. */
  public ListenHub(Driver driver, DatabaseOptions options) {
    this.driver = driver;
    Duration idle = options.pool().validateAfterIdle();
    Duration shortest = Duration.ofSeconds(1);
    this.keepAlive = idle.compareTo(shortest) < 0 ? shortest : idle;
  }

  /**
   * Listens. Completes when the server knows of it, so that whatever is sent afterwards arrives;
   * fails when no connection can be opened now. Its subscriber must close the inbox.
   *
   * @param size how many notifications may wait in the inbox
   */
  public Mono<Inbox> listen(String channel, int size) {
    return Mono.create(
        caller -> {
          Listener listener = new Listener(new Inbox(channel, size, this::leave), caller);
          caller.onCancel(() -> leave(listener.inbox).subscribe());
          if (join(channel, listener)) {
            wake();
          } else {
            caller.error(new DatabaseClosed("listen was called on a database that is closed"));
          }
        });
  }

  private synchronized boolean join(String channel, Listener listener) {
    if (!closed) {
      channels.merge(
          channel,
          List.of(listener),
          (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    }
    return !closed;
  }

  private Mono<Void> leave(Inbox inbox) {
    return Mono.create(
        caller -> {
          inbox.forget();
          synchronized (this) {
            remove(inbox.channel(), listener -> listener.inbox == inbox);
          }
          whenSettled(caller);
        });
  }

  /** Completes the caller when the connection is as it is wanted now, or has gone. */
  private void whenSettled(MonoSink<Void> caller) {
    boolean settled;
    synchronized (this) {
      settled = link == null;
      if (!settled) {
        leavers.add(caller);
      }
    }
    if (settled) {
      caller.success();
    } else {
      wake();
    }
  }

  private void remove(String channel, Predicate<Listener> leaving) {
    channels.computeIfPresent(
        channel,
        (name, before) -> {
          List<Listener> staying = before.stream().filter(leaving.negate()).toList();
          return staying.isEmpty() ? null : staying;
        });
  }

  /** Replaces the connection. */
  public void reconnect() {
    Link present = present();
    if (present != null) {
      lost(present, "it was told to go");
    }
  }

  private synchronized @Nullable Link present() {
    return link;
  }

  /** Ends all listening and refuses new listeners. Idempotent; never fails. */
  public Mono<Void> close() {
    return Mono.create(
        caller -> {
          List<Listener> all = endAll();
          all.forEach(listener -> listener.inbox.end());
          all.stream()
              .filter(listener -> !listener.confirmed)
              .forEach(listener -> listener.caller.error(closedMeanwhile()));
          whenSettled(caller);
        });
  }

  private static DatabaseClosed closedMeanwhile() {
    return new DatabaseClosed("the database was closed before it could listen");
  }

  private synchronized List<Listener> endAll() {
    closed = true;
    rest.dispose();
    List<Listener> all = listeners(any -> true);
    channels.clear();
    return all;
  }

  private List<Listener> listeners(Predicate<Listener> wanted) {
    return channels.values().stream().flatMap(List::stream).filter(wanted).toList();
  }

  private void hear(Notification notification) {
    for (Listener listener : channels.getOrDefault(notification.channel(), List.of())) {
      listener.inbox.add(notification);
    }
  }

  private void wake() {
    synchronized (this) {
      if (working) {
        return;
      }
      working = true;
    }
    work();
  }

  /** Takes the next step, and comes back when that has ended. */
  private void work() {
    Mono<Void> step = next();
    if (step != null) {
      step.subscribe(null, this::defect, this::work);
    }
  }

  private void defect(Throwable unexpected) {
    LOG.log(Level.ERROR, "a step of listening failed in an unforeseen way", unexpected);
    work();
  }

  /** The next step; null when all is as it is wanted, and then the worker has ended. */
  private @Nullable Mono<Void> next() {
    List<Listener> heard;
    List<MonoSink<Void>> left;
    synchronized (this) {
      Link present = link;
      if (present == null) {
        if (!channels.isEmpty() && (!resting || !listeners(ListenHub::waits).isEmpty())) {
          return connect();
        }
      } else if (channels.isEmpty()) {
        link = null;
        return present.close();
      } else if (!present.hears(channels.keySet())) {
        return tell(present, Set.copyOf(channels.keySet()));
      }
      working = false;
      heard = present == null ? List.of() : listeners(ListenHub::waits);
      heard.forEach(listener -> listener.confirmed = true);
      left = leavers;
      leavers = new ArrayList<>();
    }
    heard.forEach(listener -> listener.caller.success(listener.inbox));
    left.forEach(MonoSink::success);
    return null;
  }

  private static boolean waits(Listener listener) {
    return !listener.confirmed;
  }

  private Mono<Void> connect() {
    return driver
        .listener(this::hear)
        .doOnNext(
            connection -> {
              Link opened = new Link(connection, driver.timer());
              take(opened);
              opened.whenLost().subscribe(null, null, () -> lost(opened, "its socket was closed"));
              opened.keepAlive(keepAlive, dead -> lost(opened, dead.getMessage()));
            })
        .then()
        .onErrorResume(failure -> Mono.fromRunnable(() -> attemptFailed(failure)));
  }

  private synchronized void take(Link opened) {
    link = opened;
  }

  private Mono<Void> tell(Link present, Set<String> wanted) {
    return present
        .tell(wanted)
        .doOnSuccess(done -> told(present))
        .onErrorResume(failure -> Mono.fromRunnable(() -> refused(present, failure)));
  }

  private void told(Link present) {
    List<Listener> interrupted;
    synchronized (this) {
      interrupted = link == present ? listeners(listener -> listener.confirmed) : List.of();
    }
    interrupted.forEach(listener -> listener.inbox.resumed());
  }

  /** What the server says no to is those listeners' affair whose channel is new to it. */
  private void refused(Link present, Throwable failure) {
    boolean settled =
        present.isTold()
            && failure instanceof ServerException told
            && !told.report().severity().equals("FATAL")
            && failWaiting(failure, listener -> !present.hears(listener.inbox.channel()));
    if (!settled && lost(present, failure.getMessage()) && !present.isTold()) {
      failWaiting(failure, any -> true);
    }
  }

  private void attemptFailed(Throwable failure) {
    failWaiting(failure, any -> true);
    int inARow;
    synchronized (this) {
      inARow = ++failures;
      rest();
    }
    if (!channels.isEmpty()) {
      LOG.log(
          inARow == 1 ? Level.WARNING : Level.DEBUG,
          "no connection that listens could be opened (attempt "
              + inARow
              + "), it goes on trying: "
              + failure.getMessage());
    }
  }

  /** Whether there was somebody to fail. */
  private boolean failWaiting(Throwable failure, Predicate<Listener> concerned) {
    List<Listener> failed;
    synchronized (this) {
      failed = listeners(listener -> waits(listener) && concerned.test(listener));
      failed.forEach(listener -> remove(listener.inbox.channel(), one -> one == listener));
    }
    failed.forEach(listener -> listener.caller.error(failure));
    return !failed.isEmpty();
  }

  /** Whether it was the present one. */
  private boolean lost(Link gone, @Nullable String why) {
    synchronized (this) {
      if (link != gone) {
        return false;
      }
      link = null;
      failures = gone.age().compareTo(Pauses.LONGEST) > 0 ? 0 : failures + 1;
      listeners(listener -> listener.confirmed).forEach(one -> one.inbox.interrupted());
      rest();
    }
    LOG.log(
        Level.WARNING,
        "the connection that listens, " + gone + ", was lost (" + why + "); another one is opened");
    gone.close().subscribe();
    wake();
    return true;
  }

  /** The next attempt comes after a pause. */
  private void rest() {
    resting = true;
    try {
      rest.update(
          driver
              .timer()
              .schedule(this::rested, Pauses.after(failures).toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException shutDown) {
      // The database has been closed meanwhile: there will be no other attempt.
    }
  }

  private void rested() {
    synchronized (this) {
      resting = false;
    }
    wake();
  }
}
