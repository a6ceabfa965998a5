package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.driver.Command;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One held connection and the gate before it, shared by the transactions opened on it. */
final class LeasedEngine implements Engine.Lease {
  private static final System.Logger LOG = System.getLogger("dev.howdah.pool");

  private final HeldConnection held;
  private final Watch watch;
  private final @Nullable PooledEngine owner;
  private final SerialGate gate;
  private final Occupancy occupancy = new Occupancy();
  private final AtomicBoolean returned = new AtomicBoolean();
  private final BitSet cursors = new BitSet();
  private final Notices notices = new Notices();

  private LeasedEngine(HeldConnection held, Watch watch, @Nullable PooledEngine owner) {
    this.held = held;
    this.watch = watch;
    this.owner = owner;
    this.gate = new SerialGate(held::settle);
  }

  /** A connection that a user of the pool holds. */
  static LeasedEngine of(HeldConnection held, Watch watch, PooledEngine owner) {
    return new LeasedEngine(held, watch, owner);
  }

  /** A connection lent to a hook: the end of the lease leaves it with its borrower. */
  static LeasedEngine forHook(HeldConnection held, Watch watch) {
    return new LeasedEngine(held, watch, null);
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    checkCall(query.verb());
    return run(query, () -> check(query.verb()), LeasedEngine::nothing);
  }

  /**
   * Runs when its turn has come and {@code check} still lets it.
   *
   * @param begun is called when the statement is on its way
   */
  Mono<RowSet> run(Query<?> query, Runnable check, Runnable begun) {
    Command command = Commands.of(query);
    check.run();
    boolean leavesState = query.parsed().leavesState();
    return notices.before(
        watch.over(
            query,
            run ->
                gate.enter(
                    () -> {
                      check.run();
                      run.on(held);
                      return send(run, command, leavesState);
                    },
                    begun)));
  }

  private static void nothing() {}

  /** A user who holds a connection may call functions that change the session unseen. */
  private Mono<RowSet> send(Run run, Command command, boolean leavesState) {
    return held.run(notices.reporting(run, command), leavesState || owner != null);
  }

  @Override
  public Mono<Void> script(String sql, @Nullable Duration timeout) {
    checkCall("executeScript");
    return script(sql, timeout, () -> check("executeScript"), LeasedEngine::nothing);
  }

  Mono<Void> script(String sql, @Nullable Duration timeout, Runnable check, Runnable begun) {
    Command statements = Command.of(Commands.script(sql));
    check.run();
    return notices.before(
        watch.script(
            sql,
            timeout,
            run ->
                gate.enter(
                    () -> {
                      check.run();
                      run.on(held);
                      return held.script(notices.reporting(run, statements));
                    },
                    begun)));
  }

  /** One of the statements that a cursor consists of, in turn if {@code check} lets it. */
  Mono<RowSet> step(Run run, Runnable check, Command command, boolean leavesState) {
    return notices.before(
        gate.enter(
            () -> {
              check.run();
              run.on(held);
              return send(run, command, leavesState);
            }));
  }

  /** A command of our own, in turn if {@code check} lets it, unseen by listeners. */
  Mono<RowSet> control(Runnable check, Command command) {
    return gate.enter(
        () -> {
          check.run();
          return held.run(command, false);
        });
  }

  /** Commits, in turn; fails when there is nothing to commit any more. */
  Mono<Void> commit() {
    return gate.enter(
        () -> {
          if (held.isOpen() && !held.inTransaction()) {
            throw new RolledBack(
                "the transaction was ended by a statement of its own block before its commit",
                null);
          }
          return held.commit();
        });
  }

  @Override
  public Mono<Scope> begin(TransactionOptions options, EndedBy endedBy) {
    check("transaction");
    return TransactionScope.begin(this, options, endedBy, /* ownsConnection= */ false);
  }

  /** The transaction of a pool: its end gives the connection back. */
  Mono<Scope> beginAndKeep(TransactionOptions options, EndedBy endedBy) {
    return TransactionScope.begin(this, options, endedBy, /* ownsConnection= */ true);
  }

  @Override
  public Mono<Pages> stream(Query<?> query) {
    checkCall(query.verb());
    return Streams.onConnection(this, query);
  }

  @Override
  public void onNotice(Consumer<? super ServerReport> listener) {
    check("onNotice");
    notices.add(watch.relay(listener));
  }

  HeldConnection held() {
    return held;
  }

  Watch watch() {
    return watch;
  }

  Occupancy occupancy() {
    return occupancy;
  }

  /** A name for a cursor: few of them, so that their statements stay in the statement cache. */
  synchronized int takeCursor() {
    int free = cursors.nextClearBit(1);
    cursors.set(free);
    return free;
  }

  synchronized void leaveCursor(int number) {
    cursors.clear(number);
  }

  @Override
  public boolean isOf(Engine.Pool pool) {
    return owner == pool;
  }

  @Override
  public Mono<Void> giveBack() {
    return Ending.of(
        Mono.defer(
            () -> {
              if (!returned.compareAndSet(false, true)) {
                return Mono.empty();
              }
              if (owner == null) {
                return held.settle();
              }
              warnOfOpenTransaction();
              return held.abort();
            }));
  }

  private void warnOfOpenTransaction() {
    if (held.isOpen() && held.inTransaction()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "connection " + held.label() + " came back with a transaction open; it is rolled back");
    }
  }

  private void checkCall(String verb) {
    check(verb);
    occupancy.check(null, "a connection", verb);
  }

  @Override
  public void check(String verb) {
    if (returned.get()) {
      throw new HandleReturned(
          verb + " was called on a connection that has gone back to the pool; acquire a new one");
    }
  }
}
