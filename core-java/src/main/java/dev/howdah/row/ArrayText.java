package dev.howdah.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of a PostgreSQL array, such as <code>{1,NULL,"a b"}</code>, into nested
 * lists.
 *
 * <p>Pure and safe to use from any thread.
 */
public final class ArrayText {

  /** The server's own limit (MAXDIM); it also bounds the recursion here. */
  private static final int MAX_DIMENSIONS = 6;

  private final String text;
  private final char delimiter;
  private final Function<String, ? extends @Nullable Object> element;
  private int at;

  private ArrayText(
      String text, char delimiter, Function<String, ? extends @Nullable Object> element) {
    this.text = text;
    this.delimiter = delimiter;
    this.element = element;
  }

  /**
   * Reads an array whose elements are separated by commas, as those of every type but {@code box}
   * are.
   *
   * <p>The first element is at index 0 of the list, whatever the lower bounds say (<code>[2:4]={…}
   * </code>).
   *
   * @param text what the server printed
   * @param element turns the unquoted, unescaped text of one element into its value; not called for
   *     NULL
   * @return an immutable list, holding lists for further dimensions and null for NULL
   * @throws IllegalArgumentException if the text is not a well-formed array; the message gives the
   *     offset and never the content
   */
  public static List<@Nullable Object> parse(
      String text, Function<String, ? extends @Nullable Object> element) {
    return parse(text, ',', element);
  }

  /**
   * Reads an array whose elements are separated by the given character; {@code box} uses a
   * semicolon.
   *
   * @param text what the server printed
   * @param delimiter {@code typdelim} of the element type
   * @param element turns the unquoted, unescaped text of one element into its value; not called for
   *     NULL
   * @return an immutable list, holding lists for further dimensions and null for NULL
   * @throws IllegalArgumentException if the text is not a well-formed array; the message gives the
   *     offset and never the content
   */
  public static List<@Nullable Object> parse(
      String text, char delimiter, Function<String, ? extends @Nullable Object> element) {
    ArrayText reader = new ArrayText(text, delimiter, element);
    reader.skipSpaces();
    String bounds = reader.bounds();
    List<@Nullable Object> result = reader.list(1, bounds);
    reader.skipSpaces();
    if (reader.at != text.length()) {
      throw reader.malformed("text after the closing brace");
    }
    return result;
  }

  /**
   * Says whether a text starts like an array: with a brace, or with bounds and then a brace.
   *
   * @param text any text
   * @return true if {@link #parse} is worth trying; a JSON list is told apart from bounds
   */
  public static boolean looksLikeArray(String text) {
    ArrayText reader = new ArrayText(text, ',', value -> value);
    reader.skipSpaces();
    try {
      reader.bounds();
    } catch (IllegalArgumentException notBounds) {
      return false;
    }
    return reader.peek() == '{';
  }

