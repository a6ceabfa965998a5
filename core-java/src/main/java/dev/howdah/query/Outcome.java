package dev.howdah.query;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one of many queries ended.
 *
 * @param <R> the query's result
 */
public final class Outcome<R extends @Nullable Object> {
  private final @Nullable R value;
  private final @Nullable Throwable failure;

  private Outcome(@Nullable R value, @Nullable Throwable failure) {
    this.value = value;
    this.failure = failure;
  }

  /** The outcome of a query that failed. */
  public static <R extends @Nullable Object> Outcome<R> failed(Throwable failure) {
    return new Outcome<>(null, failure);
  }

  /** The outcome of reading an answer, which may itself fail. */
  public static <R extends @Nullable Object> Outcome<R> of(Supplier<? extends R> reading) {
    try {
      return new Outcome<>(reading.get(), null);
    } catch (RuntimeException unreadable) {
      return failed(unreadable);
    }
  }

  /** Whether there is a value. */
  public boolean succeeded() {
    return failure == null;
  }

  /** The result. When the query failed this throws its failure. */
  @SuppressWarnings("NullAway") // null only when R allows it
  public R value() {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return value;
  }

  /** The failure, if there is one. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public String toString() {
    return failure == null ? "Outcome[" + value + "]" : "Outcome[failed: " + failure + "]";
  }
}
