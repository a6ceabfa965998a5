package dev.howdah.error;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server said about an error or a notice: every field of the protocol's report.
 *
 * <p>Immutable. A field the server left out is null; the first three are always there.
 *
 * @param severity {@code ERROR}, {@code FATAL}, {@code PANIC}, {@code WARNING} …
 * @param sqlState the five-character code
 * @param message the primary message, usually one line
 * @param detail more about the problem; may run over several lines and may quote data
 * @param hint what to do about it
 * @param position where in the statement, counted in characters from 1
 * @param internalPosition where in {@code internalQuery}, counted in characters from 1
 * @param internalQuery the statement a function ran when it failed
 * @param where the call stack of functions, youngest first; may quote data
 * @param schema the schema of the object concerned
 * @param table the table concerned
 * @param column the column concerned
 * @param dataType the data type concerned
 * @param constraint the constraint concerned, or the index that stands for one
 * @param file the source file of the server that reported it
 * @param line the line in that file
 * @param routine the routine in that file
 */
public record ServerReport(
    String severity,
    String sqlState,
    String message,
    @Nullable String detail,
    @Nullable String hint,
    @Nullable Integer position,
    @Nullable Integer internalPosition,
    @Nullable String internalQuery,
    @Nullable String where,
    @Nullable String schema,
    @Nullable String table,
    @Nullable String column,
    @Nullable String dataType,
    @Nullable String constraint,
    @Nullable String file,
    @Nullable Integer line,
    @Nullable String routine)
    implements Serializable {

  /** Checks that the three fields every report has are there. */
  public ServerReport {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(sqlState, "sqlState");
    Objects.requireNonNull(message, "message");
  }

  /**
   * Starts an empty report: severity {@code ERROR}, no code, no message.
   *
   * @return a builder for one thread
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the fields of a report; not thread-safe, may be used again after {@link #build}. */
  public static final class Builder {
    private String severity = "ERROR";
    private String sqlState = "";
    private String message = "";
    private @Nullable String detail;
    private @Nullable String hint;
    private @Nullable Integer position;
    private @Nullable Integer internalPosition;
    private @Nullable String internalQuery;
    private @Nullable String where;
    private @Nullable String schema;
    private @Nullable String table;
    private @Nullable String column;
    private @Nullable String dataType;
    private @Nullable String constraint;
    private @Nullable String file;
    private @Nullable Integer line;
    private @Nullable String routine;

    private Builder() {}

    /** Sets the severity; null means {@code ERROR}. */
    public Builder severity(@Nullable String value) {
      severity = value == null ? "ERROR" : value;
      return this;
    }

    /** Sets the code; null means none. */
    public Builder sqlState(@Nullable String value) {
      sqlState = value == null ? "" : value;
      return this;
    }

    /** Sets the primary message; null means none. */
    public Builder message(@Nullable String value) {
      message = value == null ? "" : value;
      return this;
    }

    /** Sets the detail. */
    public Builder detail(@Nullable String value) {
      detail = value;
      return this;
    }

    /** Sets the hint. */
    public Builder hint(@Nullable String value) {
      hint = value;
      return this;
    }

    /** Sets the position in the statement, in characters from 1. */
    public Builder position(@Nullable Integer value) {
      position = value;
      return this;
    }

    /** Sets the position in the internal query, in characters from 1. */
    public Builder internalPosition(@Nullable Integer value) {
      internalPosition = value;
      return this;
    }

    /** Sets the statement a function ran. */
    public Builder internalQuery(@Nullable String value) {
      internalQuery = value;
      return this;
    }

    /** Sets the call stack of functions. */
    public Builder where(@Nullable String value) {
      where = value;
      return this;
    }

    /** Sets the schema. */
    public Builder schema(@Nullable String value) {
      schema = value;
      return this;
    }

    /** Sets the table. */
    public Builder table(@Nullable String value) {
      table = value;
      return this;
    }

    /** Sets the column. */
    public Builder column(@Nullable String value) {
      column = value;
      return this;
    }

    /** Sets the data type. */
    public Builder dataType(@Nullable String value) {
      dataType = value;
      return this;
    }

    /** Sets the constraint. */
    public Builder constraint(@Nullable String value) {
      constraint = value;
      return this;
    }

    /** Sets the server's source file. */
    public Builder file(@Nullable String value) {
      file = value;
      return this;
    }

    /** Sets the line in the server's source file. */
    public Builder line(@Nullable Integer value) {
      line = value;
      return this;
    }

    /** Sets the routine in the server's source file. */
    public Builder routine(@Nullable String value) {
      routine = value;
      return this;
    }

    /**
     * Makes the report from what was set so far.
     *
     * @return the report
     */
    public ServerReport build() {
      return new ServerReport(
          severity,
          sqlState,
          message,
          detail,
          hint,
          position,
          internalPosition,
          internalQuery,
          where,
          schema,
          table,
          column,
          dataType,
          constraint,
          file,
          line,
          routine);
    }
  }
}
