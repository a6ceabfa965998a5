package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.HandleReturned;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerReport;
import dev.howdah.row.RowSet;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.Client;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** One borrowing of one r2dbc-postgresql connection. */
final class R2dbcConnection implements DriverConnection {
  private final Physical physical;
  private final Connection pooled;
  private final ConnectionPool pool;

  /**
   * The conversation under way, null between two, {@link Gone} when the connection has gone back.
   */
  private final AtomicReference<@Nullable Object> running = new AtomicReference<>();

  private final Stops stops;
  private final AtomicBoolean returned = new AtomicBoolean();
  private volatile Consumer<ServerReport> ear = notice -> {};

  private enum Gone {
    GONE
  }

  R2dbcConnection(Physical physical, Connection pooled, ConnectionPool pool) {
    this.physical = physical;
    this.pooled = pooled;
    this.pool = pool;
    this.stops = new Stops(physical, pool, this::running);
    physical.borrowed();
  }

  /** How long the connection had been idle when it was borrowed. */
  Duration idle() {
    return physical.idle();
  }

  @Override
  public void hear(Consumer<ServerReport> ear) {
    this.ear = ear;
  }

  void noticed(ServerReport notice) {
    ear.accept(notice);
  }

  @Override
  public Mono<RowSet> run(Command command) {
    return exchange(command, () -> new OneAnswer(command.rowLimit()));
  }

  @Override
  public Mono<List<RowSet>> merged(Merged merged) {
    return exchange(merged.command(), () -> new MergedAnswer(merged));
  }

  private <T> Mono<T> exchange(Command command, Supplier<Answer<T>> answer) {
    Client messages = physical.messages();
    return converse(
        caller ->
            messages == null
                ? new Exchange<>(command, answer.get(), physical.connection(), this, caller)
                : new WireExchange<>(
                    command,
                    answer.get(),
                    messages,
                    physical.statements(),
                    pool.codecs(),
                    this,
                    caller));
  }

  @Override
  public Mono<Described> describe(Command command) {
    return converse(caller -> new DescribeConversation(command, requiredMessages(), this, caller));
  }

  @Override
  public Mono<Void> script(String sql) {
    return run(Command.of(sql)).then();
  }

  @Override
  public Mono<Void> commit() {
    Client messages = physical.messages();
    return this.<RowSet>converse(
            caller ->
                messages == null
                    ? new DriverCommit(physical.connection(), this, caller)
                    : new Commit(messages, this, caller))
        .then();
  }

  @Override
  public boolean hasMessages() {
    return physical.messages() != null;
  }

  @Override
  public Mono<List<RowSet>> batch(Batch batch) {
    return converse(
        caller -> new BatchConversation(batch, requiredMessages(), pool.codecs(), this, caller));
  }

  @Override
  public Mono<Long> copyIn(CopyCommand copy, Supplier<Mono<ByteBuffer>> chunks) {
    return converse(
        caller -> new CopyInConversation(copy, requiredMessages(), chunks, this, caller));
  }

  @Override
  public Mono<Long> copyOut(CopyCommand copy, Function<ByteBuffer, Mono<Void>> consumer) {
    return converse(
        caller -> new CopyOutConversation(copy, requiredMessages(), consumer, this, caller));
  }

  private Client requiredMessages() {
    Client messages = physical.messages();
    if (messages == null) {
      throw new IllegalStateException("the driver does not give access to its messages");
    }
    return messages;
  }

  private <T> Mono<T> converse(Function<MonoSink<T>, Conversation<T>> begin) {
    return Mono.create(
        caller -> {
          Conversation<T> conversation = begin.apply(caller);
          caller.onCancel(conversation::abandon);
          if (stops.isQuiet()) {
            claim(conversation, caller);
          } else {
            // A request to cancel that is still on its way must not hit this one.
            claimWhenSettled(conversation, caller);
          }
        });
  }

  private void claimWhenSettled(Conversation<?> conversation, MonoSink<?> caller) {
    stops.settle().subscribe(null, caller::error, () -> claim(conversation, caller));
  }

