package dev.howdah.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.config.DatabaseOptions;
import dev.howdah.config.TransactionOptions;
import dev.howdah.internal.engine.Engine.EndedBy;
import dev.howdah.internal.engine.Engine.Scope;
import dev.howdah.testing.Eventually;
import dev.howdah.testing.PostgresTest;
import dev.howdah.testing.TestDatabase;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A transaction that joins others goes to somebody or goes back. */
@PostgresTest
class JoiningDatabaseTest {
  private final Sinks.Empty<Void> over = Sinks.empty();
  private Engine.Pool engine;

  @BeforeEach
  void open(TestDatabase server) {
    engine = Engines.open(DatabaseOptions.of(server.url()));
  }

  @AfterEach
  void close() {
    engine.close().block(Duration.ofSeconds(10));
  }

  @Test
  void onTimeItIsHandedOn() {
    Scope scope = Objects.requireNonNull(new Joining(begun(), over.asMono()).block());
    over.tryEmitEmpty();
    assertThat(engine.status().inUse()).isEqualTo(1);
    scope.complete().block();
    requireNothingHeld();
  }

  @Test
  void whenTheWorkIsOverNobodyWaits() {
    over.tryEmitEmpty();
    assertThat(new Joining(Mono.never(), over.asMono()).blockOptional()).isEmpty();
  }

  @Test
  void oneThatComesInTheInstantOfTheEndGoesBack() {
    Scope scope = Objects.requireNonNull(begun().block());
    BaseSubscriber<Scope> caller = new BaseSubscriber<>() {};
    new Joining(comesWhenItIsCancelled(scope), over.asMono()).subscribe(caller);
    over.tryEmitEmpty();
    requireNothingHeld();
  }

  @Test
  void oneThatComesInTheInstantOfACancellationGoesBack() {
    Scope scope = Objects.requireNonNull(begun().block());
    BaseSubscriber<Scope> caller = new BaseSubscriber<>() {};
    new Joining(comesWhenItIsCancelled(scope), over.asMono()).subscribe(caller);
    caller.cancel();
    requireNothingHeld();
  }

  private Mono<Scope> begun() {
    return engine.begin(TransactionOptions.defaults(), EndedBy.BLOCK);
  }

  private void requireNothingHeld() {
    Eventually.require("the connection has gone back", () -> engine.status().inUse() == 0);
  }

  /** As close as a cancellation and an answer can come to each other. */
  private static Mono<Scope> comesWhenItIsCancelled(Scope scope) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Scope> caller) {
        caller.onSubscribe(
            new Subscription() {
              @Override
              public void request(long n) {}

              @Override
              public void cancel() {
                caller.onNext(scope);
                caller.onComplete();
              }
            });
      }
    };
  }
}
