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
    if (holdsSemicolon(text)) {
      throw new WrongArguments("an SQL fragment may not hold a semicolon: " + text);
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

  private static boolean holdsSemicolon(String text) {
    SqlLexer lexer = new SqlLexer(text);
    while (lexer.next() != SqlLexer.Kind.END) {
      if (lexer.kind() == SqlLexer.Kind.SEMICOLON) {
        return true;
      }
    }
    return false;
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
