package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.Unsupported;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a listener is told when it is too slow, and when its connection or database ends. */
public interface ListenGapsContract extends ListenUnderTest {
  private static void killListener(TestDatabase server) {
    server.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()");
  }

  @Test
  default void poolerModeRefusesToListenAndNotifies(TestDatabase server) {
    with(
        DatabaseOptions.of(server.url()).withPoolerMode(true),
        db -> {
          assertThatThrownBy(() -> ListenUnderTest.ear(db, "orders", new Heard()))
              .isInstanceOf(Unsupported.class)
              .hasMessageContaining("pooler")
              .hasMessageContaining("another Database");
          db.notify("orders", "fine");
          assertThat(ListenUnderTest.listening(server)).isEmpty();
        });
  }

  @Test
  default void aSlowListenerIsToldHowManyItMissedAndHoldsNobodyUp(TestDatabase server) {
    with(
        server,
        db -> {
          CountDownLatch gate = new CountDownLatch(1);
          Heard slow = new Heard();
          db.listen(
              "orders",
              4,
              notification -> {
                slow.add(notification);
                await(gate);
              },
              slow::add);
          Heard fast = new Heard();
          ListenUnderTest.ear(db, "orders", fast);
          db.notify("orders", "0");
          slow.require("0");
          for (int i = 1; i < 20; i++) {
            db.notify("orders", "" + i);
          }
          fast.require(20);
          gate.countDown();
          slow.require("-15");
          db.notify("orders", "20");
          slow.require("20");
          assertThat(slow.events()).containsExactly("0", "1", "2", "3", "4", "-15", "20");
          assertThat(fast.require(21)).doesNotContain("-15");
        });
  }

  @Test
  default void aKilledConnectionIsReplacedAndListenersAreToldOfTheGap(TestDatabase server) {
    with(
        server,
        db -> {
          Heard orders = new Heard();
          Heard users = new Heard();
          ListenUnderTest.ear(db, "orders", orders);
          ListenUnderTest.ear(db, "users", users);
          db.notify("orders", "before");
          orders.require("before");
          for (int i = 1; i <= 3; i++) {
            killListener(server);
            users.require(i);
            orders.require(i == 1 ? 2 : 2 * i);
            db.notify("orders", "after " + i);
            orders.require("after " + i);
          }
          assertThat(orders.events())
              .containsExactly("before", "lost", "after 1", "lost", "after 2", "lost", "after 3");
          assertThat(users.events()).containsExactly("lost", "lost", "lost");
          assertThat(ListenUnderTest.listening(server)).hasSize(1);
        });
  }

  @Test
  default void expiringConnectionsReplacesTheOneThatListens(TestDatabase server) {
    with(
        server,
        db -> {
          Heard heard = new Heard();
          ListenUnderTest.ear(db, "orders", heard);
          db.expireConnections();
          heard.require("lost");
          db.notify("orders", "after");
          assertThat(heard.require(2)).containsExactly("lost", "after");
          Eventually.require("one session", () -> ListenUnderTest.listening(server).size() == 1);
        });
  }

  @Test
  default void closingTheDatabaseEndsAllListening(TestDatabase server) {
    BlockingListen db = connect(DatabaseOptions.of(server.url()));
    Heard heard = new Heard();
    BlockingListen.Ear ear = ListenUnderTest.ear(db, "orders", heard);
    db.notify("orders", "one");
    heard.require("one");
    db.close();
    Eventually.require("the end", ear::hasEnded);
    assertThat(heard.events()).containsExactly("one");
    assertThatThrownBy(() -> ListenUnderTest.ear(db, "orders", heard))
        .isInstanceOf(DatabaseClosed.class);
    ear.close();
  }

  @Test
  default void closingTheDatabaseInAStormLeavesNothing(TestDatabase server) {
    BlockingListen db = connect(DatabaseOptions.of(server.url()));
    Heard heard = new Heard();
    BlockingListen.Ear ear = ListenUnderTest.ear(db, "orders", heard);
    server.sql("SELECT pg_notify('orders', n::text) FROM generate_series(0, 20000) n");
    heard.require("0");
    db.close();
    Eventually.require("the end", ear::hasEnded);
    List<String> events = heard.events();
    assertThat(events)
        .isEqualTo(IntStream.range(0, events.size()).mapToObj(String::valueOf).toList());
    server.requireNoConnections();
  }

  @Test
  default void listeningFailsAtOnceWhereNoConnectionCanBeOpened(TestDatabase server) {
    try (TcpProxy proxy = TcpProxy.to(server);
        BlockingListen db = connect(DatabaseOptions.of(server.url(proxy)))) {
      proxy.refuseNew();
      assertThatThrownBy(() -> ListenUnderTest.ear(db, "orders", new Heard()))
          .isInstanceOf(ConnectFailure.class);
      proxy.acceptNew();
      Heard heard = new Heard();
      ListenUnderTest.ear(db, "orders", heard);
      db.notify("orders", "now");
      assertThat(heard.require(1)).containsExactly("now");
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(120, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
