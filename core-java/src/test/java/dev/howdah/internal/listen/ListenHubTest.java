package dev.howdah.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerErrors;
import dev.howdah.error.ServerException;
import dev.howdah.error.ServerReport;
import dev.howdah.internal.driver.Driver;
import dev.howdah.internal.driver.ListenConnection;
import dev.howdah.internal.listen.Inbox.Heard;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import dev.howdah.testing.Eventually;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What real servers and networks do too seldom: each step of a connection fails on command. */
class ListenHubTest {
  private final Scheduler timer = Schedulers.newSingle("test-timer");
  private final List<Scripted> opened = new CopyOnWriteArrayList<>();
  private final ListenHub hub =
      new ListenHub(driver(), DatabaseOptions.of("postgresql://u@localhost/d"));
  private volatile Mono<Void> opening = Mono.empty();

  /** How the first statement of each new connection ends. */
  private volatile @Nullable Throwable first;

  @AfterEach
  void end() {
    hub.close().block();
    timer.dispose();
  }

  /** A driver that opens what this test scripts, and can nothing else. */
  private Driver driver() {
    return (Driver)
        Proxy.newProxyInstance(
            Driver.class.getClassLoader(),
            new Class<?>[] {Driver.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "timer" -> timer;
                  case "listener" -> open((Consumer<?>) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private Mono<ListenConnection> open(Consumer<?> ear) {
    return Mono.defer(
        () ->
            opening.then(
                Mono.fromSupplier(
                    () -> {
                      Scripted connection = new Scripted((Consumer<Notification>) ear);
                      connection.refusal = first;
                      opened.add(connection);
                      return connection;
                    })));
  }

  /** One connection. */
  private static final class Scripted implements ListenConnection {
    final Consumer<Notification> ear;
    final List<String> ran = new CopyOnWriteArrayList<>();
    final Sinks.Empty<Void> lost = Sinks.empty();
    volatile @Nullable Throwable refusal;
    volatile boolean closed;

    Scripted(Consumer<Notification> ear) {
      this.ear = ear;
    }

    @Override
    public Mono<Void> run(String sql) {
      return Mono.defer(
          () -> {
            ran.add(sql.replaceFirst("^SELECT[^;]*;", ""));
            Throwable now = refusal;
            return now == null ? Mono.empty() : Mono.error(now);
          });
    }

    @Override
    public Duration silence() {
      return Duration.ZERO;
    }

    @Override
    public Mono<Void> whenLost() {
      return lost.asMono();
    }

    @Override
    public Mono<Void> close() {
      return Mono.fromRunnable(
          () -> {
            closed = true;
            lost.tryEmitEmpty();
          });
    }

    @Override
    public String label() {
      return "4711 (test)";
    }
  }

  private static DatabaseException refusal(String severity, String sqlState) {
    return ServerErrors.of(
        ServerReport.builder().severity(severity).sqlState(sqlState).message("no").build(),
        null,
        "4711 (test)");
  }

  private CompletableFuture<Inbox> listen(String channel) {
    return hub.listen(channel, 10).toFuture();
  }

  private static Throwable failure(CompletableFuture<?> call) {
    try {
      call.join();
      throw new AssertionError("it did not fail");
    } catch (CompletionException failed) {
      return failed.getCause();
    }
  }

  private Scripted connection(int number) {
    Eventually.require("connection " + number, () -> opened.size() >= number);
    return opened.get(number - 1);
  }

  @Test
  void theServerIsToldWhatChanged() {
    Inbox first = listen("a").join();
    listen("b").join();
    Inbox again = listen("a").join();
    first.close().block();
    again.close().block();
    assertThat(opened).hasSize(1);
    assertThat(connection(1).ran)
        .containsExactly("LISTEN \"a\";", "LISTEN \"b\";", "UNLISTEN \"a\";");
    assertThat(connection(1).closed).isFalse();
  }

  @Test
  void theConnectionIsClosedBehindTheLast() {
    Inbox only = listen("a").join();
    only.close().block();
    only.close().block();
    assertThat(connection(1).closed).isTrue();
    listen("a").join();
    assertThat(connection(2).ran).containsExactly("LISTEN \"a\";");
  }

  @Test
  void aRefusalFailsTheNewListenerOnly() {
    Inbox old = listen("a").join();
    connection(1).refusal = refusal("ERROR", "53200");
    assertThat(failure(listen("b"))).isInstanceOf(ServerException.class);
    connection(1).refusal = null;
    connection(1).ear.accept(new Notification("a", "x", 1));
    assertThat(old.poll()).isEqualTo(new Heard(new Notification("a", "x", 1), null));
    listen("b").join();
    assertThat(opened).hasSize(1);
    assertThat(old.poll()).isNull();
  }

  @Test
  void aRefusalOfAFirstStatementClosesTheConnection() {
    first = refusal("ERROR", "25006");
    assertThat(failure(listen("a"))).isInstanceOf(ServerException.class);
    assertThat(connection(1).closed).isTrue();
    first = null;
    listen("a").join();
    assertThat(opened).hasSize(2);
  }

  @Test
  void aRefusalThatFailsNobodyReplacesTheConnection() {
    Inbox staying = listen("a").join();
    Inbox leaving = listen("b").join();
    connection(1).refusal = refusal("ERROR", "53200");
    leaving.close().block();
    assertThat(connection(2).ran).containsExactly("LISTEN \"a\";");
    assertThat(connection(1).closed).isTrue();
    Eventually.require("the gap", () -> new Heard(null, gap()).equals(staying.poll()));
  }

  @Test
  void whoJoinsWhileTheConnectionBreaksRidesOnTheNext() {
    Inbox old = listen("a").join();
    for (Throwable end :
        List.of(refusal("FATAL", "57P01"), new ConnectionLost("connection lost", null))) {
      Scripted present = connection(opened.size());
      present.refusal = end;
      Inbox joined = listen("b").join();
      assertThat(present.closed).isTrue();
      assertThat(joined.poll()).isNull();
      assertThat(old.poll()).isEqualTo(new Heard(null, gap()));
      joined.close().block();
    }
    assertThat(opened).hasSize(3);
  }

  private static NotificationGap gap() {
    return new NotificationGap("a", true, 0);
  }

  @Test
  void aFailedAttemptFailsThoseWhoWaitAndNobodyElse() {
    Inbox old = listen("a").join();
    opening = Mono.error(new ConnectFailure("refused", null));
    connection(1).close().block();
    for (int i = 0; i < 3; i++) {
      assertThat(failure(listen("b"))).isInstanceOf(ConnectFailure.class);
    }
    opening = Mono.empty();
    assertThat(connection(2).ran).containsExactly("LISTEN \"a\";");
    Eventually.require("the gap", () -> new Heard(null, gap()).equals(old.poll()));
  }

  @Test
  void whoLeavesWhileAConnectionIsOpenedLeavesNothing() {
    Sinks.Empty<Void> gate = Sinks.empty();
    opening = gate.asMono();
    CompletableFuture<Inbox> call = listen("a");
    assertThat(call.cancel(true)).isTrue();
    gate.tryEmitEmpty();
    Eventually.require("it is closed again", () -> connection(1).closed);
    assertThat(connection(1).ran).isEmpty();
  }

  @Test
  void closingEndsThoseWhoListenAndFailsThoseWhoWait() {
    Inbox listening = listen("a").join();
    connection(1).close().block();
    Sinks.Empty<Void> gate = Sinks.empty();
    opening = gate.asMono();
    CompletableFuture<Inbox> waiting = listen("b");
    hub.close().block();
    assertThat(failure(waiting)).isInstanceOf(DatabaseClosed.class);
    assertThat(listening.isOver()).isTrue();
    assertThat(failure(listen("a"))).isInstanceOf(DatabaseClosed.class);
    gate.tryEmitEmpty();
    Eventually.require("what was being opened is closed", () -> connection(2).closed);
    hub.close().block();
  }

  @Test
  void pausesGrowToALimitAndAreSpread() {
    for (int failures = 0; failures < 100; failures++) {
      long most = Math.min(10_000, 100L << Math.min(failures, 20));
      assertThat(Pauses.after(failures).toMillis()).isBetween(most / 2, most);
    }
  }
}
