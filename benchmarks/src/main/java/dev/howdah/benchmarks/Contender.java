package dev.howdah.benchmarks;

/** Who takes part, each set up as its own authors would. */
public enum Contender {
  /** Howdah through {@code CompletableFuture}. */
  HOWDAH_JAVA("Howdah, Java", Kind.OURS),

  /** Howdah through {@code suspend} calls. */
  HOWDAH_KOTLIN("Howdah, Kotlin", Kind.OURS),

  /** The driver and the pool that Howdah stands on, used plainly. */
  R2DBC_POOL("r2dbc-pool, plain", Kind.RIVAL),

  /** pgjdbc and HikariCP. */
  JDBC_VIRTUAL(
      JdbcClient.hasVirtualThreads()
          ? "pgjdbc + Hikari, virtual threads"
          : "pgjdbc + Hikari, 10 threads",
      Kind.RIVAL),

  /** Vert.x' pool: one statement at a time on each connection. */
  VERTX_POOL("Vert.x pool", Kind.RIVAL),

  /** Vert.x' pipelined client, up to 256 statements in flight; it has no transactions. */
  VERTX_PIPELINED("Vert.x pipelined", Kind.RIVAL),

  /** asyncpg, in a Python of its own; takes part where there is one. */
  ASYNCPG("asyncpg", Kind.RIVAL),

  /** Not a contender but a floor: what both facades of Howdah stand on. */
  HOWDAH_ENGINE("Howdah, no facade", Kind.FLOOR),

  /**
   * Its Java handles, completing on the event loops, as the rivals that have event loops do: an
   * option for code that never blocks, hence no contender either.
   */
  HOWDAH_LOOPS("Howdah, Java, on the event loops", Kind.FLOOR),

  /** Not a contender but a limit: a hundred keys in each statement, written so by hand. */
  LIMIT_ANY("limit: = ANY of 100, Vert.x", Kind.LIMIT),

  /** The same by pgbench, where it is installed. */
  LIMIT_PGBENCH_ANY("limit: = ANY of 100, pgbench", Kind.LIMIT),

  /** What pgbench does of the same, pipelined where that is possible. */
  LIMIT_PGBENCH("limit: pgbench", Kind.LIMIT);

  /** What its figures are good for. */
  enum Kind {
    OURS,
    RIVAL,
    FLOOR,
    LIMIT
  }

  private final String label;
  private final Kind kind;

  Contender(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The name in tables; it says what differs by JDK. */
  String label() {
    return label;
  }

  Kind kind() {
    return kind;
  }

  /** The name in charts, where there is little room. */
  String shortLabel() {
    return switch (this) {
      case JDBC_VIRTUAL -> "pgjdbc + Hikari";
      case R2DBC_POOL -> "r2dbc-pool";
      default -> label;
    };
  }

  boolean isOurs() {
    return kind == Kind.OURS;
  }

  boolean isRival() {
    return kind == Kind.RIVAL;
  }

  boolean plays(Workload workload) {
    return switch (this) {
      case HOWDAH_JAVA, HOWDAH_KOTLIN, R2DBC_POOL, JDBC_VIRTUAL, VERTX_POOL, ASYNCPG -> true;
      case VERTX_PIPELINED ->
          workload != Workload.TRANSACTION
              && workload != Workload.STREAM
              && workload != Workload.START;
      case HOWDAH_ENGINE ->
          workload == Workload.GATHER || workload == Workload.MIXED || workload == Workload.SINGLE;
      case HOWDAH_LOOPS -> workload == Workload.CALLERS || workload == Workload.TRANSACTION;
      case LIMIT_ANY -> workload == Workload.GATHER || workload == Workload.CALLERS;
      case LIMIT_PGBENCH_ANY -> workload == Workload.GATHER;
      case LIMIT_PGBENCH ->
          workload == Workload.GATHER
              || workload == Workload.MIXED
              || workload == Workload.SINGLE
              || workload == Workload.TRANSACTION;
    };
  }

  /** Whether what it needs is on this machine. */
  boolean isPresent() {
    return switch (this) {
      case ASYNCPG -> Programs.python().isPresent();
      case LIMIT_PGBENCH, LIMIT_PGBENCH_ANY -> Programs.pgbench().isPresent();
      default -> true;
    };
  }

  /** Whether it runs in a JVM, so that {@link #connect} knows it. */
  boolean isJava() {
    return switch (this) {
      case ASYNCPG, LIMIT_PGBENCH, LIMIT_PGBENCH_ANY -> false;
      default -> true;
    };
  }

  /** Connects; the caller closes. */
  Client connect(Server server, int pool) {
    return switch (this) {
      case HOWDAH_JAVA -> new HowdahJavaClient(server.options(pool));
      case HOWDAH_LOOPS -> new HowdahJavaClient(server.onLoops(pool));
      case HOWDAH_KOTLIN -> new HowdahKotlinClient(server, pool);
      case HOWDAH_ENGINE -> new HowdahEngineClient(server, pool);
      case R2DBC_POOL -> new R2dbcPoolClient(server, pool);
      case JDBC_VIRTUAL -> new JdbcClient(server, pool);
      case VERTX_POOL -> VertxClient.pool(server, pool);
      case VERTX_PIPELINED -> VertxClient.pipelined(server, pool);
      case LIMIT_ANY -> new AnyClient(server, pool);
      case ASYNCPG, LIMIT_PGBENCH, LIMIT_PGBENCH_ANY ->
          throw new IllegalStateException(this + " does not run in a JVM");
    };
  }
}
