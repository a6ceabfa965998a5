package dev.howdah.benchmarks;

/** What the scoreboard can run. */
enum Workload {
  /** See {@link GatherBenchmark}. */
  GATHER("gather", "1,000 single-row look-ups of one SQL text, all at once", GatherBenchmark.class),

  /** See {@link SingleCallBenchmark}. */
  SINGLE("single", "single-row look-ups, one after another", SingleCallBenchmark.class);

  private final String method;
  private final String title;
  private final Class<?> benchmark;

  Workload(String method, String title, Class<?> benchmark) {
    this.method = method;
    this.title = title;
    this.benchmark = benchmark;
  }

  /** The name on the command line and in progress lines. */
  String label() {
    return method;
  }

  String title() {
    return title;
  }

  /** The JMH pattern that matches this benchmark and no other. */
  String pattern() {
    return "^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$";
  }
}
