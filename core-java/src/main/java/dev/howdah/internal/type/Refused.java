package dev.howdah.internal.type;

/**
 * Says inside this package why a value cannot be bound; {@link ParameterEncoder} puts the argument
 * or the column before it. The reason goes on from there (" of type … cannot be bound", ": the text
 * …") and never shows the value.
 */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Refused(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
