package dev.howdah.internal.engine;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.merge.Shapes;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * The statements of a pool that each need a connection for themselves only.
 *
 * <p>While a connection is free a call takes it and goes. Only when none is does it queue; then the
 * connections at work go on with what waits instead of going through the pool each time, and reads
 * of one shape that have come together in the queue travel as one statement. Nothing ever waits for
 * a timer, and an idle pool does none of this.
 */
final class Traffic {
  private final Mono<HeldConnection> connections;
  private final Driver driver;
  private final Watch watch;
  private final Duration acquireTimeout;
  private final boolean keeps;
  private final @Nullable Shapes shapes;
  private final int lanes;

  private final CallQueue queue = new CallQueue();

  /** Lanes that have a connection or look for one. */
  private final AtomicInteger busy = new AtomicInteger();

  private final AtomicInteger acquiring = new AtomicInteger();
  private final Set<Lane> seeking = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean clockRuns = new AtomicBoolean();

  /**
   * @param connections each subscriber owns what it gets
   * @param keeps whether one borrowing may serve several calls: no step of the user's belongs
   *     between them
   */
  Traffic(
      DatabaseOptions options,
      Mono<HeldConnection> connections,
      Driver driver,
      Watch watch,
      boolean keeps) {
    this.connections = connections;
    this.driver = driver;
    this.watch = watch;
    this.acquireTimeout = options.pool().acquireTimeout();
    this.keeps = keeps;
    this.shapes = keeps && options.merging() ? new Shapes() : null;
    this.lanes = options.pool().maxSize();
  }

  /** Runs a statement when a connection is there for it. */
  Mono<RowSet> run(Query<?> query, Command command, Run run) {
    return call(query, command, run, Call.Kind.SINGLE);
  }

  /** One statement of a gather; {@link #refill} lets those that were subscribed to set out. */
  Mono<RowSet> gathered(Query<?> query, Command command, Run run) {
    return call(query, command, run, Call.Kind.GATHERED);
  }

  private Mono<RowSet> call(Query<?> query, Command command, Run run, Call.Kind kind) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super RowSet> caller) {
        Call call = new Call(Traffic.this, query, command, run, kind, caller);
        caller.onSubscribe(call);
        if (call.isNew()) {
          admit(call);
        }
      }
    };
  }

  private void admit(Call call) {
    boolean alone = !call.isGathered() && queue.isEmpty() && takeSeat();
    if (alone || !driver.isOpen()) {
      busy.addAndGet(alone ? 0 : 1);
      begin(Lane.of(this, call));
      return;
    }
    if (shapes != null && call.query().isMerging()) {
      call.shapedAs(shapes.of(call.query().parsed(), call.command()));
    }
    queue.add(call);
    if (call.isGathered()) {
      return;
    }
    startClock(acquireTimeout.toNanos());
    refill();
  }

  private boolean takeSeat() {
    int now = busy.get();
    while (now < lanes) {
      if (busy.compareAndSet(now, now + 1)) {
        return true;
      }
      now = busy.get();
    }
    return false;
  }

  private void begin(Lane lane) {
    acquiring.incrementAndGet();
    if (lane.isBare()) {
      seeking.add(lane);
    }
    lane.start();
  }

  /**
   * A turn for a single call among those who will hold a connection and wait for one: the calls
   * have as many places at the pool's door as they, or as it has connections. Not one each: ten
   * thousand calls behind one transaction would be ten thousand waiters.
   */
  private boolean takeTurn() {
    int others = others();
    boolean room = others > 0 && seeking.size() < Math.max(lanes, others);
    if (!room || queue.oldestSingle() == null) {
      return false;
    }
    busy.incrementAndGet();
    return true;
  }

  /** Lets as many lanes begin as there is work for. */
  void refill() {
    // Those that look for a connection will serve one each.
    int wanted = queue.size() - seeking.size();
    while (wanted-- > 0 && !queue.isEmpty() && (takeSeat() || takeTurn())) {
      begin(Lane.bare(this));
    }
  }

  Mono<HeldConnection> connections() {
    return connections;
  }

  /** How many share the work. */
  int lanes() {
    return lanes;
  }

  /** A lane has its connection, or looks for none any more; the second call does nothing. */
  void holds(Lane lane) {
    if (lane.endsLooking()) {
      acquiring.decrementAndGet();
      seeking.remove(lane);
    }
  }

  /** A lane is over, whether it had a connection or not; the second call does nothing. */
  void ended(Lane lane) {
    holds(lane);
    if (lane.leavesSeat()) {
      busy.decrementAndGet();
    }
  }

  /** The next calls for a lane, or null. */
  @Nullable Group take(Lane lane) {
    Group group = queue.take(lane, lanes);
    withdrawIdle();
    return group;
  }

  /** Whether a lane that has done something may go on: not while others wait for a connection. */
  boolean keeps() {
    return keeps && (!driver.isOpen() || !othersWait());
  }

  /** Whether somebody who will hold a connection waits for one. */
  private boolean othersWait() {
    return others() > 0;
  }

  private int others() {
    return driver.status().waiting() - acquiring.get();
  }

  /** These were merged in vain. */
  void again(List<Call> calls) {
    queue.addAgain(calls);
  }

  /** A call that waited has left. */
  void left() {
    queue.left();
    withdrawIdle();
  }

  /** Lanes that look for a connection although fewer calls than that wait need none. */
  private void withdrawIdle() {
    for (Lane lane : seeking) {
      if (seeking.size() <= queue.size()) {
        return;
      }
      lane.withdraw();
    }
  }

  /** Ends a call at its query's time limit; null when it has none. */
  @Nullable Disposable alarm(Query<?> query, Consumer<Duration> ring) {
    Duration limit = watch.limit(query);
    return limit == null
        ? null
        : driver.timer().schedule(() -> ring.accept(limit), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * A lane that has ended found no connection: the others go on with the work; when there are none,
   * whoever waited as long as this lane fails as it did. Says whether another lane should try.
   */
  boolean unreachable(Lane lane, Throwable failure) {
    if (busy.get() > 0) {
      return false;
    }
    queue.waitingSince(lane.startedAt(), true).forEach(call -> call.giveUp(failure));
    return true;
  }

  private void startClock(long nanos) {
    if (!clockRuns.compareAndSet(false, true)) {
      return;
    }
    try {
      driver.timer().schedule(this::endWaiting, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      clockRuns.set(false); // what waits fails with the lanes that find no connection any more
    }
  }

  private void endWaiting() {
    long now = System.nanoTime();
    List<Call> late = queue.waitingSince(now - acquireTimeout.toNanos(), false);
    if (!late.isEmpty()) {
      PoolStatus figures = status();
      late.forEach(call -> call.giveUp(driver.timedOut(figures)));
    }
    clockRuns.set(false);
    Long oldest = queue.oldestSingle();
    if (oldest != null) {
      startClock(Math.max(1_000_000, oldest + acquireTimeout.toNanos() - now));
    }
  }

  /** Starts what a query of a gather needs. */
  Watch watch() {
    return watch;
  }

  /** The pool's figures; a call that queues here waits as one that queues there. */
  PoolStatus status() {
    PoolStatus pool = driver.status();
    int elsewhere = Math.max(0, pool.waiting() - seeking.size());
    return new PoolStatus(
        pool.size(), pool.idle(), pool.inUse(), elsewhere + queue.size(), pool.maxSize());
  }
}
