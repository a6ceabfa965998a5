package dev.howdah.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.internal.listen.Inbox.Heard;
import dev.howdah.observe.Notification;
import dev.howdah.observe.NotificationGap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class InboxTest {
  private final Inbox inbox = inbox(3);

  private static Inbox inbox(int size) {
    return new Inbox("c", size, closed -> Mono.empty());
  }

  private void add(int from, int to) {
    for (int i = from; i <= to; i++) {
      inbox.add(new Notification("c", "" + i, 1));
    }
  }

  /** What is in it: payloads, and gaps as {@code lost} or {@code -3}. */
  private static List<String> all(Inbox inbox) {
    List<String> events = new ArrayList<>();
    for (Heard heard = inbox.poll(); heard != null; heard = inbox.poll()) {
      events.add(text(heard));
    }
    return events;
  }

  private static String text(Heard heard) {
    Notification notification = heard.notification();
    NotificationGap gap = heard.gap();
    if (notification != null) {
      assertThat(gap).isNull();
      return notification.payload();
    }
    return (gap.connectionLost() ? "lost" : "") + (gap.dropped() == 0 ? "" : -gap.dropped());
  }

  @Test
  void whatFitsComesOutInOrder() {
    add(1, 3);
    assertThat(all(inbox)).containsExactly("1", "2", "3");
    assertThat(inbox.poll()).isNull();
  }

  @Test
  void whatDoesNotFitIsCountedAtItsPlace() {
    add(1, 5);
    assertThat(text(inbox.poll())).isEqualTo("1");
    add(6, 8);
    assertThat(all(inbox)).containsExactly("2", "3", "-2", "6", "-2");
    add(9, 9);
    assertThat(all(inbox)).containsExactly("9");
  }

  @Test
  void anInterruptionIsToldWhenTheChannelIsHeardAgain() {
    add(1, 1);
    inbox.interrupted();
    assertThat(all(inbox)).containsExactly("1");
    inbox.resumed();
    inbox.resumed();
    assertThat(all(inbox)).containsExactly("lost");
  }

  @Test
  void anInterruptionComesAheadOfWhatTheNewConnectionBrings() {
    inbox.interrupted();
    inbox.interrupted();
    add(1, 1);
    inbox.resumed();
    assertThat(all(inbox)).containsExactly("lost", "1");
  }

  @Test
  void gapsThatMeetAreOneGap() {
    add(1, 5);
    inbox.interrupted();
    inbox.resumed();
    add(6, 6);
    assertThat(all(inbox)).containsExactly("1", "2", "3", "lost-3");
  }

  @Test
  void theEndComesBehindWhatIsThere() {
    add(1, 2);
    inbox.end();
    add(3, 3);
    inbox.interrupted();
    inbox.resumed();
    assertThat(inbox.isOver()).isFalse();
    assertThat(all(inbox)).containsExactly("1", "2");
    assertThat(inbox.isOver()).isTrue();
  }

  @Test
  void whoeverLeftHearsNothingMore() {
    AtomicInteger calls = new AtomicInteger();
    add(1, 5);
    inbox.whenReady(calls::incrementAndGet);
    assertThat(calls).hasValue(1);
    inbox.forget();
    add(6, 6);
    assertThat(inbox.poll()).isNull();
    assertThat(inbox.isOver()).isTrue();
    assertThat(calls).hasValue(1);
  }

  @Test
  void everyAdditionWakes() {
    AtomicInteger calls = new AtomicInteger();
    inbox.whenReady(calls::incrementAndGet);
    add(1, 2);
    inbox.interrupted();
    inbox.resumed();
    inbox.end();
    assertThat(calls).hasValue(5);
  }

  @Test
  void nothingIsLostUncountedNorReordered() {
    long seed = System.nanoTime();
    System.out.println("nothingIsLostUncountedNorReordered, seed " + seed);
    Random random = new Random(seed);
    Inbox small = inbox(1 + random.nextInt(5));
    int sent = 0;
    long accounted = 0;
    int last = -1;
    while (sent < 10_000 || !small.isOver()) {
      if (sent < 10_000 && random.nextBoolean()) {
        small.add(new Notification("c", "" + sent++, 1));
        if (sent == 10_000) {
          small.end();
        }
        continue;
      }
      Heard heard = small.poll();
      if (heard != null && heard.notification() != null) {
        int number = Integer.parseInt(heard.notification().payload());
        assertThat(number).isEqualTo((int) accounted);
        assertThat(number).isGreaterThan(last);
        last = number;
        accounted++;
      } else if (heard != null) {
        accounted += heard.gap().dropped();
      }
    }
    assertThat(accounted).isEqualTo(10_000);
  }
}
