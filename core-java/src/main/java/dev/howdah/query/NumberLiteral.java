package dev.howdah.query;

import static dev.howdah.query.SqlCharacters.isDigit;

/**
 * Cuts a number as PostgreSQL does: {@code 1FROM} is a number and a word, {@code 1..2} two numbers.
 */
final class NumberLiteral {
  private NumberLiteral() {}

  /** Where the number ends that starts with a digit at {@code start}. */
  static int end(String text, int start) {
    int radix = start + 2 < text.length() ? radix(text.charAt(start + 1)) : 0;
    if (text.charAt(start) == '0' && radix > 0 && isDigit(text.charAt(start + 2), radix)) {
      return digits(text, start + 2, radix);
    }
    int end = digits(text, start, 10);
    if (text.startsWith(".", end) && !text.startsWith("..", end)) {
      end = digits(text, end + 1, 10);
    }
    return exponent(text, end);
  }

  private static int exponent(String text, int at) {
    if (!text.startsWith("e", at) && !text.startsWith("E", at)) {
      return at;
    }
    int first = text.startsWith("+", at + 1) || text.startsWith("-", at + 1) ? at + 2 : at + 1;
    return first < text.length() && isDigit(text.charAt(first)) ? digits(text, first, 10) : at;
  }

  /** The end of a run of digits with single underscores between them. */
  private static int digits(String text, int start, int radix) {
    int at = start;
    while (at < text.length() && isDigitOrUnderscore(text, at, radix)) {
      at++;
    }
    return at;
  }

  private static boolean isDigitOrUnderscore(String text, int at, int radix) {
    return isDigit(text.charAt(at), radix)
        || (text.charAt(at) == '_'
            && at + 1 < text.length()
            && isDigit(text.charAt(at + 1), radix));
  }

  private static int radix(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 0;
    };
  }
}
