package dev.howdah.row;

import dev.howdah.error.ClientException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON document (RFC 8259, strictly) into immutable Java values; see {@link Json#value()}
 * for which.
 *
 * <p>Strings may hold what {@code json} columns hold but {@code jsonb} refuses: {@code \\u0000} and
 * unpaired surrogates.
 */
final class JsonReader {
  /** Far above real documents, far below what a thread's stack holds. */
  static final int MAX_DEPTH = 1000;

  /** PostgreSQL's numeric has at most 147,455 digits; turning more into a number takes too long. */
  private static final int MAX_DIGITS = 150_000;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Reads a document.
   *
   * @throws ClientException.MappingFailure if it is not JSON; names the position, never the text
   */
  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value(0);
    reader.skipSpaces();
    if (reader.at < text.length()) {
      throw reader.malformed("the document has ended, but text follows");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    skipSpaces();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    if (!closes('}')) {
      do {
        skipSpaces();
        if (peek() != '"') {
          throw malformed("a member name in double quotes is expected");
        }
        String name = string();
        skipSpaces();
        if (peek() != ':') {
          throw malformed("':' is expected");
        }
        at++;
        members.put(name, value(depth + 1));
      } while (goesOn('}'));
    }
    return Collections.unmodifiableMap(members);
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    if (!closes(']')) {
      do {
        elements.add(value(depth + 1));
      } while (goesOn(']'));
    }
    return Collections.unmodifiableList(elements);
  }

  private boolean closes(char end) {
    skipSpaces();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private boolean goesOn(char end) {
    if (closes(end)) {
      return false;
    }
    if (peek() != ',') {
      throw malformed("',' or '" + end + "' is expected");
    }
    at++;
    return true;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw malformed("a value is expected");
    }
    at += word.length();
    return value;
  }

  private String string() {
    int start = ++at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (peek() == '"') {
      return text.substring(start, at++);
    }
    StringBuilder value = new StringBuilder(text.substring(start, at));
    while (peek() != '"') {
      if (at >= text.length()) {
        throw malformed("a string is not closed");
      }
      char c = text.charAt(at);
      if (c < ' ') {
        throw malformed("a control character in a string must be escaped");
      }
      at++;
      value.append(c == '\\' ? escaped() : c);
    }
    at++;
    return value.toString();
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= ' ';
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourDigits();
      default -> {
        at--;
        throw malformed("this escape is not known");
      }
    };
  }

  private char fourDigits() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      // Character.digit alone would take digits of other scripts.
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw malformed("four hexadecimal digits are expected");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Number number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int firstDigit = at;
    int digits = digits();
    if (digits == 0) {
      at = start;
      throw malformed(at < text.length() ? "a value is expected" : "the document ends too early");
    }
    if (digits > 1 && text.charAt(firstDigit) == '0') {
      at = firstDigit;
      throw malformed("a number may not start with 0");
    }
    boolean whole = true;
    if (peek() == '.') {
      whole = false;
      at++;
      requireDigits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      requireDigits();
    }
    if (at - start > MAX_DIGITS) {
      at = start;
      throw malformed("the number has too many digits");
    }
    return whole ? integer(start) : decimal(start);
  }

  private Number integer(int start) {
    String digits = text.substring(start, at);
    if (digits.length() > 19) {
      BigInteger big = new BigInteger(digits);
      return big.bitLength() < Long.SIZE ? (Number) big.longValue() : big;
    }
    try {
      long value = Long.parseLong(digits);
      return value == (int) value ? (Number) (int) value : (Number) value;
    } catch (NumberFormatException tooLarge) {
      return new BigInteger(digits);
    }
  }

  private BigDecimal decimal(int start) {
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException | ArithmeticException tooLarge) {
      at = start;
      throw malformed("the exponent is too large");
    }
  }

  private int digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    return at - start;
  }

  private void requireDigits() {
    if (digits() == 0) {
      throw malformed("a digit is expected");
    }
  }

  private void skipSpaces() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private ClientException.MappingFailure malformed(String why) {
    return new ClientException.MappingFailure(
        "the text is not valid JSON: " + why + " (at position " + at + ")");
  }
}
