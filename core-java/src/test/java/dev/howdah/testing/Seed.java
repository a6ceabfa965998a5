package dev.howdah.testing;

import java.util.Random;

/** Chance that can be repeated: {@code -Dhowdah.test.seed=…} gives the one that was printed. */
public final class Seed {
  private static final String PROPERTY = "howdah.test.seed";

  private Seed() {}

  /** A source of chance for this test, whose seed is printed. */
  public static Random of(String test) {
    long seed = Long.getLong(PROPERTY, System.nanoTime());
    System.out.println(test + ": -D" + PROPERTY + "=" + seed);
    return new Random(seed);
  }

  /** Waits actively for up to so many microseconds: a moment that no scheduler rounds. */
  public static void moment(Random random, int micros) {
    long end = System.nanoTime() + random.nextInt(micros * 1000 + 1);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
