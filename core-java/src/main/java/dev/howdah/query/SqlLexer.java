package dev.howdah.query;

import static dev.howdah.query.SqlCharacters.isBlank;
import static dev.howdah.query.SqlCharacters.isDigit;
import static dev.howdah.query.SqlCharacters.isNamePart;
import static dev.howdah.query.SqlCharacters.isNameStart;
import static dev.howdah.query.SqlCharacters.isNewline;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL text into tokens by PostgreSQL's own rules (with {@code standard_conforming_strings}
 * on), leaving out blanks and comments. One text, one thread.
 *
 * <p>What is not closed (a string, comment or dollar quote) reaches to the end of the text; {@link
 * #unclosed} says so.
 *
 * <p>A colon before a name is the one thing PostgreSQL does not know: {@link Kind#NAMED} is our
 * parameter, and {@link ColonRule} tells it from SQL's own colons.
 */
final class SqlLexer {
  /** What a token is. */
  enum Kind {
    /** A keyword or an unquoted name. */
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    /** {@code $1}. */
    PARAMETER,
    /** {@code :name}. */
    NAMED,
    /** {@code (} or {@code [}. */
    OPEN,
    /** {@code )} or {@code ]}. */
    CLOSE,
    SEMICOLON,
    /** An operator character, a comma, a dot. */
    OTHER,
    END
  }

  private final String text;
  private final int length;
  private int at;

  private Kind kind = Kind.END;
  private int start;
  private int end;

  /** The brackets open here, outermost first: {@code (}, {@code [} or {@link ColonRule#JSON}. */
  private final StringBuilder brackets = new StringBuilder();

  private @Nullable StringBuilder plain;
  private @Nullable String unclosed;

  SqlLexer(String text) {
    this.text = text;
    this.length = text.length();
  }

  /** Goes to the next token; {@link Kind#END} for ever when there is none. */
  Kind next() {
    skipBlanksAndComments();
    int tokenStart = at;
    // kind, start and end still say what stood before: colon() and open() look at it
    Kind found = at == length ? Kind.END : token(text.charAt(at));
    kind = found;
    start = tokenStart;
    end = at;
    return found;
  }

  Kind kind() {
    return kind;
  }

  /** Where the token starts in the text. */
  int start() {
    return start;
  }

  /** Where the token ends in the text, exclusive. */
  int end() {
    return end;
  }

  /** The token as written. */
  String token() {
    return text.substring(start, end);
  }

  /** The token in upper case, for comparing keywords. */
  String keyword() {
    return token().toUpperCase(Locale.ROOT);
  }

  /** Whether the token is this one character. */
  boolean is(char c) {
    return end == start + 1 && text.charAt(start) == c;
  }

  /** How many brackets are open after this token; never negative. */
  int depth() {
    return brackets.length();
  }

  /**
   * The text as long as it was, with what other parsers stumble over written differently: {@code
   * \'} in {@code E} strings as {@code ''}, and a bare carriage return behind a comment as a
   * newline.
   */
  String plainText() {
    return plain == null ? text : plain.toString();
  }

  /** Writes one character of the plain text differently. */
  void respell(int index, char c) {
    if (plain == null) {
      plain = new StringBuilder(text);
    }
    plain.setCharAt(index, c);
  }

  /** What is open at the end of the text and where it starts, or null. */
  @Nullable String unclosed() {
    return unclosed;
  }

  private void notClosed(String what, int from) {
    unclosed = what + " that starts at character " + (text.codePointCount(0, from) + 1);
  }

  private Kind token(char c) {
    if (isNameStart(c)) {
      return word();
    }
    if (isDigit(c)) {
      at = NumberLiteral.end(text, at);
      return Kind.NUMBER;
    }
    return switch (c) {
      case '\'' -> {
        string(false);
        yield Kind.STRING;
      }
      case '"' -> {
        quotedName();
        yield Kind.QUOTED_NAME;
      }
      case '$' -> dollar();
      case ':' -> colon();
      case '(', '[' -> open(c);
      case ')', ']' -> close();
      case ';' -> one(Kind.SEMICOLON);
      default -> one(Kind.OTHER);
    };
  }

  private Kind one(Kind character) {
    at++;
    return character;
  }

  private Kind close() {
    if (!brackets.isEmpty()) {
      brackets.setLength(brackets.length() - 1);
    }
    return one(Kind.CLOSE);
  }

  private void skipBlanksAndComments() {
    while (at < length) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        skipLine();
      } else if (text.startsWith("/*", at)) {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (at < length && !isNewline(text.charAt(at))) {
      at++;
    }
    if (at < length && text.charAt(at) == '\r' && !text.startsWith("\n", at + 1)) {
      respell(at, '\n');
    }
  }

  private void skipBlockComment() {
    int first = at;
    int open = 0;
    do {
      if (text.startsWith("/*", at)) {
        open++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        open--;
        at += 2;
      } else {
        at++;
      }
    } while (open > 0 && at < length);
    if (open > 0) {
      notClosed("a comment", first);
    }
  }

  private Kind word() {
    int first = at;
    while (at < length && isNamePart(text.charAt(at))) {
      at++;
    }
    if (at - first != 1 || at == length) {
      return Kind.WORD;
    }
    char prefix = Character.toLowerCase(text.charAt(first));
    char next = text.charAt(at);
    if (next == '\'' && (prefix == 'e' || prefix == 'b' || prefix == 'x' || prefix == 'n')) {
      string(prefix == 'e');
      return Kind.STRING;
    }
    if (prefix == 'u' && text.startsWith("&'", at)) {
      at++;
      string(false);
      return Kind.STRING;
    }
    if (prefix == 'u' && text.startsWith("&\"", at)) {
      at++;
      quotedName();
      return Kind.QUOTED_NAME;
    }
    return Kind.WORD;
  }

  private void string(boolean backslashEscapes) {
    boolean closed;
    int first;
    do {
      first = at;
      closed = false;
      at++; // the opening quote
      while (at < length && !closed) {
        char c = text.charAt(at++);
        if (c == '\\' && backslashEscapes && at < length) {
          if (text.charAt(at) == '\'') {
            respell(at - 1, '\'');
          }
          at++;
        } else if (c == '\'') {
          closed = at == length || text.charAt(at) != '\'';
          at += closed ? 0 : 1;
        }
      }
    } while (closed && goToContinuation());
    if (!closed) {
      notClosed("a string", first);
    }
  }

  /**
   * SQL joins literals that have a line break between them, and the second half of an {@code E}
   * string keeps its backslashes: {@code E'a'\n'\''} is one token.
   */
  private boolean goToContinuation() {
    int closed = at;
    boolean newline = false;
    while (at < length) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        newline |= isNewline(c);
        at++;
      } else if (text.startsWith("--", at)) {
        skipLine();
      } else {
        break;
      }
    }
    if (newline && at < length && text.charAt(at) == '\'') {
      return true;
    }
    at = closed;
    return false;
  }

  private void quotedName() {
    int first = at++;
    while (at < length) {
      if (text.charAt(at++) == '"') {
        if (at == length || text.charAt(at) != '"') {
          return;
        }
        at++;
      }
    }
    notClosed("a quoted name", first);
  }

  private Kind dollar() {
    int next = at + 1;
    if (next < length && isDigit(text.charAt(next))) {
      at = next;
      while (at < length && isDigit(text.charAt(at))) {
        at++;
      }
      return Kind.PARAMETER;
    }
    if (next < length && isNameStart(text.charAt(next))) {
      while (next < length && text.charAt(next) != '$' && isNamePart(text.charAt(next))) {
        next++;
      }
    }
    if (next < length && text.charAt(next) == '$') {
      String tag = text.substring(at, next + 1);
      int close = text.indexOf(tag, next + 1);
      if (close < 0) {
        notClosed("a " + tag + " quote", at);
      }
      at = close < 0 ? length : close + tag.length();
      return Kind.STRING;
    }
    at++;
    return Kind.OTHER;
  }

  private Kind open(char c) {
    boolean json =
        c == '('
            && kind == Kind.WORD
            && (keyword().equals("JSON_OBJECT") || keyword().equals("JSON_OBJECTAGG"));
    brackets.append(json ? ColonRule.JSON : c);
    at++;
    return Kind.OPEN;
  }

  private Kind colon() {
    char next = at + 1 < length ? text.charAt(at + 1) : ' ';
    if (next == ':' || next == '=') {
      at += 2;
      return Kind.OTHER;
    }
    char bracket = brackets.isEmpty() ? ' ' : brackets.charAt(brackets.length() - 1);
    if (!isNameStart(next)
        || (at > 0 && text.charAt(at - 1) == ':')
        || ColonRule.separates(kind, kind == Kind.WORD ? keyword() : "", end == at, bracket)) {
      at++;
      return Kind.OTHER;
    }
    int nameStart = ++at;
    while (at < length && isNamePart(text.charAt(at))) {
      at++;
    }
    for (int i = nameStart; i < at; i++) {
      if (text.charAt(i) == '$' || text.charAt(i) >= 0x80) {
        throw new WrongArguments(
            "the parameter name :"
                + text.substring(nameStart, at)
                + " may hold only the letters a to z, digits and underscores",
            null,
            text);
      }
    }
    return Kind.NAMED;
  }
}
