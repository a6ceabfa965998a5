package dev.howdah.internal.driver;

import io.r2dbc.postgresql.message.backend.ErrorResponse;

/**
 * One COPY through this program.
 *
 * @param sent the text for the server
 * @param shown the text for errors and reports: without the literals that the sent one may hold
 */
public record CopyCommand(String sent, String shown) {
  /** The server's error; a position in the one text is no position in the other. */
  WireError error(ErrorResponse error) {
    return sent.equals(shown) ? new WireError(error) : WireError.withoutPosition(error);
  }

  /** Only the text that may be shown. */
  @Override
  public String toString() {
    return shown;
  }
}
