package dev.howdah.internal.driver;

import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.message.backend.ErrorResponse;
import io.r2dbc.postgresql.message.backend.Field;
import io.r2dbc.spi.R2dbcNonTransientException;
import java.util.List;

/** An error message of the server's in the form in which the driver reports one. */
final class WireError extends R2dbcNonTransientException implements PostgresqlException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorDetails details;

  WireError(ErrorResponse message) {
    this(message.getFields());
  }

  private WireError(List<Field> fields) {
    this.details = new ErrorDetails(fields);
  }

  /** The same without its position, for a text that was sent otherwise than it is shown. */
  static WireError withoutPosition(ErrorResponse message) {
    return new WireError(
        message.getFields().stream()
            .filter(field -> field.getType() != Field.FieldType.POSITION)
            .toList());
  }

  @Override
  public ErrorDetails getErrorDetails() {
    return details;
  }
}
