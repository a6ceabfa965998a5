package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of SQL with arguments, for what the other values cannot say; see {@link Clauses#sql}.
 *
 * <p>The text is sent as it is: never build it from input, give input as arguments. Its parameters
 * are written {@code $1, $2 …} and count from one in each fragment.
 */
public final class SqlFragment {
  private final String text;
  private final @Nullable Object[] arguments;

  SqlFragment(String text, @Nullable Object... arguments) {
    if (text.isBlank()) {
      throw new WrongArguments("an SQL fragment is empty");
    }
    ParsedSql parsed = ParsedSql.of(text);
    String wrong = wrong(text);
    if (wrong != null) {
      throw new WrongArguments("an SQL fragment " + wrong + ": " + text);
    }
    this.text = parsed.text();
    this.arguments = parsed.bind(arguments);
  }

  /** The text, with {@code $n} parameters. */
  public String text() {
    return text;
  }

  /** The arguments in the order of {@code $1, $2 …}; unmodifiable, elements may be null. */
  public List<@Nullable Object> arguments() {
    return Collections.unmodifiableList(Arrays.asList(arguments));
  }

  /** The text with its parameters counting on from those a statement has already. */
  String shifted(int before) {
    if (before == 0 || arguments.length == 0) {
      return text;
    }
    StringBuilder shifted = new StringBuilder(text.length() + 8);
    SqlLexer lexer = new SqlLexer(text);
    int copied = 0;
    while (lexer.next() != SqlLexer.Kind.END) {
      if (lexer.kind() == SqlLexer.Kind.PARAMETER) {
        int number = Integer.parseInt(lexer.token().substring(1));
        shifted.append(text, copied, lexer.start()).append('$').append(number + before);
        copied = lexer.end();
      }
    }
    return shifted.append(text, copied, text.length()).toString();
  }

  /** What would let the text reach out of its place in a statement; null if nothing would. */
  private static @Nullable String wrong(String text) {
    SqlLexer lexer = new SqlLexer(text);
    StringBuilder expected = new StringBuilder();
    while (lexer.next() != SqlLexer.Kind.END) {
      if (lexer.kind() == SqlLexer.Kind.SEMICOLON) {
        return "may not hold a semicolon";
      }
      if (lexer.kind() == SqlLexer.Kind.OPEN) {
        expected.append(text.charAt(lexer.start()) == '(' ? ')' : ']');
      } else if (lexer.kind() == SqlLexer.Kind.CLOSE) {
        char close = text.charAt(lexer.start());
        int last = expected.length() - 1;
        if (last < 0 || expected.charAt(last) != close) {
          int place = text.codePointCount(0, lexer.start()) + 1;
          return "closes a '" + close + "' at character " + place + " that it did not open";
        }
        expected.setLength(last);
      }
    }
    if (lexer.unclosed() != null) {
      return "never closes " + lexer.unclosed();
    }
    return expected.isEmpty()
        ? null
        : "leaves a bracket open, '" + expected.charAt(expected.length() - 1) + "' is missing";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SqlFragment that
        && text.equals(that.text)
        && Arrays.deepEquals(arguments, that.arguments);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + Arrays.deepHashCode(arguments);
  }

  /** The text; never an argument. */
  @Override
  public String toString() {
    return text;
  }
}
