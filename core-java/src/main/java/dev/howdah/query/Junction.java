package dev.howdah.query;

import java.util.ArrayList;
import java.util.List;

/** Conditions that must all hold ({@code and}), or of which one must. */
record Junction(boolean and, List<Condition> parts) implements Condition {
  /** Every row. */
  static final Junction EVERYTHING = new Junction(true, List.of());

  /** Takes junctions of the same kind apart, so that a long chain stays flat. */
  static Condition of(boolean and, List<Condition> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    List<Condition> flat = new ArrayList<>();
    for (Condition part : parts) {
      if (part instanceof Junction inner && inner.and == and && !inner.parts.isEmpty()) {
        flat.addAll(inner.parts);
      } else {
        flat.add(part);
      }
    }
    return new Junction(and, List.copyOf(flat));
  }

  @Override
  public String toString() {
    return ConditionText.of(this, false);
  }
}
