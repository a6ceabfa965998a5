package dev.howdah.error;

import org.jspecify.annotations.Nullable;

/**
 * An error whose SQLSTATE class is not in PostgreSQL's table, for example one raised by an
 * extension or by another server that speaks the protocol; {@link #sqlState()} keeps the code.
 */
public final class UnknownServerError extends ServerException {
  private static final long serialVersionUID = 1L;

  UnknownServerError(ServerReport report, @Nullable String sql, @Nullable String connection) {
    super(report, sql, connection);
  }
}
