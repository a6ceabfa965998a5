package dev.howdah.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The table that every contender writes, the statements, and what is in it before and after. */
final class Items {
  static final String TABLE = "howdah_bench_items";

  static final String CREATE =
      """
      CREATE TABLE howdah_bench_items (
        id int4 PRIMARY KEY, bid int4 NOT NULL, amount int4 NOT NULL, note text NOT NULL)
      """;

  static final String INSERT =
      "INSERT INTO howdah_bench_items (bid, amount, note, id) VALUES ($1, $2, $3, $4)";

  static final String UPSERT =
      INSERT
          + " ON CONFLICT (id) DO UPDATE"
          + " SET bid = EXCLUDED.bid, amount = EXCLUDED.amount, note = EXCLUDED.note";

  static final String UPDATE =
      "UPDATE howdah_bench_items SET bid = $1, amount = $2, note = $3 WHERE id = $4";

  static final String COPY = "COPY howdah_bench_items (bid, amount, note, id) FROM STDIN";

  private static final int RECORDS_IN_A_CHUNK = 1_000;

  private Items() {}

  /** The records that are written: those with the keys from 1 to {@code size}. */
  static List<Item> of(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(Item::of).toList();
  }

  /**
   * Puts the table into the state that a workload starts from: empty for inserts, every second
   * record there with other values for upserts, all of them for updates.
   */
  static String reset(Workload workload, int size) {
    String empty = "TRUNCATE howdah_bench_items";
    return switch (workload) {
      case UPSERT -> empty + fill(size, 2);
      case UPDATE_MANY -> empty + fill(size, 1);
      default -> empty;
    };
  }

  /** COPY's text format, in pieces of some tens of kilobytes. */
  static Stream<byte[]> copyText(List<Item> items) {
    int chunks = (items.size() + RECORDS_IN_A_CHUNK - 1) / RECORDS_IN_A_CHUNK;
    return IntStream.range(0, chunks)
        .mapToObj(
            chunk -> {
              int start = chunk * RECORDS_IN_A_CHUNK;
              int end = Math.min(items.size(), start + RECORDS_IN_A_CHUNK);
              StringBuilder text = new StringBuilder(64 * RECORDS_IN_A_CHUNK);
              items.subList(start, end).forEach(item -> item.appendTo(text));
              return text.toString().getBytes(StandardCharsets.UTF_8);
            });
  }

  private static String fill(int size, int step) {
    return String.format(
        Locale.ROOT,
        "; INSERT INTO howdah_bench_items (id, bid, amount, note)"
            + " SELECT id, -1, -1, 'before' FROM generate_series(1, %d, %d) AS id",
        size,
        step);
  }
}
