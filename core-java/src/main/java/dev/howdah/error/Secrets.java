package dev.howdah.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the passwords out of statements before anybody reads them. */
final class Secrets {
  /**
   * The literal in {@code ALTER ROLE … PASSWORD '…'} and in {@code password = '…'}, also one that
   * was cut off.
   */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(\\bpassword\"?\\s*=?\\s*(?:E|U&)?)"
              + "(?:'[^']*+(?:''[^']*+)*+'?|\\$((?:[A-Za-z_]\\w*)?)\\$.*?(?:\\$\\2\\$|\\z))",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String MASK = "'***'";

  private Secrets() {}

  /**
   * A text without secrets.
   *
   * @param index where the place is that was asked for; the start of the mask if it was behind it
   */
  record Masked(String text, int index) {}

  static String mask(String sql) {
    return mask(sql, 0).text();
  }

  static Masked mask(String sql, int index) {
    Matcher found = PASSWORD.matcher(sql);
    StringBuilder text = new StringBuilder(sql.length());
    int copied = 0;
    int place = index;
    while (found.find()) {
      int literal = found.end(1);
      text.append(sql, copied, literal);
      if (index >= found.end()) {
        place = index + text.length() + MASK.length() - found.end();
      } else if (index > literal) {
        place = text.length();
      }
      text.append(MASK);
      copied = found.end();
    }
    return copied == 0
        ? new Masked(sql, index)
        : new Masked(text.append(sql, copied, sql.length()).toString(), place);
  }
}
