package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement of a COPY, with {@code $n} where its values belong. COPY is the one statement with
 * conditions that takes no parameters, so its values are written into the text as literals when it
 * is sent, and into that text alone: what is shown has {@code $n}.
 *
 * @param shown the text with {@code $n}
 * @param arguments the values in that order; may hold null
 * @param names what the query calls them, empty when it does not
 * @param leavesState whether what it runs could leave something in the session, as {@link
 *     ParsedSql#leavesState} says; COPY itself leaves nothing
 */
public record CopySql(
    String shown, List<@Nullable Object> arguments, List<String> names, boolean leavesState) {
  /**
   * The text for the server.
   *
   * @param literals the values as literals, each an expression for itself
   */
  public String sent(List<String> literals) {
    if (literals.isEmpty()) {
      return shown;
    }
    StringBuilder sent = new StringBuilder(shown.length() + 16 * literals.size());
    SqlLexer lexer = new SqlLexer(shown);
    int copied = 0;
    while (lexer.next() != SqlLexer.Kind.END) {
      if (lexer.kind() == SqlLexer.Kind.PARAMETER) {
        int number = Integer.parseInt(lexer.token().substring(1));
        sent.append(shown, copied, lexer.start()).append(literals.get(number - 1));
        copied = lexer.end();
      }
    }
    return sent.append(shown, copied, shown.length()).toString();
  }

  /**
   * A query's text as it stands between brackets.
   *
   * @throws WrongArguments when it would reach out of them
   */
  static String bracketed(String query) {
    StringBuilder text = new StringBuilder("(").append(query);
    SqlLexer lexer = new SqlLexer(query);
    int open = 0;
    while (lexer.next() != SqlLexer.Kind.END) {
      switch (lexer.kind()) {
        case SEMICOLON -> text.setCharAt(lexer.start() + 1, ' ');
        case OPEN -> open++;
        case CLOSE -> open--;
        default -> {}
      }
      if (open < 0) {
        throw new WrongArguments("the query closes a bracket that it did not open", null, query);
      }
    }
    // What follows must not become part of a comment.
    return text.append(query.contains("--") ? "\n)" : ")").toString();
  }

  /** Only the text that may be shown. */
  @Override
  public String toString() {
    return shown;
  }
}
