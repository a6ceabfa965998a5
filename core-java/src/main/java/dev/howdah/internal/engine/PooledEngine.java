package dev.howdah.internal.engine;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.error.ClientException.TransactionState;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.driver.Command;
import dev.howdah.internal.driver.CopyCommand;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.listen.Channels;
import dev.howdah.internal.listen.Inbox;
import dev.howdah.internal.listen.ListenHub;
import dev.howdah.internal.type.Codecs;
import dev.howdah.internal.type.TypeCatalog;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.CallSite;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.CopySql;
import dev.howdah.query.ManyQuery;
import dev.howdah.query.ParsedSql;
import dev.howdah.query.Query;
import dev.howdah.row.RowSet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The only borrower of connections. */
final class PooledEngine implements Engine.Pool {
  private final DatabaseOptions options;
  private final Driver driver;
  private final Watch watch;
  private final TypeCatalog types;
  private final Mono<HeldConnection> connections;
  private final Traffic traffic;
  private final ListenHub listening;
  private final boolean looksForLeaks;

  PooledEngine(DatabaseOptions options, Driver driver, Watch watch, Hooks hooks) {
    this.options = options;
    this.driver = driver;
    this.watch = watch;
    this.listening = new ListenHub(driver, options);
    this.types = new TypeCatalog(Codecs.of(options.codecs()));
    this.connections = new Sessions(options, hooks, watch, driver.timer(), types).of(driver);
    this.traffic =
        new Traffic(
            options, connections, driver, watch, hooks.setup() == null && hooks.reset() == null);
    this.looksForLeaks = options.pool().leakDetectionThreshold() != null;
  }

  @Override
  public Mono<RowSet> run(Query<?> query) {
    refuseControl(query.verb(), query.parsed());
    Command command = Commands.of(query, types.codecs());
    return watch.over(query, run -> traffic.run(query, command, run));
  }

  /** The connection goes back behind each statement, and a transaction would end there. */
  private static void refuseControl(String verb, ParsedSql text) {
    if (text.controlsTransaction()) {
      throw new TransactionState(
          verb
              + " was given "
              + text.firstKeyword()
              + " on a database: its connection goes back to the pool behind the statement, and is"
              + " rolled back there; use transaction(…) or begin(), or hold a connection");
    }
  }

  @Override
  public Mono<Void> script(String sql, @Nullable Duration timeout) {
    String text = Commands.script(sql);
    ParsedSql parsed = ParsedSql.of(sql);
    return watch.script(
        sql,
        timeout,
        run ->
            Borrow.during(
                connections,
                held -> {
                  run.on(held);
                  held.mayHaveLeftState();
                  held.note(parsed);
                  return held.script(text);
                }));
  }

  @Override
  public Mono<RowSet> many(ManyQuery query, Elements elements) {
    refuseControl(query.verb(), query.parsed());
    return watch.many(
        query,
        run ->
            Borrow.during(
                connections, held -> LeasedEngine.lent(held, watch).many(query, elements, run)));
  }

  @Override
  public Mono<Long> copyIn(CopyCall call, Mono<CopyFeed> feed) {
    return watch.copy(
        call,
        run ->
            feed.flatMap(
                ready -> {
                  CopyCommand command = Commands.copy(ready.statement(), types.codecs());
                  boolean leavesState = ready.statement().leavesState();
                  return borrowed(run, held -> held.copyIn(command, ready.chunks(), leavesState));
                }));
  }

  @Override
  public Mono<Long> copyOut(
      CopyCall call, CopySql statement, Function<ByteBuffer, Mono<Void>> consumer) {
    CopyCommand command = Commands.copy(statement, types.codecs());
    boolean leavesState = statement.leavesState();
    return watch.copy(
        call, run -> borrowed(run, held -> held.copyOut(command, consumer, leavesState)));
  }

  private <T> Mono<T> borrowed(Run run, Function<HeldConnection, Mono<T>> work) {
    return Borrow.during(
        connections,
        held -> {
          run.on(held);
          return work.apply(held);
        });
  }

  @Override
  public Codecs codecs() {
    return types.codecs();
  }

  @Override
  public Mono<Pages> stream(Query<?> query) {
    return Streams.onPool(this, watch, borrowedHere(), query, types.codecs());
  }

  @Override
  public Mono<Scope> begin(TransactionOptions transaction, EndedBy endedBy) {
    return Borrow.keeping(
        borrowedHere(),
        held -> LeasedEngine.ofTransaction(held, watch, this).beginAndKeep(transaction, endedBy));
  }

  @Override
  public Mono<Lease> lease() {
    return Borrow.keeping(borrowedHere(), held -> Mono.just(LeasedEngine.of(held, watch, this)));
  }

  /** Connections that a user will hold, with the place of the call if that is wanted. */
  private Mono<HeldConnection> borrowedHere() {
    if (!looksForLeaks) {
      return connections;
    }
    StackTraceElement place = CallSite.current();
    return connections.doOnNext(held -> held.borrowedAt(place));
  }

  @Override
  public Mono<Gathered> gather(List<? extends Query<?>> queries, OnFailure onFailure) {
    queries.forEach(query -> refuseControl(query.verb(), query.parsed()));
    return Gather.of(queries, onFailure, traffic, types.codecs());
  }

  @Override
  public Mono<Inbox> listen(String channel, int size) {
    Channels.checked("listen", channel);
    if (size < 1) {
      throw new WrongArguments("listen's buffer must hold 1 notification or more, it was " + size);
    }
    if (options.poolerMode()) {
      throw new Unsupported(
          "listen needs a server connection for as long as it listens, which a pooler in transaction"
              + " mode does not give; open another Database for it, at the server's own port and"
              + " without poolerMode");
    }
    return listening.listen(channel, size);
  }

  @Override
  public Mono<Gathered> gatherSnapshot(List<? extends Query<?>> queries) {
    queries.forEach(query -> refuseControl(query.verb(), query.parsed()));
    return SnapshotGather.of(this, queries, options.pool().maxSize());
  }

  @Override
  public PoolStatus status() {
    return traffic.status();
  }

  @Override
  public List<BorrowedConnection> borrowed() {
    return driver.borrowed();
  }

  @Override
  public void expire() {
    driver.expire();
    listening.reconnect();
  }

  /** One connection goes the whole way of a borrower, so that connecting means being connected. */
  @Override
  public Mono<Void> warmUp() {
    Mono<Void> once = driver.warmUp().then(Borrow.during(connections, held -> Mono.empty()));
    return StartRetry.of(options.startRetry(), once, driver.timer());
  }

  @Override
  public Mono<Void> close() {
    return Ending.of(listening.close().then(driver.close(options.timeouts().close())));
  }
}
