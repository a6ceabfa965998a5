package dev.howdah.internal.engine;

import org.jspecify.annotations.Nullable;

/** A copy has the connection to itself: its source and its consumer must not use it meanwhile. */
record Copying(@Nullable Occupant outer, String verb) implements Occupant {
  @Override
  public String refusal() {
    return "a "
        + verb
        + " of it is under way; wait for its end or cancel it first, or use another connection";
  }
}
