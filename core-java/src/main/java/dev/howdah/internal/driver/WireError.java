package dev.howdah.internal.driver;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.spi.R2dbcNonTransientException;

/** An error message of the server's in the form in which the driver reports one. */
final class WireError extends R2dbcNonTransientException implements PostgresqlException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorDetails details;

  WireError(ErrorResponse message) {
    this.details = new ErrorDetails(message.getFields());
  }

  @Override
  public ErrorDetails getErrorDetails() {
    return details;
  }
}
