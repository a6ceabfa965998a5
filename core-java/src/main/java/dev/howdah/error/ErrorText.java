package dev.howdah.error;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the text of failures: how much SQL is shown, where DETAIL and HINT go. */
final class ErrorText {
  /** A screenful: enough to recognise a statement, small enough for a log line. */
  static final int SQL_LIMIT = 500;

  /** The literal in {@code ALTER ROLE … PASSWORD '…'} and in {@code password = '…'}. */
  private static final Pattern PASSWORD_LITERAL =
      Pattern.compile(
          "(\\bpassword\"?\\s*=?\\s*(?:E|U&)?)'[^']*+(?:''[^']*+)*+'?", Pattern.CASE_INSENSITIVE);

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
      return masked(sql);
    }
    int end = Character.isHighSurrogate(sql.charAt(SQL_LIMIT - 1)) ? SQL_LIMIT - 1 : SQL_LIMIT;
    return masked(sql.substring(0, end)) + "… (+" + (sql.length() - end) + " characters)";
  }

  private static String masked(String sql) {
    return PASSWORD_LITERAL.matcher(sql).replaceAll("$1'***'");
  }

  /** The message as PostgreSQL's own client prints it: primary message, DETAIL, HINT. */
  static String message(ServerReport report) {
    StringBuilder text = new StringBuilder(report.message());
    if (report.detail() != null) {
      text.append("\nDETAIL:  ").append(report.detail());
    }
    if (report.hint() != null) {
      text.append("\nHINT:  ").append(report.hint());
    }
    return text.toString();
  }

  /** The block a log shows. */
  static String block(DatabaseException failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getSimpleName()).append(": ");
    if (failure instanceof ServerException server) {
      text.append(server.message());
      addLine(text, "DETAIL: ", server.detail());
      addLine(text, "HINT:   ", server.hint());
      addLine(text, "SQL:    ", failure.sql());
      text.append("\n  ").append(facts(server));
    } else {
      text.append(failure.getMessage());
      addLine(text, "SQL:    ", failure.sql());
    }
    return text.toString();
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
