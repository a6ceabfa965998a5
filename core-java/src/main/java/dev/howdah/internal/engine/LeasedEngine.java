package dev.howdah.internal.engine;

import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.driver.Batch;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.Described;
import dev.howdah.internal.type.Codecs;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One held connection and the gate before it, shared by the transactions opened on it. */
final class LeasedEngine implements Engine.Lease {
  private final HeldConnection held;
  private final Watch watch;
  private final @Nullable PooledEngine owner;
  private final boolean isUsers;
  private final SerialGate gate;
  private final Occupancy occupancy = new Occupancy();
  private final Cursors cursors = new Cursors();
  private final Notices notices = new Notices();
  private final AtomicBoolean returned = new AtomicBoolean();

  private LeasedEngine(
      HeldConnection held, Watch watch, @Nullable PooledEngine owner, boolean isUsers) {
    this.held = held;
    this.watch = watch;
    this.owner = owner;
    this.isUsers = isUsers;
    this.gate = new SerialGate(held::settle);
    held.listeners(notices);
  }

  /** A connection that a user of the pool holds. */
  static LeasedEngine of(HeldConnection held, Watch watch, PooledEngine owner) {
    return new LeasedEngine(held, watch, owner, true);
  }

  /** A connection that a transaction of the pool holds, and that goes back with its end. */
  static LeasedEngine ofTransaction(HeldConnection held, Watch watch, PooledEngine owner) {
    return new LeasedEngine(held, watch, owner, false);
  }

  /**
   * A connection lent for a while by its borrower (to a hook, to a batch), with whom it stays when
   * the lease ends. What is run on it is known.
   */
  static LeasedEngine lent(HeldConnection held, Watch watch) {
    return new LeasedEngine(held, watch, null, false);
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    checkCall(query.verb());
    return run(query, () -> check(query.verb()), () -> {});
  }

  /**
   * Runs when its turn has come and {@code check} still lets it.
   *
   * @param begun is called when the statement is on its way
   */
  Mono<RowSet> run(Query<?> query, Runnable check, Runnable begun) {
    Command command = Commands.of(query, held.codecs());
    check.run();
    return heard(
        watch.over(
            query,
            run ->
                enter(
                    () -> {
                      check.run();
                      run.on(held);
                      note(query.parsed());
                      return held.run(command);
                    },
                    begun)));
  }

  /**
   * The same work, whose end is told behind the notices that came with it. Around the time limit,
   * which is not for the listeners of notices.
   */
  <T> Mono<T> heard(Mono<T> work) {
    return notices.before(work);
  }

  /** In turn; refused once the connection is on its way back, stopped if that begins just then. */
  private <T> Mono<T> enter(Supplier<Mono<T>> work) {
    return enter(work, () -> {});
  }

  private <T> Mono<T> enter(Supplier<Mono<T>> work, Runnable begun) {
    return gate.enter(
        () -> {
          if (returned.get()) {
            throw new HandleReturned(
                "connection " + held.label() + " went back before this statement could run");
          }
          return work.get();
        },
        () -> {
          begun.run();
          if (returned.get()) {
            held.settle().subscribe();
          }
        });
  }

  /** A user who holds a connection may call functions that change the session unseen. */
  private void note(ParsedSql text) {
    held.note(text);
    if (isUsers) {
      held.mayHaveLeftState();
    }
  }

  @Override
  public Mono<Void> script(String sql, @Nullable Duration timeout) {
    checkCall("executeScript");
    return script(sql, timeout, () -> check("executeScript"), () -> {});
  }

  Mono<Void> script(String sql, @Nullable Duration timeout, Runnable check, Runnable begun) {
    String text = Commands.script(sql);
    ParsedSql parsed = ParsedSql.of(sql);
    check.run();
    return heard(
        watch.script(
            sql,
            timeout,
            run ->
                enter(
                    () -> {
                      check.run();
                      run.on(held);
                      held.mayHaveLeftState();
                      held.note(parsed);
                      return held.script(text);
                    },
                    begun)));
  }

  /** One of the statements that a cursor consists of, in turn if {@code check} lets it. */
  Mono<RowSet> step(Run run, Runnable check, Command command, ParsedSql text) {
    return enter(
        () -> {
          check.run();
          run.on(held);
          note(text);
          return held.run(command);
        });
  }

  /** A command of our own, in turn if {@code check} lets it, unseen by listeners. */
  Mono<RowSet> control(Runnable check, Command command) {
    return enter(
        () -> {
          check.run();
          Run.UNWATCHED.on(held);
          return held.run(command);
        });
  }

  /** Begins, in turn, with the statement that comes next. */
  Mono<Void> begin(Runnable check, String sql) {
    return enter(
        () -> {
          check.run();
          held.beginning().with(sql);
          return Mono.empty();
        });
  }

