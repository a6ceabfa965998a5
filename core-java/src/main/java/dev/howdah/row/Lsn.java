package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;

/**
 * A value of PostgreSQL's {@code pg_lsn}: a place in the write-ahead log.
 *
 * <p>Immutable and safe to use from any thread.
 *
 * @param position the byte's number in the log, unsigned
 */
public record Lsn(long position) implements Comparable<Lsn> {

  /**
   * Reads two hexadecimal numbers, {@code 16/B374D848}.
   *
   * @throws MappingFailure if the text is of another form; the message does not show it
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    try {
      if (slash > 0 && slash <= 8 && text.length() > slash + 1 && text.length() <= slash + 9) {
        long high = Integer.parseUnsignedInt(text, 0, slash, 16) & 0xffff_ffffL;
        long low = Integer.parseUnsignedInt(text, slash + 1, text.length(), 16) & 0xffff_ffffL;
        return new Lsn(high << 32 | low);
      }
    } catch (NumberFormatException malformed) {
      // Falls through to the one message for all; the exception quotes the text.
    }
    throw new MappingFailure(
        "a place in the log cannot be read; expected two hexadecimal numbers such as 16/B374D848");
  }

  /** Earlier places in the log come first. */
  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(position, other.position);
  }

  /** Two hexadecimal numbers, {@code 16/B374D848}. */
  @Override
  public String toString() {
    return (Long.toHexString(position >>> 32) + "/" + Long.toHexString(position & 0xffff_ffffL))
        .toUpperCase(java.util.Locale.ROOT);
  }
}
