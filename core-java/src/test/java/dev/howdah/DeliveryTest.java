package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What rows and bytes on demand have in common: its notes and its turns. */
class DeliveryTest {
  private final List<Object> heard = new ArrayList<>();

  private final class Ear implements Flow.Subscriber<String> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(String piece) {
      heard.add(piece);
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(failure);
    }

    @Override
    public void onComplete() {
      heard.add("end");
    }
  }

  /** Writes down whether it waits, at each turn, and ends with the first failure. */
  private final class Probe extends Delivery<String> {
    private final List<Boolean> turns = new ArrayList<>();

    Probe() {
      super(
          "piece",
          task -> {
            throw new RejectedExecutionException("shut down");
          },
          new Ear());
    }

    @Override
    void turn() {
      turns.add(isWaiting());
      if (failure() != null) {
        tell(failure());
      }
    }
  }

  @Test
  void itWaitsUntilTheAnswerIsAmongItsNotes() {
    Probe probe = new Probe();
    CompletableFuture<String> work = new CompletableFuture<>();
    List<Boolean> whenNoted = new ArrayList<>();
    probe.hold(
        work,
        answer -> {
          whenNoted.add(work.isDone());
          probe.request(1); // a turn between the end of the work and its note
        });
    work.complete("answer");
    assertThat(whenNoted).containsExactly(true);
    assertThat(probe.turns).containsExactly(true, false);
  }

  @Test
  void demandAddsUpAndNeverOverflows() {
    Probe probe = new Probe();
    probe.request(3);
    probe.given(1);
    assertThat(probe.demand()).isEqualTo(2);
    probe.request(Long.MAX_VALUE);
    probe.given(5);
    assertThat(probe.demand()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aWrongDemandIsToldOnceEvenWhenTheExecutorHasGone() {
    Probe probe = new Probe();
    probe.request(0);
    probe.wake();
    assertThat(heard).singleElement().isInstanceOf(IllegalArgumentException.class);
    assertThat(heard.get(0))
        .hasToString(
            "java.lang.IllegalArgumentException: request takes 1 piece or more, it was given 0");
  }

  @Test
  void aSubscriberThatHasCancelledHearsNothing() {
    Probe probe = new Probe();
    probe.cancel();
    probe.request(0);
    assertThat(heard).isEmpty();
  }
}
