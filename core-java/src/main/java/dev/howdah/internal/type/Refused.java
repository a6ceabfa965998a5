package dev.howdah.internal.type;

import org.jspecify.annotations.Nullable;

/**
 * Says inside this package why a value cannot be bound; {@link ParameterEncoder} puts the argument
 * or the column before it. The reason goes on from there (" of type … cannot be bound", ": the text
 * …") and never shows the value.
 */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  Refused(String reason) {
    this(reason, null);
  }

  /** With what a codec threw, which is the user's own. */
  Refused(String reason, @Nullable Throwable cause) {
    super(reason, cause, false, false);
    this.reason = reason;
  }

  /** The same refusal, with a place before it. */
  Refused at(String place) {
    return new Refused(place + reason, getCause());
  }

  String reason() {
    return reason;
  }
}
