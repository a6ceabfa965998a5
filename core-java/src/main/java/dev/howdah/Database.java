package dev.howdah;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.engine.Completion;
import dev.howdah.internal.engine.Engine;
import dev.howdah.internal.engine.Engine.Gathered;
import dev.howdah.internal.engine.Engine.OnFailure;
import dev.howdah.internal.engine.Engines;
import dev.howdah.observe.BorrowedConnection;
import dev.howdah.observe.Notification;
import dev.howdah.observe.PoolStatus;
import dev.howdah.query.Outcome;
import dev.howdah.query.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A PostgreSQL database behind a pool of connections.
 *
 * <p>Make one for each database and keep it for the life of the program: it is cheap to hold and
 * safe to share. Each verb borrows a connection for its statement and gives it back; {@link
 * #transaction}, {@link #connection} and {@link #stream} hold one for longer. Close it to close its
 * sockets and threads.
 */
public final class Database extends EngineQueries implements AutoCloseable {
  private final Engine.Pool engine;

  Database(Engine.Pool engine, Executor executor) {
    super(engine, executor);
    this.engine = engine;
  }

  /**
   * Connects. The future completes when the database has answered; a wrong host, password or
   * database name fails here.
   *
   * @param url {@code postgresql://user:password@host:port/database?…}; what it leaves out comes
   *     from the environment ({@code PGHOST …}) and libpq's defaults
   * @throws dev.howdah.error.ClientException.InvalidUrl when the URL cannot be understood
   */
  public static CompletableFuture<Database> connect(String url) {
    return connect(DatabaseOptions.of(url));
  }

  /** Connects, with options. */
  public static CompletableFuture<Database> connect(DatabaseOptions options) {
    return connect(options, ConnectionHooks.none());
  }

  /** Connects, with options and steps of the program's own; a failing one fails here. */
  public static CompletableFuture<Database> connect(
      DatabaseOptions options, ConnectionHooks hooks) {
    Arguments.given("connect", "options", options);
    Arguments.given("connect", "hooks", hooks);
    Executor executor = Completion.executor(options.completionExecutor());
    return Handoff.owned(
        Engines.connect(options, hooks.on(executor)),
        executor,
        engine -> new Database(engine, executor),
        unwanted -> unwanted.close().subscribe());
  }

  /** As {@link #connect(String)}, with steps of the program's own. */
  public static CompletableFuture<Database> connect(String url, ConnectionHooks hooks) {
    return connect(DatabaseOptions.of(url), hooks);
  }

  /** A database that is connected to when it is first used. */
  public static Database open(String url) {
    return open(DatabaseOptions.of(url));
  }

  /** A database that is connected to when it is first used, with options. */
  public static Database open(DatabaseOptions options) {
    return open(options, ConnectionHooks.none());
  }

  /** A database that is connected to when it is first used, with steps of the program's own. */
  public static Database open(DatabaseOptions options, ConnectionHooks hooks) {
    Arguments.given("open", "options", options);
    Arguments.given("open", "hooks", hooks);
    Executor executor = Completion.executor(options.completionExecutor());
    return new Database(Engines.open(options, hooks.on(executor)), executor);
  }

  /**
   * Runs all queries over the pool's connections; their results in the order of the queries.
   *
   * <p>The first failure fails the whole and stops what still runs. Any number of queries is fine:
   * no more run at once than the pool has connections. Reads of one shape travel together, see
   * {@link Query#merging}.
   */
  public <R extends @Nullable Object> CompletableFuture<List<R>> gather(
      List<? extends Query<? extends R>> queries) {
    List<? extends Query<? extends R>> fixed = fixed(queries);
    return gathered(engine.gather(fixed, OnFailure.CANCEL_REST), fixed);
  }

  /**
   * As {@link #gather}, and all queries see the same moment, however many connections they run on:
   * each in a read-only, repeatable-read transaction of one exported snapshot. Statements that
   * write fail. Nothing is merged.
   */
  public <R extends @Nullable Object> CompletableFuture<List<R>> gatherSnapshot(
      List<? extends Query<? extends R>> queries) {
    List<? extends Query<? extends R>> fixed = fixed(queries);
    return gathered(engine.gatherSnapshot(fixed), fixed);
  }

  private <R extends @Nullable Object> CompletableFuture<List<R>> gathered(
      Mono<Gathered> gathered, List<? extends Query<? extends R>> queries) {
    return Handoff.of(
        gathered,
        executor,
        answers -> {
          List<R> results = new ArrayList<>(queries.size());
          for (int i = 0; i < queries.size(); i++) {
            results.add(queries.get(i).read(answers.answer(i)));
          }
          return Collections.unmodifiableList(results);
        });
  }

  /** As {@link #gather}, but every query runs to its end and says itself how it ended. */
  public <R extends @Nullable Object> CompletableFuture<List<Outcome<R>>> gatherOutcomes(
      List<? extends Query<? extends R>> queries) {
    List<? extends Query<? extends R>> fixed = fixed(queries);
    return Handoff.of(
        engine.gather(fixed, OnFailure.COLLECT),
        executor,
        answers -> {
          List<Outcome<R>> outcomes = new ArrayList<>(fixed.size());
          for (int i = 0; i < fixed.size(); i++) {
            int index = i;
            Throwable failure = answers.failure(i);
            outcomes.add(
                failure != null
                    ? Outcome.failed(failure)
                    : Outcome.of(() -> fixed.get(index).read(answers.answer(index))));
          }
          return Collections.unmodifiableList(outcomes);
        });
  }

  /** A copy, since the caller's list may change while the queries run. */
  private static <Q extends Query<?>> List<Q> fixed(List<Q> queries) {
    if (queries == null) {
      throw new WrongArguments("gather needs a list of queries, it was given null");
    }
    for (int i = 0; i < queries.size(); i++) {
      if (queries.get(i) == null) {
        throw new WrongArguments("gather was given null in place of query " + i + " (from 0)");
      }
    }
    return List.copyOf(queries);
  }

  /**
   * Holds one connection while {@code work} runs and gives it back when its future completes.
   *
   * @param work runs on the completion executor
   */
  public <T extends @Nullable Object> CompletableFuture<T> connection(
      Function<Connection, ? extends CompletionStage<T>> work) {
    Arguments.given("connection", "a block", work);
    return Bracket.connection(engine, executor, work);
  }

  /** Holds one connection until it is closed; {@link #connection} closes it by itself. */
  public CompletableFuture<Connection> acquire() {
    return Handoff.owned(
        engine.lease(),
        executor,
        lease -> new Connection(lease, executor),
        unwanted -> unwanted.giveBack().subscribe());
  }

  /**
   * Gives a held connection back, as {@link Connection#closeAsync} does.
   *
   * @throws WrongArguments when it was borrowed from another database
   */
  public CompletableFuture<@Nullable Void> release(Connection connection) {
    Arguments.given("release", "a connection", connection);
    if (!connection.lease().isOf(engine)) {
      throw new WrongArguments(
          "release was given a connection of another database; give it back where it was acquired");
    }
    return connection.closeAsync();
  }

  /**
   * Calls {@code listener} with every notification that is sent to a channel from now on; short for
   * {@code listen(channel).start(listener)}.
   *
   * <p>All listeners of a database share one connection outside its pool, which is opened for the
   * first of them and closed behind the last. When it is lost another one is opened, as often as it
   * takes, and the listeners go on; what was sent meanwhile is missing: see {@link
   * NotificationStream#onGap}.
   *
   * @param channel any text of at most 63 bytes; it is case-sensitive, as a quoted identifier is
   * @throws dev.howdah.error.ClientException.Unsupported in pooler mode
   */
  public CompletableFuture<Listening> listen(
      String channel, Consumer<? super Notification> listener) {
    return listen(channel).start(listener);
  }

  /**
   * The notifications of a channel, to be subscribed to, or listened to with choices; see {@link
   * #listen(String, Consumer)}.
   *
   * @throws dev.howdah.error.ClientException.Unsupported in pooler mode
   */
  public NotificationStream listen(String channel) {
    return NotificationStream.of(engine, executor, channel);
  }

  Engine.Pool engine() {
    return engine;
  }

  /** The pool's figures now; cheap enough to be polled by gauges. */
  public PoolStatus status() {
    return engine.status();
  }

  /**
   * The connections that are borrowed now, the longest first: what each runs, for how long it has
   * been held and, with {@code leakDetectionThreshold} on, by whom.
   */
  public List<BorrowedConnection> borrowedConnections() {
    return engine.borrowed();
  }

  /**
   * Replaces every connection that is open now: idle ones before their next use, borrowed ones when
   * they come back. For when they all became wrong at once: a fail-over, a changed search path.
   */
  public void expireConnections() {
    engine.expire();
  }

  /**
   * Refuses new work, waits for the present up to the close timeout, then closes all sockets and
   * threads. The second call does nothing.
   */
  public CompletableFuture<@Nullable Void> closeAsync() {
    return Handoff.of(engine.close(), executor);
  }

  /** Closes and waits until it is done. */
  @Override
  public void close() {
    Blocking.await(closeAsync());
  }

  /** Where it is, as whom it logs in, and how the pool stands; never a password. */
  @Override
  public String toString() {
    return "Database[" + engine + "]";
  }
}
