package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.TransactionState;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Who may use one connection at this moment. Safe for any thread. */
final class Occupancy {
  private final AtomicReference<@Nullable Occupant> innermost = new AtomicReference<>();

  /**
   * Puts one into its outer one's innermost place.
   *
   * @throws TransactionState when another one is there
   */
  void enter(Occupant occupant) {
    Occupant now = innermost.compareAndExchange(occupant.outer(), occupant);
    if (now != occupant.outer()) {
      throw refusal(
          occupant.outer() == null ? "a connection" : "a transaction", occupant.verb(), now);
    }
  }

  /** The place goes back to the outer one; what is still open inside is over too. */
  void leave(Occupant occupant) {
    innermost.updateAndGet(now -> now != null && now.isWithin(occupant) ? occupant.outer() : now);
  }

  /** Whether nothing is open. */
  boolean isEmpty() {
    return innermost.get() == null;
  }

  /** Why the caller cannot go on, when something is open inside it. */
  @Nullable String refusalWithin(Occupant occupant) {
    Occupant now = innermost.get();
    return now == null || now == occupant ? null : now.refusal();
  }

  /**
   * Lets a call on {@code occupant} through.
   *
   * @param occupant null for the connection itself
   * @param handle what the call was made on: {@code a connection}
   * @throws TransactionState when something is open inside
   */
  void check(@Nullable Occupant occupant, String handle, String verb) {
    Occupant now = innermost.get();
    if (now != occupant) {
      throw refusal(handle, verb, now);
    }
  }

  private static TransactionState refusal(String handle, String verb, @Nullable Occupant now) {
    return new TransactionState(
        verb
            + " was called on "
            + handle
            + " while "
            + (now == null ? "it was ending" : now.refusal()));
  }
}
