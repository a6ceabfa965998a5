package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.ConnectFailure;
import dev.howdah.error.ClientException.DatabaseClosed;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What listening and notifying promise, in any language. */
public interface ListenContract {
  /** A buffer that no test fills by chance. */
  int PLENTY = 100_000;

  /** A connected database of the language under test. */
  BlockingListen connect(DatabaseOptions options);

  private void with(TestDatabase server, Consumer<BlockingListen> test) {
    with(DatabaseOptions.of(server.url()), test);
  }

  private void with(DatabaseOptions options, Consumer<BlockingListen> test) {
    try (BlockingListen db = connect(options)) {
      test.accept(db);
    }
  }

  private static BlockingListen.Ear ear(BlockingListen db, String channel, Heard heard) {
    return db.listen(channel, PLENTY, heard::add, heard::add);
  }

  /** The sessions that listen, by the last statement they ran. */
  private static List<String> listening(TestDatabase server) {
    return server
        .query(
            "SELECT query FROM pg_stat_activity WHERE datname = current_database()"
                + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()")
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  private static void killListener(TestDatabase server) {
    server.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()");
  }

  @Test
  default void aNotificationArrivesWithItsChannelPayloadAndSender(TestDatabase server) {
    BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
    with(
        server,
        db -> {
          db.listen("orders", PLENTY, heard::add, gap -> {});
          int pid = (Integer) server.query("SELECT pg_backend_pid()").get(0).get(0);
          server.sql("NOTIFY orders, 'Grüße 🐘'");
          assertThat(poll(heard)).isEqualTo(new Notification("orders", "Grüße 🐘", pid));
          server.sql("NOTIFY orders");
          assertThat(poll(heard)).isEqualTo(new Notification("orders", "", pid));
          db.notify("orders", "from here");
          assertThat(poll(heard).payload()).isEqualTo("from here");
        });
  }

  private static Notification poll(BlockingQueue<Notification> heard) {
    try {
      Notification next = heard.poll(10, TimeUnit.SECONDS);
      return next == null ? new Notification("nothing came", "", 0) : next;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  default void aChannelMayHaveAnyName(TestDatabase server) {
    List<String> channels =
        List.of(
            "Orders",
            "two words",
            "quote\"d",
            "it's",
            "semi;colon",
            "--comment",
            "/* comment",
            "$1",
            "$$",
            ":name",
            "back\\slash",
            "tab\tnew\nline",
            "select",
            "*",
            "Заказы 🐘",
            "x".repeat(63));
    with(
        server,
        db -> {
          Heard heard = new Heard();
          for (String channel : channels) {
            db.listen(
                channel,
                PLENTY,
                notification -> {
                  assertThat(notification.channel()).isEqualTo(channel);
                  heard.add(notification);
                },
                gap -> {});
          }
          for (String channel : channels) {
            db.notify(channel, "to " + channel);
          }
          assertThat(heard.require(channels.size()))
              .containsExactlyInAnyOrderElementsOf(channels.stream().map(c -> "to " + c).toList());
        });
  }

  @Test
  default void whatCannotBeAChannelOrAPayloadIsRefusedAtTheCall(TestDatabase server) {
    with(
        server,
        db -> {
          for (String channel : List.of("", "nul\0", "x".repeat(64), "я".repeat(32), "\ud83d")) {
            assertThatThrownBy(() -> ear(db, channel, new Heard()))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("channel");
            assertThatThrownBy(() -> db.notify(channel, "x"))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("channel");
          }
          assertThatThrownBy(() -> db.notify("orders", "secret\0"))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("NUL")
              .hasMessageNotContaining("secret");
          for (String payload : List.of("x".repeat(8_000), "я".repeat(4_000))) {
            assertThatThrownBy(() -> db.notify("orders", payload))
                .isInstanceOf(WrongArguments.class)
                .hasMessageContaining("8000 bytes")
                .hasMessageContaining("7999");
          }
          assertThatThrownBy(() -> db.listen("orders", 0, n -> {}, g -> {}))
              .isInstanceOf(WrongArguments.class)
              .hasMessageContaining("1 notification or more");
          assertThat(listening(server)).isEmpty();
        });
  }

  @Test
  default void theLongestPayloadArrives(TestDatabase server) {
    with(
        server,
        db -> {
          Heard heard = new Heard();
          ear(db, "orders", heard);
          String longest = "я".repeat(3_999) + "x";
          db.notify("orders", longest);
          assertThat(heard.require(1)).containsExactly(longest);
        });
  }

  @Test
  default void everyListenerOfAChannelHearsAllAndNobodyElse(TestDatabase server) {
    with(
        server,
        db -> {
          List<Heard> orders = Stream.generate(Heard::new).limit(3).toList();
          orders.forEach(heard -> ear(db, "orders", heard));
          Heard users = new Heard();
          ear(db, "users", users);
          for (int i = 0; i < 100; i++) {
            db.notify(i % 2 == 0 ? "orders" : "users", "" + i);
          }
          List<String> even = IntStream.range(0, 50).mapToObj(i -> "" + 2 * i).toList();
          List<String> odd = IntStream.range(0, 50).mapToObj(i -> "" + (2 * i + 1)).toList();
          orders.forEach(heard -> assertThat(heard.require(50)).isEqualTo(even));
          assertThat(users.require(50)).isEqualTo(odd);
        });
  }

  @Test
  default void fiftyListenersShareOneConnectionOutsideThePool(TestDatabase server) {
    DatabaseOptions options =
        DatabaseOptions.of(server.url()).withPool(PoolOptions.defaults().withSize(0, 1));
    with(
        options,
        db -> {
          List<Heard> heard = Stream.generate(Heard::new).limit(50).toList();
          for (int i = 0; i < 50; i++) {
            ear(db, "channel " + i % 20, heard.get(i));
          }
          assertThat(server.connections()).isEqualTo(2);
          for (int i = 0; i < 20; i++) {
            db.notify("channel " + i, "to " + i);
          }
          for (int i = 0; i < 50; i++) {
            assertThat(heard.get(i).require(1)).containsExactly("to " + i % 20);
          }
          assertThat(server.connections()).isEqualTo(2);
        });
  }

  @Test
  default void aStormKeepsTheOrderOfEachChannel(TestDatabase server) {
    with(
        server,
        db -> {
          List<Heard> heard = Stream.generate(Heard::new).limit(4).toList();
          for (int channel = 0; channel < 4; channel++) {
            ear(db, "c" + channel, heard.get(channel));
          }
          int each = 5_000;
          // Equal notifications of one transaction would be sent once.
          server.sql(
              "SELECT pg_notify('c' || n % 4, (n / 4)::text) FROM generate_series(0, "
                  + (4 * each - 1)
                  + ") n");
          List<String> all = IntStream.range(0, each).mapToObj(String::valueOf).toList();
          heard.forEach(one -> assertThat(one.require(each)).isEqualTo(all));
        });
  }

  @Test
  default void aTransactionNotifiesAtItsCommit(TestDatabase server) {
    with(
        server,
        db -> {
          Heard heard = new Heard();
          ear(db, "orders", heard);
          db.notifyInTransaction("orders", "undone", () -> {}, false);
          db.notifyInTransaction(
              "orders",
              "done",
              () -> {
                db.notify("orders", "meanwhile");
                heard.require("meanwhile");
              },
              true);
          db.notify("orders", "after");
          assertThat(heard.require(3)).containsExactly("meanwhile", "done", "after");
        });
  }

  @Test
  default void poolerModeRefusesToListenAndNotifies(TestDatabase server) {
    with(
        DatabaseOptions.of(server.url()).withPoolerMode(true),
        db -> {
          assertThatThrownBy(() -> ear(db, "orders", new Heard()))
              .isInstanceOf(Unsupported.class)
              .hasMessageContaining("pooler")
              .hasMessageContaining("another Database");
          db.notify("orders", "fine");
          assertThat(listening(server)).isEmpty();
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
          ear(db, "orders", fast);
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

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  default void theServerIsToldWhenTheLastListenerOfAChannelLeaves(TestDatabase server) {
    with(
        server,
        db -> {
          Heard first = new Heard();
          Heard second = new Heard();
          BlockingListen.Ear one = ear(db, "orders", first);
          BlockingListen.Ear two = ear(db, "orders", second);
          BlockingListen.Ear other = ear(db, "users", new Heard());
          one.close();
          one.close();
          db.notify("orders", "still");
          second.require("still");
          two.close();
          Eventually.require(
              "UNLISTEN", () -> listening(server).equals(List.of("UNLISTEN \"orders\";")));
          other.close();
          Eventually.require("no listening session", () -> listening(server).isEmpty());
          ear(db, "orders", second);
          db.notify("orders", "again");
          assertThat(second.require(2)).containsExactly("still", "again");
          assertThat(first.events()).isEmpty();
        });
  }

  @Test
  default void aKilledConnectionIsReplacedAndListenersAreToldOfTheGap(TestDatabase server) {
    with(
        server,
        db -> {
          Heard orders = new Heard();
          Heard users = new Heard();
          ear(db, "orders", orders);
          ear(db, "users", users);
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
          assertThat(listening(server)).hasSize(1);
        });
  }

  @Test
  default void expiringConnectionsReplacesTheOneThatListens(TestDatabase server) {
    with(
        server,
        db -> {
          Heard heard = new Heard();
          ear(db, "orders", heard);
          db.expireConnections();
          heard.require("lost");
          db.notify("orders", "after");
          assertThat(heard.require(2)).containsExactly("lost", "after");
          Eventually.require("one session", () -> listening(server).size() == 1);
        });
  }

  @Test
  default void manyComeAndGoAtOnce(TestDatabase server) {
    with(
        server,
        db -> {
          AtomicInteger heard = new AtomicInteger();
          List<Thread> threads = new ArrayList<>();
          List<Throwable> failures = new ArrayList<>();
          for (int t = 0; t < 8; t++) {
            String channel = "c" + t % 3;
            Thread thread =
                new Thread(
                    () -> {
                      for (int i = 0; i < 20; i++) {
                        CountDownLatch came = new CountDownLatch(1);
                        BlockingListen.Ear ear =
                            db.listen(channel, PLENTY, n -> came.countDown(), gap -> {});
                        db.notify(channel, "x");
                        await(came);
                        heard.incrementAndGet();
                        ear.close();
                      }
                    });
            thread.setUncaughtExceptionHandler(
                (dead, failure) -> {
                  synchronized (failures) {
                    failures.add(failure);
                  }
                });
            threads.add(thread);
            thread.start();
          }
          for (Thread thread : threads) {
            try {
              thread.join(60_000);
            } catch (InterruptedException interrupted) {
              throw new IllegalStateException(interrupted);
            }
          }
          assertThat(failures).isEmpty();
          assertThat(heard).hasValue(160);
          Eventually.require("no listening session", () -> listening(server).isEmpty());
        });
  }

  @Test
  default void closingTheDatabaseEndsAllListening(TestDatabase server) {
    BlockingListen db = connect(DatabaseOptions.of(server.url()));
    Heard heard = new Heard();
    BlockingListen.Ear ear = ear(db, "orders", heard);
    db.notify("orders", "one");
    heard.require("one");
    db.close();
    Eventually.require("the end", ear::hasEnded);
    assertThat(heard.events()).containsExactly("one");
    assertThatThrownBy(() -> ear(db, "orders", heard)).isInstanceOf(DatabaseClosed.class);
    ear.close();
  }

  @Test
  default void closingTheDatabaseInAStormLeavesNothing(TestDatabase server) {
    BlockingListen db = connect(DatabaseOptions.of(server.url()));
    Heard heard = new Heard();
    BlockingListen.Ear ear = ear(db, "orders", heard);
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
      assertThatThrownBy(() -> ear(db, "orders", new Heard())).isInstanceOf(ConnectFailure.class);
      proxy.acceptNew();
      Heard heard = new Heard();
      ear(db, "orders", heard);
      db.notify("orders", "now");
      assertThat(heard.require(1)).containsExactly("now");
    }
  }
}
