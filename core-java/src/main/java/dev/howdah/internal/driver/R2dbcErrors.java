package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.InvalidCachedStatement;
import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerErrors;
import dev.howdah.error.ServerReport;
import dev.howdah.error.SqlState;
import dev.howdah.observe.ParameterDisplay;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcRollbackException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The driver's failures → ours, starting from the SQLSTATE: the driver's own classes lump codes
 * together (all of class 22 becomes "bad grammar").
 */
final class R2dbcErrors {
  private static final Set<String> ERROR_SEVERITIES = Set.of("ERROR", "FATAL", "PANIC");

  private R2dbcErrors() {}

  /** Whether the details are an error of the server's and not a notice. */
  static boolean isError(ErrorDetails details) {
    return ERROR_SEVERITIES.contains(severity(details));
  }

  /** Whether the server reported this and then closes the connection. */
  static boolean endsConnection(Throwable failure) {
    ErrorDetails details = serverDetails(failure);
    return details != null && !severity(details).equals("ERROR");
  }

  /**
   * The failure of a statement that was sent, or tried to be.
   *
   * @param transactionWasLost whether the transaction had failed before this statement
   * @param display how much of the statement's arguments the failure may show
   */
  static DatabaseException translate(
      Throwable failure,
      Command command,
      String connection,
      boolean transactionWasLost,
      ParameterDisplay display) {
    String sql = command.userSql();
    if (failure instanceof DatabaseException ours) {
      return ours instanceof MappingFailure unreadable ? unreadable.withSql(sql) : ours;
    }
    ErrorDetails details = serverDetails(failure);
    if (details != null) {
      DatabaseException told =
          ServerErrors.of(
              report(details, Hints.forStatement(details.getCode()), command.ownLength()),
              sql,
              ParameterText.of(command.parameters(), display),
              connection);
      boolean prepared = !command.parameters().isEmpty();
      return details.getCode().equals(SqlState.IN_FAILED_SQL_TRANSACTION)
              && prepared
              && !transactionWasLost
          ? staleStatement(told, sql)
          : told;
    }
    if (failure instanceof R2dbcRollbackException) {
      return new RolledBack(
          "the server rolled the transaction back instead of committing it: a statement in it had"
              + " failed",
          null);
    }
    if (failure instanceof IllegalArgumentException
        || failure instanceof IllegalStateException
        || failure instanceof IndexOutOfBoundsException) {
      // Without the driver's own words: they hold the whole text.
      return new Unsupported(
          "the driver cannot read this statement; a function body or PREPARE with $n in it is one"
              + " reason: name the arguments instead");
    }
    return new ConnectionLost(
        "connection "
            + connection
            + " was lost while a statement ran, whether it took effect is unknown",
        failure,
        sql);
  }

  /**
   * The driver swallows the error that says so and prepares the statement again, which a
   * transaction that has just failed refuses.
   */
  private static DatabaseException staleStatement(DatabaseException told, String sql) {
    return new InvalidCachedStatement(
        "the cached plan of this statement no longer holds (a table was altered, or prepared"
            + " statements were dropped), and its transaction is lost by that; run the transaction"
            + " again",
        told,
        sql);
  }

  /** What the server reported, or null when the failure happened on this side. */
  static @Nullable ErrorDetails serverDetails(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PostgresqlException server && isError(server.getErrorDetails())) {
        return server.getErrorDetails();
      }
    }
    return null;
  }

  /**
   * The driver's details as ours.
   *
   * @param ownHint takes the place of a hint that the server did not give
   */
  static ServerReport report(ErrorDetails details, @Nullable String ownHint) {
    return report(details, ownHint, 0);
  }

  /** What the server said beside a command's answer. */
  static ServerReport report(ErrorDetails details, Command command) {
    return report(details, null, command.ownLength());
  }

  private static ServerReport report(
      ErrorDetails details, @Nullable String ownHint, int ownLength) {
    return ServerReport.builder()
        .severity(severity(details))
        .sqlState(details.getCode())
        .message(details.getMessage())
        .detail(orNull(details.getDetail()))
        .hint(details.getHint().orElse(ownHint))
        .position(behind(ownLength, number(details.getPosition())))
        .internalPosition(number(details.getInternalPosition()))
        .internalQuery(orNull(details.getInternalQuery()))
        .where(orNull(details.getWhere()))
        .schema(orNull(details.getSchemaName()))
        .table(orNull(details.getTableName()))
        .column(orNull(details.getColumnName()))
        .dataType(orNull(details.getDataTypeName()))
        .constraint(orNull(details.getConstraintName()))
        .file(orNull(details.getFile()))
        .line(number(details.getLine()))
        .routine(orNull(details.getRoutine()))
        .build();
  }

  /** Failures that the driver makes up itself carry no severity. */
  @SuppressWarnings("NullAway") // null although the driver's signature denies it
  private static String severity(ErrorDetails details) {
    String severity = details.getSeverityNonLocalized();
    if (severity == null) {
      severity = details.getSeverityLocalized();
    }
    return severity == null ? "" : severity;
  }

  private static @Nullable String orNull(Optional<String> field) {
    return field.orElse(null);
  }

  /** A position in the user's text; none when it is in ours. */
  private static @Nullable Integer behind(int ownLength, @Nullable Integer position) {
    return position == null || position <= ownLength ? null : (Integer) (position - ownLength);
  }

  private static @Nullable Integer number(Optional<String> field) {
    try {
      return field.map(Integer::valueOf).orElse(null);
    } catch (NumberFormatException unreadable) {
      // What is wrong with the statement must not be lost behind what is wrong with its report.
      return null;
    }
  }
}
