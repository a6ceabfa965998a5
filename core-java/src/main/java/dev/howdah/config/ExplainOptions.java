package dev.howdah.config;

import java.util.Objects;

/**
 * What EXPLAIN is asked for.
 *
 * <p>An immutable value, safe to keep in a constant and to share between threads.
 *
 * @param analyze whether the statement is really run, to show times and numbers of rows beside the
 *     estimates; what it changes is rolled back
 * @param verbose whether more is shown of each step
 * @param buffers whether the blocks read and written are shown; false leaves it to the server,
 *     which shows them with {@code analyze} from PostgreSQL 18 on
 * @param format how the plan is written
 */
public record ExplainOptions(boolean analyze, boolean verbose, boolean buffers, Format format) {
  private static final ExplainOptions DEFAULTS =
      new ExplainOptions(false, false, false, Format.TEXT);

  /** How a plan is written. */
  public enum Format {
    /** As {@code psql} shows it, for people. */
    TEXT,
    /** One JSON document. */
    JSON,
    /** One XML document. */
    XML,
    /** One YAML document. */
    YAML
  }

  /** Checks that a format is given. */
  public ExplainOptions {
    Objects.requireNonNull(format, "format");
  }

  /** Returns options for the plan alone, as text. */
  public static ExplainOptions defaults() {
    return DEFAULTS;
  }

  /** Returns options for a plan with what really happened, as text. */
  public static ExplainOptions analyzing() {
    return DEFAULTS.withAnalyze(true);
  }

  /** Returns these options with or without running the statement. */
  public ExplainOptions withAnalyze(boolean analyze) {
    return new ExplainOptions(analyze, verbose, buffers, format);
  }

  /** Returns these options with more or less shown of each step. */
  public ExplainOptions withVerbose(boolean verbose) {
    return new ExplainOptions(analyze, verbose, buffers, format);
  }

  /** Returns these options with blocks shown, or left to the server. */
  public ExplainOptions withBuffers(boolean buffers) {
    return new ExplainOptions(analyze, verbose, buffers, format);
  }

  /** Returns these options with another format. */
  public ExplainOptions withFormat(Format format) {
    return new ExplainOptions(analyze, verbose, buffers, format);
  }

  /** Returns what goes before the statement, e.g. {@code EXPLAIN (ANALYZE, FORMAT JSON)}. */
  public String sql() {
    return "EXPLAIN ("
        + (analyze ? "ANALYZE, " : "")
        + (verbose ? "VERBOSE, " : "")
        + (buffers ? "BUFFERS, " : "")
        + "FORMAT "
        + format
        + ")";
  }
}
