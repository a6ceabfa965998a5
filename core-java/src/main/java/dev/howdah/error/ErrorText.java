package dev.howdah.error;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the text of failures: how much SQL is shown, where DETAIL and HINT go. */
final class ErrorText {
  /** A screenful: enough to recognise a statement, small enough for a log line. */
  static final int SQL_LIMIT = 500;

  private ErrorText() {}

  /**
   * The text cut to {@link #SQL_LIMIT} characters. Only the cut text is kept in an exception: a
   * statement of ten megabytes must not live as long as the log record that holds its failure.
   */
  static @Nullable String bounded(@Nullable String sql) {
    if (sql == null) {
      return null;
    }
    if (sql.length() <= SQL_LIMIT) {
      return Secrets.mask(sql);
    }
    int end = Character.isHighSurrogate(sql.charAt(SQL_LIMIT - 1)) ? SQL_LIMIT - 1 : SQL_LIMIT;
    return Secrets.mask(sql.substring(0, end)) + "… (+" + (sql.length() - end) + " characters)";
  }

  /** The line with the place, of the statement or of the one that a function ran. */
  static @Nullable CaretLine caret(ServerReport report, @Nullable String sql) {
    CaretLine outer = CaretLine.of(sql, report.position());
    return outer == null ? CaretLine.of(report.internalQuery(), report.internalPosition()) : outer;
  }

  /**
   * The message in the order of PostgreSQL's own clients: primary message, the line with the place,
   * DETAIL, HINT, and the QUERY that a function ran.
   */
  static String message(ServerReport report, @Nullable CaretLine caret) {
    StringBuilder text = new StringBuilder(report.message());
    if (caret != null) {
      text.append('\n').append(caret);
    }
    if (report.detail() != null) {
      text.append("\nDETAIL:  ").append(report.detail());
    }
    if (report.hint() != null) {
      text.append("\nHINT:  ").append(report.hint());
    }
    if (report.internalQuery() != null) {
      text.append("\nQUERY:  ").append(bounded(report.internalQuery()));
    }
    return text.toString();
  }

  /** The block a log shows. */
  static String block(DatabaseException failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getSimpleName()).append(": ");
    if (failure instanceof ServerException server) {
      text.append(server.message());
      if (server.caret() != null) {
        text.append("\n  ").append(server.caret().replace("\n", "\n  "));
      }
      addLine(text, "DETAIL: ", server.detail());
      addLine(text, "HINT:   ", server.hint());
      addLine(text, "SQL:    ", server.showsWholeSql() ? null : failure.sql());
      addLine(text, "PARAMS: ", server.parameters());
      addLine(text, "ELEMENT: ", element(failure));
      addLine(text, "QUERY:  ", bounded(server.internalQuery()));
      text.append("\n  ").append(facts(server));
    } else {
      text.append(failure.getMessage());
      addLine(text, "SQL:    ", failure.sql());
    }
    return text.toString();
  }

  private static @Nullable String element(DatabaseException failure) {
    return failure.element().isPresent()
        ? failure.element().getAsLong() + " of the batch, counted from 0"
        : null;
  }

  private static void addLine(StringBuilder text, String label, @Nullable String value) {
    if (value != null) {
      text.append("\n  ").append(label).append(value.strip().replace("\n", "\n          "));
    }
  }

  private static String facts(ServerException failure) {
    List<String> facts = new ArrayList<>();
    facts.add("SQLSTATE " + (failure.sqlState().isEmpty() ? "unknown" : failure.sqlState()));
    addFact(facts, "table", qualifiedTable(failure));
    addFact(facts, "column", failure.column());
    addFact(facts, "type", failure.dataType());
    addFact(facts, "constraint", failure.constraint());
    addFact(facts, "connection", failure.connection());
    return String.join(", ", facts);
  }

  private static @Nullable String qualifiedTable(ServerException failure) {
    String schema = failure.schema();
    String table = failure.table();
    return table == null || schema == null || schema.equals("public")
        ? table
        : schema + "." + table;
  }

  private static void addFact(List<String> facts, String label, @Nullable String value) {
    if (value != null) {
      facts.add(label + " " + value);
    }
  }
}
