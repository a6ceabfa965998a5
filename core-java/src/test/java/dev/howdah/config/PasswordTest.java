package dev.howdah.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PasswordTest {

  @Test
  void fixedOneIsAlwaysTheSame() {
    Password password = Password.of("secret");
    assertThat(password.ask()).isCompletedWithValue("secret");
    assertThat(password.ask()).isCompletedWithValue("secret");
    assertThat(password.isFixed()).isTrue();
  }

  @Test
  void suppliersAreAskedEachTime() {
    AtomicInteger calls = new AtomicInteger();
    Password sync = Password.supplied(() -> "p" + calls.incrementAndGet());
    assertThat(sync.ask()).isCompletedWithValue("p1");
    assertThat(sync.ask()).isCompletedWithValue("p2");
    Password async =
        Password.suppliedAsync(
            () -> CompletableFuture.completedFuture("p" + calls.incrementAndGet()));
    assertThat(async.ask()).isCompletedWithValue("p3");
    assertThat(async.ask()).isCompletedWithValue("p4");
    assertThat(sync.isFixed()).isFalse();
  }

  @Test
  void askingDoesNotWaitForAnAsyncSupplier() {
    CompletableFuture<String> later = new CompletableFuture<>();
    var answer = Password.suppliedAsync(() -> later).ask();
    assertThat(answer).isNotCompleted();
    later.complete("p");
    assertThat(answer).isCompletedWithValue("p");
  }

  @Test
  void failuresOfSuppliersFailTheStage() {
    IllegalStateException failure = new IllegalStateException("vault is down");
    Supplier<String> throwing =
        () -> {
          throw failure;
        };
    assertThat(Password.supplied(throwing).ask())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableOfType(ExecutionException.class)
        .withCause(failure);
    assertThat(Password.suppliedAsync(() -> CompletableFuture.failedFuture(failure)).ask())
        .isCompletedExceptionally();
  }

  @Test
  void nullFromASupplierIsAnError() {
    assertThatThrownBy(() -> Password.supplied(() -> null).ask().toCompletableFuture().join())
        .hasCauseInstanceOf(InvalidOption.class)
        .hasMessageContaining("returned null");
    assertThatThrownBy(() -> Password.suppliedAsync(() -> null).ask().toCompletableFuture().join())
        .hasCauseInstanceOf(InvalidOption.class)
        .hasMessageContaining("returned null");
  }

  @Test
  void nothingIsPrinted() {
    assertThat(Password.of("secret")).hasToString("***");
    assertThat(Password.supplied(() -> "secret")).hasToString("***");
  }

  @Test
  void fixedOnesAreEqualByTextSuppliersByIdentity() {
    assertThat(Password.of("a"))
        .isEqualTo(Password.of("a"))
        .hasSameHashCodeAs(Password.of("a"))
        .isNotEqualTo(Password.of("b"));
    Password supplied = Password.supplied(() -> "a");
    assertThat(supplied).isNotEqualTo(Password.supplied(() -> "a")).isNotEqualTo(Password.of("a"));
  }

  @Test
  void nulIsRefused() {
    assertThatThrownBy(() -> Password.of("a\0b")).isInstanceOf(InvalidOption.class);
  }
}
