package dev.howdah;

import static dev.howdah.testing.JavaHandles.await;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** A program with little memory: it is given a database, and runs a batch of a million elements. */
final class MillionElements {
  static final int COUNT = 1_000_000;

  private MillionElements() {}

  public static void main(String[] arguments) {
    try (Database db = await(Database.connect(arguments[0]))) {
      switch (arguments[1]) {
        case "executeMany" ->
            System.out.println(
                await(db.executeMany("INSERT INTO numbers VALUES ($1, $2)", elements())));
        case "fetchMany" ->
            System.out.println(
                await(
                        db.fetchMany(
                            Integer.class,
                            "INSERT INTO numbers SELECT $1::int, $2 WHERE $1 % 1000 = 0 RETURNING id",
                            elements()))
                    .size());
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  /** A few hundred bytes each: together several times what the program may keep. */
  private static Iterable<List<Object>> elements() {
    return () -> {
      Iterator<Integer> numbers = IntStream.range(0, COUNT).iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return numbers.hasNext();
        }

        @Override
        public List<Object> next() {
          int number = numbers.next();
          return List.of(number, "x".repeat(200) + number);
        }
      };
    };
  }
}
