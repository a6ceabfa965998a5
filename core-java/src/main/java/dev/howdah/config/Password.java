package dev.howdah.config;

import dev.howdah.error.ClientException.InvalidOption;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A password, or where to ask for one: suppliers are asked again for each new connection, so that
 * short-lived tokens and rotated passwords work.
 *
 * <p>Safe for any thread if its supplier is; it never prints what it holds. Two fixed passwords are
 * equal when their texts are; suppliers are equal only to themselves.
 */
public final class Password {
  private final @Nullable String text;
  private final Supplier<? extends CompletionStage<String>> source;

  private Password(@Nullable String text, Supplier<? extends CompletionStage<String>> source) {
    this.text = text;
    this.source = source;
  }

  /**
   * Returns a password that never changes; the text is taken as it is, nothing is unescaped.
   *
   * @throws InvalidOption if it contains a NUL, which the protocol cannot carry
   */
  public static Password of(String text) {
    Objects.requireNonNull(text, "password");
    if (text.indexOf('\0') >= 0) {
      throw new InvalidOption("The password contains a NUL character, which PostgreSQL refuses");
    }
    return new Password(text, () -> CompletableFuture.completedFuture(text));
  }

  /**
   * Returns a password that is asked for at each new connection.
   *
   * <p>The supplier runs on the thread that opens the connection and should not block for long; use
   * {@link #suppliedAsync} for a look-up over the network. What it throws fails that connection.
   */
  public static Password supplied(Supplier<String> supplier) {
    Objects.requireNonNull(supplier, "supplier");
    return new Password(null, () -> CompletableFuture.completedFuture(supplier.get()));
  }

  /**
   * Returns a password that is asked for, without blocking, at each new connection.
   *
   * <p>What the supplier throws, or its stage fails with, fails that connection.
   */
  public static Password suppliedAsync(Supplier<? extends CompletionStage<String>> supplier) {
    return new Password(null, Objects.requireNonNull(supplier, "supplier"));
  }

  /**
   * Asks for the password now; called once for each new connection.
   *
   * <p>Never throws: whatever goes wrong in a supplier, null included, fails the stage.
   */
  public CompletionStage<String> ask() {
    CompletionStage<String> answer;
    try {
      answer = source.get();
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
    if (answer == null) {
      return CompletableFuture.failedFuture(
          new InvalidOption("The password supplier returned null instead of a stage"));
    }
    return answer.thenApply(Password::present);
  }

  /** Returns whether it never changes, so that asking once would do. */
  public boolean isFixed() {
    return text != null;
  }

  private static String present(@Nullable String answer) {
    if (answer == null) {
      throw new InvalidOption("The password supplier returned null instead of a password");
    }
    return answer;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Password that)) {
      return false;
    }
    return text == null ? source == that.source : text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text == null ? System.identityHashCode(source) : text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
