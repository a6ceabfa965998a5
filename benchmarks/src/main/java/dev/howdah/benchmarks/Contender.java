package dev.howdah.benchmarks;

/** Who takes part, each set up as its own authors would, with ten connections. */
public enum Contender {
  /** Howdah through {@code CompletableFuture}. */
  HOWDAH_JAVA("Howdah, Java"),

  /** Howdah through {@code suspend} calls. */
  HOWDAH_KOTLIN("Howdah, Kotlin"),

  /** The driver and the pool that Howdah stands on, used plainly. */
  R2DBC_POOL("r2dbc-pool, plain"),

  /** pgjdbc and HikariCP. */
  JDBC_VIRTUAL(
      JdbcClient.hasVirtualThreads()
          ? "pgjdbc + Hikari, virtual threads"
          : "pgjdbc + Hikari, 10 threads"),

  /** Vert.x' pool: one statement at a time on each connection. */
  VERTX_POOL("Vert.x pool"),

  /** Vert.x' pipelined client: up to 256 statements in flight on each connection. */
  VERTX_PIPELINED("Vert.x pipelined"),

  /** Not a contender but a floor: what both facades of Howdah stand on. */
  HOWDAH_ENGINE("Howdah, no facade");

  static final int POOL_SIZE = 10;

  private final String label;

  Contender(String label) {
    this.label = label;
  }

  /** The name in tables; it says what differs by JDK. */
  String label() {
    return label;
  }

  boolean isRival() {
    return switch (this) {
      case HOWDAH_JAVA, HOWDAH_KOTLIN, HOWDAH_ENGINE -> false;
      case R2DBC_POOL, JDBC_VIRTUAL, VERTX_POOL, VERTX_PIPELINED -> true;
    };
  }

  /** Connects; the caller closes. */
  Client connect(Server server) {
    return switch (this) {
      case HOWDAH_JAVA -> new HowdahJavaClient(server);
      case HOWDAH_KOTLIN -> new HowdahKotlinClient(server);
      case HOWDAH_ENGINE -> new HowdahEngineClient(server);
      case R2DBC_POOL -> new R2dbcPoolClient(server, POOL_SIZE);
      case JDBC_VIRTUAL -> new JdbcClient(server, POOL_SIZE);
      case VERTX_POOL -> VertxClient.pool(server, POOL_SIZE);
      case VERTX_PIPELINED -> VertxClient.pipelined(server, POOL_SIZE);
    };
  }
}