  /**
   * Rolls back, in turn.
   *
   * @param begun says in that turn whether there is something of the caller's to roll back
   */
  Mono<Void> rollback(BooleanSupplier begun) {
    return enter(
        () -> {
          if (!begun.getAsBoolean()) {
            return Mono.empty();
          }
          held.beginning().forget();
          if (!held.inTransaction()) {
            return Mono.empty();
          }
          Run.UNWATCHED.on(held);
          return held.run(Command.of("ROLLBACK")).then();
        });
  }

  /** What the server says of a statement, in turn; empty when the driver does not let us ask. */
  Mono<Described> describe(Runnable check, Command command) {
    return enter(
        () -> {
          check.run();
          Mono<Described> answer = held.describe(command);
          return answer == null ? Mono.empty() : answer;
        });
  }

  /** Commits, in turn, after {@code begun}; fails when there is nothing to commit any more. */
  Mono<Void> commit(Runnable begun) {
    return enter(
        () -> {
          begun.run();
          if (held.beginning().isWaiting()) {
            return held.beginning().nothing();
          }
          if (held.isOpen() && !held.inTransaction()) {
            throw new RolledBack(
                "the transaction was ended by a statement of its own block before its commit",
                null);
          }
          watch.committing().on(held);
          return held.commit();
        });
  }

  @Override
  public Mono<Scope> begin(TransactionOptions options, EndedBy endedBy) {
    check(endedBy.verb());
    return TransactionScope.begin(this, options, endedBy, /* ownsConnection= */ false);
  }

  /** The transaction of a pool: its end gives the connection back. */
  Mono<Scope> beginAndKeep(TransactionOptions options, EndedBy endedBy) {
    return TransactionScope.begin(this, options, endedBy, /* ownsConnection= */ true);
  }

  @Override
  public Mono<RowSet> many(ManyQuery query, Elements elements) {
    checkCall(query.verb());
    return heard(watch.many(query, run -> many(query, elements, run)));
  }

  Mono<RowSet> many(ManyQuery query, Elements elements, Run run) {
    return Mono.defer(
        () ->
            new BatchRun(query, elements, this, run, () -> {})
                .run(
                    batch ->
                        held.sendsBatchesWhole() || batch.rows().size() == 1
                            ? send(query, batch, run, () -> check(query.verb()))
                            : inTransaction(
                                TransactionOptions.defaults(),
                                scope -> send(query, batch, run, () -> {})),
                    work ->
                        inTransaction(
                            TransactionOptions.defaults(),
                            scope -> work.on(batch -> send(query, batch, run, () -> {}), scope))));
  }

  /** One portion of a batch, in turn. */
  Mono<List<RowSet>> send(ManyQuery query, Batch batch, Run run, Runnable check) {
    return enter(
        () -> {
          check.run();
          run.on(held);
          note(query.parsed());
          return held.batch(batch);
        });
  }

  @Override
  public Mono<Long> copyIn(CopyCall call, Mono<CopyFeed> feed) {
    checkCall(call.verb());
    return copies(call).in(feed);
  }

  @Override
  public Mono<Long> copyOut(
      CopyCall call, CopySql statement, Function<ByteBuffer, Mono<Void>> consumer) {
    checkCall(call.verb());
    return copies(call).out(statement, consumer);
  }

  private Copies copies(CopyCall call) {
    return new Copies(this, call, null, () -> check(call.verb()), () -> {});
  }

  /** In turn, and nothing else is let in before its end. */
  <T> Mono<T> exclusively(
      Occupant occupant, Run run, Runnable check, Runnable begun, Supplier<Mono<T>> work) {
    return Mono.defer(
        () -> {
          occupancy.enter(occupant);
          return enter(
                  () -> {
                    check.run();
                    run.on(held);
                    return work.get();
                  },
                  begun)
              .doOnTerminate(() -> occupancy.leave(occupant))
              .doOnCancel(() -> occupancy.leave(occupant));
        });
  }

  /** Whether what runs here may change the session unseen, since a user holds the connection. */
  boolean isUsers() {
    return isUsers;
  }

  @Override
  public Mono<Pages> stream(Query<?> query) {
    checkCall(query.verb());
    return Streams.onConnection(this, query);
  }

  @Override
  public Codecs codecs() {
    return held.codecs();
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

  Cursors cursors() {
    return cursors;
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
              // Asked first: from then on a transaction leaves its rollback to the giving back.
              boolean alone = occupancy.isEmpty();
              if (!returned.compareAndSet(false, true)) {
                return Mono.empty();
              }
              cursors.over();
              if (owner == null) {
                held.listeners(null);
                return held.settle();
              }
              // In turn, behind what was stopped: a rollback may be on its way.
              return held.settle().then(gate.enter(alone ? held::giveBackTold : held::giveBack));
            }));
  }

  boolean isReturned() {
    return returned.get();
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