  /**
   * Reads an {@code int2vector} or {@code oidvector}, which stands without braces: {@code 1 2 3}.
   *
   * @param text what the server printed
   * @param element turns the text of one element into its value
   * @return an immutable list
   */
  public static List<@Nullable Object> parseVector(
      String text, Function<String, ? extends @Nullable Object> element) {
    List<@Nullable Object> items = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int space = text.indexOf(' ', at);
      int end = space < 0 ? text.length() : space;
      items.add(element.apply(text.substring(at, end)));
      at = end + 1;
    }
    return new ServerArray(items, "", ' ');
  }

  /**
   * Adds one element, in quotes exactly where the server puts some.
   *
   * @param element its text
   * @param delimiter {@code typdelim} of the element type
   * @param to what it is added to
   */
  public static void write(String element, char delimiter, StringBuilder to) {
    boolean quotes = element.isEmpty() || element.equalsIgnoreCase("NULL");
    for (int i = 0; i < element.length() && !quotes; i++) {
      char c = element.charAt(i);
      quotes = c == delimiter || "{}\"\\".indexOf(c) >= 0 || isSpace(c);
    }
    if (!quotes) {
      to.append(element);
      return;
    }
    to.append('"');
    for (int i = 0; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\');
      }
      to.append(c);
    }
    to.append('"');
  }

  private List<@Nullable Object> list(int depth, String bounds) {
    expect('{');
    if (depth > MAX_DIMENSIONS) {
      throw malformed("more than " + MAX_DIMENSIONS + " dimensions");
    }
    List<@Nullable Object> items = new ArrayList<>();
    skipSpaces();
    if (peek() == '}') {
      at++;
      return new ServerArray(items, bounds, delimiter);
    }
    boolean nested = peek() == '{';
    int width = -1;
    while (true) {
      skipSpaces();
      if (nested != (peek() == '{')) {
        throw malformed("a list and a single element side by side");
      }
      if (nested) {
        List<@Nullable Object> inner = list(depth + 1, "");
        if (width >= 0 && width != inner.size()) {
          throw malformed("inner lists of different lengths");
        }
        width = inner.size();
        items.add(inner);
      } else {
        items.add(peek() == '"' ? element.apply(quoted()) : bare());
      }
      skipSpaces();
      char next = next();
      if (next == '}') {
        return new ServerArray(items, bounds, delimiter);
      }
      if (next != delimiter) {
        at--;
        throw malformed("expected '" + delimiter + "' or '}'");
      }
    }
  }

  private String quoted() {
    expect('"');
    int close = at;
    while (close < text.length() && text.charAt(close) != '"' && text.charAt(close) != '\\') {
      close++;
    }
    if (close < text.length() && text.charAt(close) == '"') {
      String plain = text.substring(at, close);
      at = close + 1;
      return plain;
    }
    StringBuilder value = new StringBuilder().append(text, at, close);
    at = close;
    while (true) {
      char c = next();
      if (c == '"') {
        return value.toString();
      }
      value.append(c == '\\' ? next() : c);
    }
  }

  private @Nullable Object bare() {
    StringBuilder escaped = null;
    int start = at;
    int end = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == delimiter || c == '}') {
        break;
      }
      if (c == '{' || c == '"') {
        throw malformed("an unquoted element may not hold " + (c == '{' ? "a brace" : "a quote"));
      }
      at++;
      if (c == '\\') {
        if (escaped == null) {
          escaped = new StringBuilder().append(text, start, at - 1);
        }
        escaped.append(next());
        end = escaped.length();
      } else if (escaped != null) {
        escaped.append(c);
        end = isSpace(c) ? end : escaped.length();
      } else {
        end = isSpace(c) ? end : at;
      }
    }
    String value = escaped == null ? text.substring(start, end) : escaped.substring(0, end);
    if (value.isEmpty()) {
      throw malformed("an element is missing");
    }
    return escaped == null && value.equalsIgnoreCase("NULL") ? null : element.apply(value);
  }

  /** Takes {@code [1:3][-1:0]=}; the sizes are not checked, the braces say the same. */
  private String bounds() {
    int start = at;
    while (peek() == '[') {
      at++;
      skipNumber();
      if (peek() == ':') {
        at++;
        skipNumber();
      }
      expect(']');
    }
    if (at == start) {
      return "";
    }
    skipSpaces();
    expect('=');
    String bounds = text.substring(start, at);
    skipSpaces();
    return bounds;
  }

  private void skipNumber() {
    if (peek() == '-' || peek() == '+') {
      at++;
    }
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (start == at) {
      throw malformed("expected a bound");
    }
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  /** What the server's array_isspace takes for a space. */
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** The next character, or NUL at the end: text of the server never holds one. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed("it ends too early");
    }
    return text.charAt(at++);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed("expected '" + wanted + "'");
    }
    at++;
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(
        "not the text of a PostgreSQL array: " + what + " at offset " + at);
  }
}
