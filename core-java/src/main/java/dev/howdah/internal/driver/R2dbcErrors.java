package dev.howdah.internal.driver;

import dev.howdah.error.ClientException.ConnectionLost;
import dev.howdah.error.ClientException.RolledBack;
import dev.howdah.error.ClientException.Unsupported;
import dev.howdah.error.DatabaseException;
import dev.howdah.error.ServerErrors;
import dev.howdah.error.ServerReport;
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

  /** The failure of a statement that was sent, or tried to be. */
  static DatabaseException translate(Throwable failure, @Nullable String sql, String connection) {
    if (failure instanceof DatabaseException ours) {
      return ours;
    }
    ErrorDetails details = serverDetails(failure);
    if (details != null) {
      return ServerErrors.of(
          report(details, Hints.forStatement(details.getCode())), sql, connection);
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
    return ServerReport.builder()
        .severity(severity(details))
        .sqlState(details.getCode())
        .message(details.getMessage())
        .detail(orNull(details.getDetail()))
        .hint(details.getHint().orElse(ownHint))
        .position(number(details.getPosition()))
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

  private static @Nullable Integer number(Optional<String> field) {
    return field.map(Integer::valueOf).orElse(null);
  }
}
