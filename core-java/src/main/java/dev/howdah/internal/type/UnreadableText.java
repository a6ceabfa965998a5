package dev.howdah.internal.type;

/**
 * Says inside this package where a text stopped making sense; {@link TextDecoder} turns it into the
 * failure callers see. It has no message and no stack trace, so that no value can leak through it.
 */
final class UnreadableText extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Index into the array of bytes that was being read. */
  private final int index;

  UnreadableText(int index) {
    super(null, null, false, false);
    this.index = index;
  }

  int index() {
    return index;
  }
}
