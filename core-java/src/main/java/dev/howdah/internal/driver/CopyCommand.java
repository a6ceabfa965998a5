package dev.howdah.internal.driver;

/**
 * One COPY through this program.
 *
 * @param sent the text for the server
 * @param shown the text for errors and reports: without the literals that the sent one may hold
 */
public record CopyCommand(String sent, String shown) {
  /** Whether a position in the one text is no position in the other. */
  boolean isShownOtherwise() {
    return !sent.equals(shown);
  }

  /** Only the text that may be shown. */
  @Override
  public String toString() {
    return shown;
  }
}
