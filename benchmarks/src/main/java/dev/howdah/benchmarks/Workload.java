package dev.howdah.benchmarks;

import java.util.Locale;

/** What can be run. */
enum Workload {
  /** See {@link GatherBenchmark}. */
  GATHER("%,d look-ups of one SQL text, gathered", "look-ups", 1_000, GatherBenchmark.class),

  /** See {@link CallersBenchmark}. */
  CALLERS("%,d callers, each calling in a loop", "look-ups", 1_000, CallersBenchmark.class),

  /** See {@link MixedBenchmark}. */
  MIXED("%,d look-ups over ten SQL texts, gathered", "look-ups", 1_000, MixedBenchmark.class),

  /** See {@link SingleCallBenchmark}. */
  SINGLE("look-ups one after another", "look-ups", 1, SingleCallBenchmark.class),

  /** See {@link StartBenchmark}. */
  START("connect, look up, disconnect", "starts", 1, StartBenchmark.class),

  /** See {@link TransactionBenchmark}. */
  TRANSACTION(
      "%,d transactions of three statements, at once",
      "transactions", 1_000, TransactionBenchmark.class),

  /** See {@link FetchBenchmark}. */
  FETCH_ROWS("fetch %,d rows as they come", "rows", Accounts.ROWS, FetchBenchmark.class),

  /** See {@link FetchBenchmark}. */
  FETCH_RECORDS("fetch %,d rows into records", "rows", Accounts.ROWS, FetchBenchmark.class),

  /** See {@link StreamBenchmark}. */
  STREAM("stream %,d rows into records", "rows", 10 * Accounts.ROWS, StreamBenchmark.class),

  /** See {@link WriteBenchmark}. */
  UPSERT("upsert %,d rows, half of them there", "rows", 100_000, WriteBenchmark.class),

  /** See {@link WriteBenchmark}. */
  INSERT("insert %,d rows, by COPY where it is offered", "rows", 100_000, WriteBenchmark.class),

  /** See {@link WriteBenchmark}. */
  INSERT_BATCH("insert %,d rows as a batch", "rows", 100_000, WriteBenchmark.class),

  /** See {@link WriteBenchmark}. */
  EXECUTE_MANY("one INSERT for each of %,d elements", "rows", 100_000, WriteBenchmark.class),

  /** See {@link WriteBenchmark}. */
  UPDATE_MANY("one UPDATE for each of %,d elements", "rows", 100_000, WriteBenchmark.class);

  private final String title;
  private final String unit;
  private final int size;
  private final Class<?> benchmark;

  Workload(String title, String unit, int size, Class<?> benchmark) {
    this.title = title;
    this.unit = unit;
    this.size = size;
    this.benchmark = benchmark;
  }

  /** The name on the command line and in progress lines. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, in words. */
  String title(int atSize) {
    return String.format(Locale.ROOT, title, atSize);
  }

  /** What is counted. */
  String unit() {
    return unit;
  }

  /** How many queries, callers or rows it is about, unless told. */
  int size() {
    return size;
  }

  /** Whether its benchmark takes a size; the others are of one. */
  boolean isSized() {
    return benchmark != SingleCallBenchmark.class
        && benchmark != StartBenchmark.class
        && benchmark != FetchBenchmark.class;
  }

  /** Whether it is about keys, as many as it is big; the others are about rows. */
  boolean takesKeys() {
    return switch (this) {
      case GATHER, CALLERS, MIXED, SINGLE, START, TRANSACTION -> true;
      case FETCH_ROWS, FETCH_RECORDS, STREAM -> false;
      case UPSERT, INSERT, INSERT_BATCH, EXECUTE_MANY, UPDATE_MANY -> false;
    };
  }

  /** Whether it writes rows in bulk, so that its size decides how long one run of it takes. */
  boolean writes() {
    return benchmark == WriteBenchmark.class;
  }

  /** Whether a quick run has it, and the chart. */
  boolean isHeadline() {
    return switch (this) {
      case GATHER, CALLERS, MIXED, SINGLE, TRANSACTION, FETCH_RECORDS, UPSERT, INSERT -> true;
      case START, FETCH_ROWS, STREAM, INSERT_BATCH, EXECUTE_MANY, UPDATE_MANY -> false;
    };
  }

  /** How many units one run of a size does. */
  int operations(int atSize) {
    return this == CALLERS ? atSize * CallersBenchmark.callsOfEach(atSize) : atSize;
  }

  /** The JMH pattern that matches this benchmark and no other. */
  String pattern() {
    String[] words = label().split("-", -1);
    StringBuilder method = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      method
          .append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
          .append(words[i], 1, words[i].length());
    }
    return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
  }
}
