package dev.howdah.error;

/**
 * An error whose SQLSTATE class is not in PostgreSQL's table, for example one raised by an
 * extension or by another server that speaks the protocol; {@link #sqlState()} keeps the code, and
 * {@link #isOfClass} tells its class.
 */
public final class UnknownServerError extends ServerException {
  private static final long serialVersionUID = 1L;

  UnknownServerError(ServerReport report, Origin origin) {
    super(report, origin);
  }
}
