package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ways in which a caller can end a future from outside. */
public enum Interruption {
  CANCEL {
    @Override
    <T> void apply(CompletableFuture<T> call) {
      call.cancel(true);
    }

    @Override
    public void requireSeen(CompletableFuture<?> call) {
      assertThat(call).isCancelled();
      assertThatThrownBy(call::join).isInstanceOf(CancellationException.class);
    }
  },
  COMPLETE {
    @Override
    <T> void apply(CompletableFuture<T> call) {
      call.complete(null);
    }

    @Override
    public void requireSeen(CompletableFuture<?> call) {
      assertThat(call).isCompletedWithValue(null);
    }
  },
  COMPLETE_EXCEPTIONALLY {
    @Override
    <T> void apply(CompletableFuture<T> call) {
      call.completeExceptionally(new IllegalStateException("enough"));
    }

    @Override
    public void requireSeen(CompletableFuture<?> call) {
      assertThat(call).isDone();
      assertThatThrownBy(call::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("enough");
    }
  },
  OR_TIMEOUT {
    @Override
    <T> void apply(CompletableFuture<T> call) {
      call.orTimeout(1, TimeUnit.MILLISECONDS);
    }

    @Override
    public void requireSeen(CompletableFuture<?> call) {
      assertThatThrownBy(call::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  },
  COMPLETE_ON_TIMEOUT {
    @Override
    <T> void apply(CompletableFuture<T> call) {
      call.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS);
    }

    @Override
    public void requireSeen(CompletableFuture<?> call) {
      assertThat((Object) call.join()).isNull();
    }
  };

  abstract <T> void apply(CompletableFuture<T> call);

  /** Ends the future. */
  public void end(CompletableFuture<?> call) {
    apply(call);
  }

  /** Requires that its caller is told at once, and what this way tells. */
  public abstract void requireSeen(CompletableFuture<?> call);

  /** The way in words. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
