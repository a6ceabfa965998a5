package dev.howdah.query;

/** The character classes of PostgreSQL's lexer. */
final class SqlCharacters {
  private SqlCharacters() {}

  static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }

  /** PostgreSQL takes every character beyond ASCII as a letter. */
  static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A digit of a number in the given radix; radix 0 has none. */
  static boolean isDigit(char c, int radix) {
    return c < 0x80 && radix > 0 && Character.digit(c, radix) >= 0;
  }
}
