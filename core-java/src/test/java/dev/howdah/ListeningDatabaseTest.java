package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.observe.Notification;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.Heard;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is Java's own about listening; the rest is in the contract. */
@PostgresTest
class ListeningDatabaseTest {
  private static boolean nobodyListens(TestDatabase server) {
    return server
        .query(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND query LIKE '%LISTEN \"%' AND pid <> pg_backend_pid()")
        .isEmpty();
  }

  @Test
  void aListenerThatThrowsGoesOn(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      Heard heard = new Heard();
      await(
          db.listen("orders")
              .onGap(
                  gap -> {
                    heard.add(gap);
                    throw new IllegalStateException("on purpose");
                  })
              .start(
                  notification -> {
                    heard.add(notification);
                    throw new AssertionError("on purpose");
                  }));
      await(db.notify("orders", "one"));
      heard.require("one");
      db.expireConnections();
      heard.require("lost");
      await(db.notify("orders", "two"));
      assertThat(heard.require(3)).containsExactly("one", "lost", "two");
    }
  }

  @Test
  void aListenerMayStopItself(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      CompletableFuture<Listening> itself = new CompletableFuture<>();
      Heard heard = new Heard();
      Listening listening =
          await(
              db.listen(
                  "orders",
                  notification -> {
                    heard.add(notification);
                    itself.join().close();
                  }));
      itself.complete(listening);
      assertThat(listening.channel()).isEqualTo("orders");
      await(
          db.transaction(
              tx -> tx.notify("orders", "one").thenCompose(sent -> tx.notify("orders", "two"))));
      heard.require("one");
      Eventually.require("nobody listens", () -> nobodyListens(server));
      assertThat(heard.events()).containsExactly("one");
      await(listening.whenEnded());
      assertThat(await(listening.closeAsync())).isNull();
    }
  }

  @Test
  void nobodyElseEndsAListening(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      Heard heard = new Heard();
      Listening listening = await(db.listen("orders", heard::add));
      listening.whenEnded().complete(null);
      listening.whenEnded().cancel(true);
      await(db.notify("orders", "one"));
      heard.require("one");
      CompletableFuture<Void> end = listening.whenEnded();
      assertThat(end).isNotDone();
      listening.close();
      await(end);
    }
  }

  @Test
  void listenersRunOnTheCompletionExecutor(TestDatabase server) {
    ExecutorService mine = Executors.newSingleThreadExecutor(task -> new Thread(task, "mine"));
    DatabaseOptions options =
        DatabaseOptions.builder().url(server.url()).completionExecutor(mine).build();
    try (Database db = await(Database.connect(options))) {
      CompletableFuture<String> thread = new CompletableFuture<>();
      await(db.listen("orders", n -> thread.complete(Thread.currentThread().getName())));
      await(db.notify("orders"));
      assertThat(await(thread)).isEqualTo("mine");
    } finally {
      mine.shutdown();
    }
  }

  @Test
  void listenersThatBlockLeaveThreadsForOthers(TestDatabase server) throws InterruptedException {
    try (Database db = await(Database.connect(server.url()))) {
      int blocked = 2 * Runtime.getRuntime().availableProcessors() + 2;
      CountDownLatch gate = new CountDownLatch(1);
      CountDownLatch waiting = new CountDownLatch(blocked);
      for (int i = 0; i < blocked; i++) {
        await(
            db.listen(
                "slow",
                notification -> {
                  waiting.countDown();
                  awaitQuietly(gate);
                }));
      }
      Heard heard = new Heard();
      await(db.listen("fast", heard::add));
      await(db.notify("slow"));
      assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
      await(db.notify("fast", "through"));
      assertThat(heard.require(1)).containsExactly("through");
      gate.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await(120, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aCallThatIsCancelledLeavesNothing(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      for (int i = 0; i < 50; i++) {
        CompletableFuture<Listening> call = db.listen("orders", n -> {});
        if (i % 2 == 0) {
          // Some of them when the connection is there already.
          await(db.execute("SELECT 1"));
        }
        if (!call.cancel(true)) {
          await(call).close();
        }
      }
      Eventually.require("nobody listens", () -> nobodyListens(server));
    }
  }

  @Test
  void nothingIsGivenInPlaceOfAListener(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      assertThatThrownBy(() -> db.listen("orders", null))
          .isInstanceOf(WrongArguments.class)
          .hasMessageContaining("listener");
      assertThatThrownBy(() -> db.listen("orders").onGap(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.listen("orders").bufferSize(0))
          .isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.listen(null)).isInstanceOf(WrongArguments.class);
      assertThatThrownBy(() -> db.notify("orders", null)).isInstanceOf(WrongArguments.class);
      assertThat(nobodyListens(server)).isTrue();
    }
  }

  /** Takes what it asked for, step by step. */
  private static final class Steps implements Flow.Subscriber<Notification> {
    final List<String> heard = new ArrayList<>();
    final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription.set(given);
    }

    @Override
    public synchronized void onNext(Notification notification) {
      heard.add(notification.payload());
      if (notification.payload().equals("throw")) {
        throw new IllegalStateException("on purpose");
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }

    synchronized List<String> heard() {
      return List.copyOf(heard);
    }
  }

  private static Steps subscribed(Database db, int bufferSize) {
    Steps steps = new Steps();
    db.listen("orders").bufferSize(bufferSize).subscribe(steps);
    await(db.listen("orders", n -> {}));
    return steps;
  }

  @Test
  void aSubscriberGetsWhatItAskedFor(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      Steps steps = subscribed(db, 3);
      for (int i = 1; i <= 3; i++) {
        await(db.notify("orders", "" + i));
      }
      steps.subscription.get().request(2);
      Eventually.require("two", () -> steps.heard().equals(List.of("1", "2")));
      steps.subscription.get().request(Long.MAX_VALUE);
      Eventually.require("all", () -> steps.heard().equals(List.of("1", "2", "3")));
    }
  }

  @Test
  void theEndDoesNotWaitForDemand(TestDatabase server) {
    Database db = await(Database.connect(server.url()));
    Steps steps = subscribed(db, 3);
    db.close();
    assertThat(await(steps.end)).isNull();
  }

  @Test
  void aSubscriberThatThrowsOrAsksForNothingFailsItself(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      Steps throwing = new Steps();
      Steps asking = new Steps();
      db.listen("orders").subscribe(throwing);
      db.listen("orders").subscribe(asking);
      await(db.listen("orders", n -> {})).close();
      throwing.subscription.get().request(5);
      await(db.notify("orders", "throw"));
      assertThatThrownBy(() -> await(throwing.end)).hasMessage("on purpose");
      asking.subscription.get().request(0);
      assertThatThrownBy(() -> await(asking.end)).isInstanceOf(IllegalArgumentException.class);
      Eventually.require("nobody listens", () -> nobodyListens(server));
    }
  }

  @Test
  void aSubscriptionThatIsCancelledStopsListening(TestDatabase server) {
    try (Database db = await(Database.connect(server.url()))) {
      Steps steps = new Steps();
      db.listen("orders").subscribe(steps);
      await(db.listen("orders", n -> {})).close();
      assertThat(nobodyListens(server)).isFalse();
      steps.subscription.get().cancel();
      steps.subscription.get().cancel();
      Eventually.require("nobody listens", () -> nobodyListens(server));
      Steps early = new Steps();
      db.listen("orders").subscribe(early);
      early.subscription.get().cancel();
      Eventually.require("nobody listens", () -> nobodyListens(server));
      assertThat(steps.end).isNotDone();
    }
  }
}
