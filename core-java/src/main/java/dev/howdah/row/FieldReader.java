package dev.howdah.row;

import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a range or composite: bare or in double quotes, where a quote is doubled and a
 * backslash takes what follows as it is.
 */
final class FieldReader {
  private final String text;
  private int at;

  FieldReader(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /**
   * The next character without taking it, or NUL at the end: text of the server never holds one.
   */
  char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  /** Takes the next character, or answers NUL at the end. */
  char next() {
    return at < text.length() ? text.charAt(at++) : '\0';
  }

  void skipSpaces() {
    while (ArrayText.isSpace(peek())) {
      at++;
    }
  }

  /**
   * Takes a part up to a comma or one of the closing characters, which stays.
   *
   * @return null if nothing stands there, not even quotes
   * @throws IllegalArgumentException if the text ends before the part does; without the text
   */
  @Nullable String field(String closing) {
    char first = peek();
    if (first == ',' || (first != '\0' && closing.indexOf(first) >= 0)) {
      return null;
    }
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    while (true) {
      if (at == text.length()) {
        throw new IllegalArgumentException("it ends too early");
      }
      char c = text.charAt(at);
      if (!quoted && (c == ',' || closing.indexOf(c) >= 0)) {
        return value.toString();
      }
      at++;
      if (c == '\\') {
        if (at == text.length()) {
          throw new IllegalArgumentException("it ends too early");
        }
        value.append(text.charAt(at++));
      } else if (c != '"') {
        value.append(c);
      } else if (quoted && peek() == '"') {
        value.append('"');
        at++;
      } else {
        quoted = !quoted;
      }
    }
  }

  /**
   * Adds a part, in quotes exactly where the server puts some.
   *
   * @param special what asks for quotes besides quotes, backslashes and spaces
   */
  static void write(String part, String special, StringBuilder to) {
    boolean quotes = part.isEmpty();
    for (int i = 0; i < part.length() && !quotes; i++) {
      char c = part.charAt(i);
      quotes = c == '"' || c == '\\' || ArrayText.isSpace(c) || special.indexOf(c) >= 0;
    }
    if (!quotes) {
      to.append(part);
      return;
    }
    to.append('"');
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '"' || c == '\\') {
        to.append(c);
      }
      to.append(c);
    }
    to.append('"');
  }
}
