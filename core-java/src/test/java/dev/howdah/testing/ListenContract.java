package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.PoolOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What listening and notifying promise, in any language. */
public interface ListenContract extends ListenGapsContract {
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
            assertThatThrownBy(() -> ListenUnderTest.ear(db, channel, new Heard()))
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
          assertThat(ListenUnderTest.listening(server)).isEmpty();
        });
  }

  @Test
  default void theLongestPayloadArrives(TestDatabase server) {
    with(
        server,
        db -> {
          Heard heard = new Heard();
          ListenUnderTest.ear(db, "orders", heard);
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
          orders.forEach(heard -> ListenUnderTest.ear(db, "orders", heard));
          Heard users = new Heard();
          ListenUnderTest.ear(db, "users", users);
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
            ListenUnderTest.ear(db, "channel " + i % 20, heard.get(i));
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
            ListenUnderTest.ear(db, "c" + channel, heard.get(channel));
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
          ListenUnderTest.ear(db, "orders", heard);
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

  private static void await(CountDownLatch gate) {
    try {
      assertThat(gate.await(120, TimeUnit.SECONDS)).isTrue();
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
          BlockingListen.Ear one = ListenUnderTest.ear(db, "orders", first);
          BlockingListen.Ear two = ListenUnderTest.ear(db, "orders", second);
          BlockingListen.Ear other = ListenUnderTest.ear(db, "users", new Heard());
          one.close();
          one.close();
          db.notify("orders", "still");
          second.require("still");
          two.close();
          Eventually.require(
              "UNLISTEN",
              () -> ListenUnderTest.listening(server).equals(List.of("UNLISTEN \"orders\";")));
          other.close();
          Eventually.require(
              "no listening session", () -> ListenUnderTest.listening(server).isEmpty());
          ListenUnderTest.ear(db, "orders", second);
          db.notify("orders", "again");
          assertThat(second.require(2)).containsExactly("still", "again");
          assertThat(first.events()).isEmpty();
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
              thread.join(180_000);
            } catch (InterruptedException interrupted) {
              throw new IllegalStateException(interrupted);
            }
          }
          assertThat(failures).isEmpty();
          assertThat(heard).hasValue(160);
          Eventually.require(
              "no listening session", () -> ListenUnderTest.listening(server).isEmpty());
        });
  }
}
