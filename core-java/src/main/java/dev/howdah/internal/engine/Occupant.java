package dev.howdah.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * What has a connection's statements to itself: a transaction, or a stream. They nest, and only the
 * innermost takes calls.
 */
interface Occupant {
  /** The one this one is in; null when that is the connection itself. */
  @Nullable Occupant outer();

  /** The verb that opens it, for the message when it cannot. */
  String verb();

  /** Why a call on what is around it is refused, and what to do: "… while {@code this}". */
  String refusal();

  /** Whether this is the given one or is nested in it. */
  default boolean isWithin(Occupant other) {
    Occupant outer = outer();
    return this == other || (outer != null && outer.isWithin(other));
  }
}
