package dev.howdah.internal.listen;

import dev.howdah.internal.driver.ListenConnection;
import dev.howdah.schema.Identifiers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A connection that listens: which channels the server knows of, and whether it still lives. */
final class Link {
  /** A server that ends idle sessions would end this one; older servers do not know the setting. */
  private static final String STAY =
      "SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings"
          + " WHERE name = 'idle_session_timeout';";

  private final ListenConnection connection;
  private final Scheduler timer;
  private final Disposable.Swap nextQuestion = Disposables.swap();
  private final long opened = System.nanoTime();
  private volatile Set<String> heard = Set.of();
  private volatile boolean told;

  Link(ListenConnection connection, Scheduler timer) {
    this.connection = connection;
    this.timer = timer;
  }

  /** Whether the server knows of just these channels. */
  boolean hears(Set<String> channels) {
    return heard.equals(channels);
  }

  boolean hears(String channel) {
    return heard.contains(channel);
  }

  /** Whether it has been told once what to listen to. */
  boolean isTold() {
    return told;
  }

  /** How long it has stood. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - opened);
  }

  /** Tells the server, all in one message, which channels to begin with and which to stop. */
  Mono<Void> tell(Set<String> channels) {
    StringBuilder sql = new StringBuilder(told ? "" : STAY);
    channels.stream()
        .filter(channel -> !heard.contains(channel))
        .forEach(c -> command(sql, "LISTEN ", c));
    heard.stream()
        .filter(channel -> !channels.contains(channel))
        .forEach(c -> command(sql, "UNLISTEN ", c));
    return connection
        .run(sql.toString())
        .doOnSuccess(
            done -> {
              heard = channels;
              told = true;
            });
  }

  private static void command(StringBuilder sql, String verb, String channel) {
    sql.append(verb).append(Identifiers.quote(channel)).append(';');
  }

  /**
   * Asks the server whether it is still there when nothing has come for so long: a network can lose
   * a connection without a word.
   */
  void keepAlive(Duration silence, Consumer<Throwable> dead) {
    Duration left = silence.minus(connection.silence());
    if (left.isNegative() || left.isZero()) {
      connection.run("SELECT 1").subscribe(null, dead, () -> later(silence, silence, dead));
    } else {
      later(left, silence, dead);
    }
  }

  private void later(Duration pause, Duration silence, Consumer<Throwable> dead) {
    try {
      nextQuestion.update(
          timer.schedule(() -> keepAlive(silence, dead), pause.toNanos(), TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closed) {
      // The database has been closed meanwhile.
    }
  }

  Mono<Void> whenLost() {
    return connection.whenLost();
  }

  /** Never fails. */
  Mono<Void> close() {
    nextQuestion.dispose();
    return connection.close();
  }

  @Override
  public String toString() {
    return connection.label();
  }
}