  private void claim(Conversation<?> conversation, MonoSink<?> caller) {
    // Claimed before the hop to the event loop, so that settle() waits for a start under way.
    Object before = running.compareAndExchange(null, conversation);
    if (before == null) {
      physical.runs(conversation.command());
      onLoop(() -> start(conversation), conversation);
    } else if (before instanceof Conversation<?> other && other.isAbandoned()) {
      // Somebody who left in the instant in which he came.
      claimWhenSettled(conversation, caller);
    } else if (before == Gone.GONE) {
      caller.error(new HandleReturned("connection " + label() + " has gone back to the pool"));
    } else {
      caller.error(new IllegalStateException("two commands at once on connection " + label()));
    }
  }

  private static void start(Conversation<?> conversation) {
    if (conversation.isAbandoned()) {
      conversation.skip();
      return;
    }
    try {
      conversation.start();
    } catch (RuntimeException refused) {
      conversation.onError(refused);
    }
  }

  /**
   * The driver's statement cache and its queue of requests are meant for one thread, the loop's.
   */
  private void onLoop(Runnable work, Conversation<?> conversation) {
    if (Thread.currentThread() == physical.loopThread()) {
      work.run();
      return;
    }
    try {
      physical.loop().schedule(work);
    } catch (RejectedExecutionException closed) {
      conversation.onError(new ConnectionLost("connection " + label() + " is closed", closed));
    }
  }

  /** Runs it on the event loop: now when that is the present thread. */
  void onLoop(Runnable work) {
    if (Thread.currentThread() == physical.loopThread()) {
      work.run();
      return;
    }
    try {
      physical.loop().schedule(work);
    } catch (RejectedExecutionException closed) {
      // The loop has ended, and with it the connection and all its conversations.
    }
  }

  /**
   * Called by the conversation, once, before its caller hears of the end.
   *
   * @return what the caller is told of the problem, or null
   */
  @Nullable DatabaseException ended(Conversation<?> conversation, @Nullable Throwable problem) {
    if (problem != null && R2dbcErrors.endsConnection(problem)) {
      physical.broken();
    }
    boolean lost = physical.isTransactionFailed();
    physical.transactionFailed(problem != null && inTransaction());
    running.compareAndSet(conversation, null);
    return problem == null
        ? null
        : R2dbcErrors.translate(
            problem, conversation.failing(), label(), lost, pool.parameterDisplay());
  }

  @Override
  public boolean isPrepared() {
    return physical.isPrepared();
  }

  @Override
  public void prepared(boolean prepared) {
    physical.prepared(prepared);
  }

  @Override
  public void borrowedAt(StackTraceElement place) {
    physical.borrowedAt(place);
  }

  @Override
  public boolean inTransaction() {
    return !physical.connection().isAutoCommit();
  }

  @Override
  public boolean isOpen() {
    return physical.isOpen();
  }

  @Override
  public Mono<Void> settle() {
    return stops.settle();
  }

  private @Nullable Conversation<?> running() {
    return running.get() instanceof Conversation<?> now ? now : null;
  }

  @Override
  public Mono<Void> giveBack() {
    return Mono.defer(
        () -> {
          if (!returned.compareAndSet(false, true)) {
            return Mono.empty();
          }
          return stops.isQuiet() ? rest() : settledRest();
        });
  }

  private Mono<Void> settledRest() {
    return settle().then(Mono.defer(this::rest)).onErrorResume(stuck -> close());
  }

  private Mono<Void> rest() {
    // In one step, so that no statement slips in behind the last one's end.
    if (!running.compareAndSet(null, Gone.GONE)) {
      return settledRest();
    }
    if (!isOpen()) {
      return close();
    }
    physical.rests();
    return Mono.from(pooled.close()).onErrorResume(broken -> close());
  }

  @Override
  public Mono<Void> destroy() {
    return Mono.defer(() -> returned.compareAndSet(false, true) ? close() : Mono.empty());
  }

  /** Closing the socket first makes the pool see a dead connection and drop it. */
  private Mono<Void> close() {
    return physical
        .close(pool.cancelLimit(), pool.timer())
        .then(Mono.defer(() -> Mono.from(pooled.close())))
        .onErrorComplete();
  }

  @Override
  public String label() {
    return physical.label();
  }

  static boolean isConnected(PostgresqlConnection connection) {
    AtomicBoolean connected = new AtomicBoolean();
    // A local validation looks at a flag and completes at once.
    connection.validate(ValidationDepth.LOCAL).subscribe(connected::set);
    return connected.get();
  }

  @Override
  public String toString() {
    return label();
  }
}
