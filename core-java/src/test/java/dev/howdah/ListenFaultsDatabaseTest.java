package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.config.TimeoutOptions;
import dev.howdah.embedded.EmbeddedPostgres;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Heard;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TcpProxy;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening through networks and servers that fail. */
@PostgresTest
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ListenFaultsDatabaseTest {
  private static Heard listen(Database db, String channel) {
    Heard heard = new Heard();
    await(db.listen(channel).onGap(heard::add).start(heard::add));
    return heard;
  }

  /** Impatient: a silent connection is asked after a second, and has three to answer. */
  private static DatabaseOptions impatient(String url) {
    return DatabaseOptions.of(url)
        .withPool(PoolOptions.defaults().withValidateAfterIdle(Duration.ofSeconds(1)))
        .withTimeouts(TimeoutOptions.defaults().withConnect(Duration.ofSeconds(3)));
  }

  @Test
  void aCutSocketIsReplaced(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(server.url(proxy)))) {
      Heard heard = listen(db, "orders");
      for (int i = 1; i <= 3; i++) {
        proxy.cutConnections();
        heard.require(2 * i - 1);
        server.sql("NOTIFY orders, '" + i + "'");
        heard.require("" + i);
      }
      assertThat(heard.events()).containsExactly("lost", "1", "lost", "2", "lost", "3");
    }
  }

  @Test
  void aSilentNetworkIsNoticedAndLeft(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server.url(proxy))))) {
      Heard heard = listen(db, "orders");
      long connections = proxy.accepted();
      proxy.pause();
      Eventually.require("another attempt", () -> proxy.accepted() > connections);
      assertThat(heard.events()).isEmpty();
      proxy.resume();
      heard.require("lost");
      server.sql("NOTIFY orders, 'after'");
      assertThat(heard.require(2)).containsExactly("lost", "after");
    }
  }

  @Test
  void aNetworkThatSwallowsEverythingDoesNotKeepTheDatabaseFromClosing(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server.url(proxy))))) {
      Heard heard = listen(db, "orders");
      long connections = proxy.accepted();
      proxy.blackHole();
      Eventually.require("two other attempts", () -> proxy.accepted() > connections + 1);
      assertThat(heard.events()).isEmpty();
    }
  }

  @Test
  void aQuietConnectionIsNotReplaced(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        Database db = await(Database.connect(impatient(server.url(proxy))))) {
      Heard heard = listen(db, "orders");
      long sent = proxy.bytes(TcpProxy.Direction.TO_SERVER);
      long connections = proxy.accepted();
      Eventually.require("a question", () -> proxy.bytes(TcpProxy.Direction.TO_SERVER) > sent);
      server.sql("NOTIFY orders, 'one'");
      assertThat(heard.require(1)).containsExactly("one");
      assertThat(proxy.accepted()).isEqualTo(connections);
    }
  }

  @Test
  void aServerThatEndsIdleSessionsDoesNotEndThisOne(TestDatabase server) {
    DatabaseOptions options =
        DatabaseOptions.of(server.url())
            .withSetting("idle_session_timeout", "300ms")
            .withPool(PoolOptions.defaults().withMinSize(0));
    try (Database db = await(Database.connect(options))) {
      Heard heard = listen(db, "orders");
      Eventually.require("the pool's own session has ended", () -> server.connections() == 1);
      server.sql("NOTIFY orders, 'one'");
      assertThat(heard.require(1)).containsExactly("one");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestartIsSurvived(boolean killed) {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        Database db = await(Database.connect(server.url()))) {
      Heard orders = listen(db, "orders");
      Heard users = listen(db, "users");
      await(db.notify("orders", "before"));
      orders.require("before");
      if (killed) {
        server.kill();
      } else {
        server.stop();
      }
      assertThatThrownBy(() -> listen(db, "late")).isInstanceOf(ConnectFailure.class);
      assertThatThrownBy(() -> listen(db, "orders")).isInstanceOf(ConnectFailure.class);
      server.restart();
      orders.require("lost");
      users.require("lost");
      await(db.notify("orders", "after"));
      assertThat(orders.require(3)).containsExactly("before", "lost", "after");
      Heard late = listen(db, "late");
      await(db.notify("late", "now"));
      assertThat(late.require(1)).containsExactly("now");
    }
  }

  @Test
  void aDatabaseClosesWhileItsServerIsAway() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      Database db = await(Database.connect(server.url()));
      Heard heard = listen(db, "orders");
      server.stop();
      db.close();
      Eventually.require(
          "no thread of it is left",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("howdah-")));
      assertThat(heard.events()).isIn(List.of(), List.of("lost"));
    }
  }
}
