package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** The threads that were asked for and have not come. */
  private final Queue<Runnable> asked = new ArrayDeque<>();

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatComesTogetherRunsInOrderOnOneThread() {
    List<Integer> ran = new ArrayList<>();
    Relay relay = new Relay(asked::add);
    IntStream.range(0, 50).forEach(task -> relay.execute(() -> ran.add(task)));

    assertThat(asked).hasSize(1);
    asked.remove().run();

    assertThat(ran).isEqualTo(IntStream.range(0, 50).boxed().toList());
    // The one that stood by comes and finds nothing.
    assertThat(asked).hasSize(1);
    asked.remove().run();
    assertThat(ran).hasSize(50);
    assertThat(asked).isEmpty();
  }

  @Test
  void threadThatHasRunManyMakesRoomForOthers() {
    List<Integer> ran = new ArrayList<>();
    Relay relay = new Relay(asked::add);
    IntStream.range(0, 200).forEach(task -> relay.execute(() -> ran.add(task)));

    asked.remove().run();
    assertThat(ran).hasSize(64);
    while (!asked.isEmpty()) {
      asked.remove().run();
    }

    assertThat(ran).isEqualTo(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void tasksThatWaitForOneAnotherAllRun() throws InterruptedException {
    Relay relay = new Relay(threads);
    int tasks = 50;
    CountDownLatch all = new CountDownLatch(tasks);
    CountDownLatch over = new CountDownLatch(tasks);
    for (int i = 0; i < tasks; i++) {
      relay.execute(
          () -> {
            all.countDown();
            await(all);
            over.countDown();
          });
    }

    assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskThatIsAddedByABlockedOneRuns() throws InterruptedException {
    Relay relay = new Relay(threads);
    CountDownLatch inner = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    relay.execute(
        () -> {
          relay.execute(inner::countDown);
          await(inner);
          over.countDown();
        });

    assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void taskThatThrowsKeepsNoneBack() {
    AtomicBoolean ran = new AtomicBoolean();
    Relay relay = new Relay(asked::add);
    relay.execute(
        () -> {
          throw new IllegalStateException("thrown");
        });
    relay.execute(() -> ran.set(true));

    assertThatThrownBy(() -> asked.remove().run()).hasMessage("thrown");
    asked.remove().run();

    assertThat(ran).isTrue();
  }

  @Test
  void interruptionEndsWithItsTask() {
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Relay relay = new Relay(asked::add);
    relay.execute(() -> Thread.currentThread().interrupt());
    relay.execute(() -> interrupted.set(Thread.currentThread().isInterrupted()));
    asked.remove().run();

    assertThat(interrupted).hasValue(false);
  }

  @Test
  void threadThatWasRefusedIsAskedForAgain() {
    AtomicBoolean refuses = new AtomicBoolean(true);
    List<String> ran = new ArrayList<>();
    Relay relay =
        new Relay(
            task -> {
              if (refuses.get()) {
                throw new RejectedExecutionException();
              }
              asked.add(task);
            });
    assertThatThrownBy(() -> relay.execute(() -> ran.add("first")))
        .isInstanceOf(RejectedExecutionException.class);

    refuses.set(false);
    relay.execute(() -> ran.add("second"));
    asked.remove().run();

    // Whoever was refused does its task itself.
    assertThat(ran).containsExactly("second");
  }

  @Test
  void nothingIsLostHoweverManyAdd() throws InterruptedException {
    Relay relay = new Relay(threads);
    int tasks = 100_000;
    CountDownLatch over = new CountDownLatch(4 * tasks);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> IntStream.range(0, tasks).forEach(task -> relay.execute(over::countDown)));
    }

    assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
