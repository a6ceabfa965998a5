package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.observe.Notification;
import dev.howdah.observe.ParameterDisplay;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The notifications of one r2dbc-postgresql connection. */
final class R2dbcListenConnection implements ListenConnection {
  private final Physical physical;
  private final ConnectionSource source;
  private final Duration answerLimit;
  private final Scheduler timer;
  private final Sinks.Empty<Void> lost = Sinks.empty();
  private volatile long heardAt = System.nanoTime();

  /**
   * Hears from now on: what the driver gets while nobody is subscribed to it is dropped, so this
   * comes before any LISTEN.
   *
   * @param ear is called on the connection's event loop, and must not throw: the driver would stop
   */
  R2dbcListenConnection(
      Physical physical,
      ConnectionSource source,
      Duration answerLimit,
      Scheduler timer,
      Consumer<Notification> ear) {
    this.physical = physical;
    this.source = source;
    this.answerLimit = answerLimit;
    this.timer = timer;
    physical
        .connection()
        .getNotifications()
        .subscribe(
            heard -> {
              heardAt = System.nanoTime();
              ear.accept(notification(heard));
            },
            broken -> lost.tryEmitEmpty(),
            lost::tryEmitEmpty);
  }

  private static Notification notification(io.r2dbc.postgresql.api.Notification heard) {
    String payload = heard.getParameter();
    return new Notification(heard.getName(), payload == null ? "" : payload, heard.getProcessId());
  }

  @Override
  public Mono<Void> run(String sql) {
    PostgresqlConnection connection = physical.connection();
    return Mono.defer(
            () ->
                Flux.from(connection.createStatement(sql).execute())
                    .concatMap(PostgresqlResult::getRowsUpdated)
                    .then())
        .subscribeOn(physical.loop())
        .doOnSuccess(done -> heardAt = System.nanoTime())
        .timeout(answerLimit, Mono.error(this::noAnswer), timer)
        .onErrorMap(
            failure ->
                R2dbcErrors.translate(
                    failure, Command.of(sql), label(), false, ParameterDisplay.HIDDEN));
  }

  private ConnectionLost noAnswer() {
    return new ConnectionLost(
        "connection " + label() + " gave no answer within " + answerLimit.toMillis() + " ms", null);
  }

  @Override
  public Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  @Override
  public Mono<Void> whenLost() {
    return lost.asMono();
  }

  @Override
  public Mono<Void> close() {
    return source.close(physical.connection());
  }

  @Override
  public String label() {
    return physical.label();
  }

  @Override
  public String toString() {
    return label();
  }
}
