package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.Set;

/**
 * Tells a parameter {@code :name} from SQL's own colon, which stands between two operands in {@code
 * a[1:n]} and {@code JSON_OBJECT(k : v)}.
 *
 * <p>A colon before a name starts no parameter
 *
 * <ol>
 *   <li>after another colon;
 *   <li>when it touches the end of an operand: {@code a[1:n]}, {@code a[lo:hi]}, {@code 'k':v};
 *       this holds everywhere, as {@code a:n} would become the name {@code a$1};
 *   <li>anywhere after an operand inside {@code [ ]} and {@code JSON_OBJECT( )}: {@code a[1 :n]}.
 * </ol>
 *
 * <p>So {@code a[:n]} and {@code ARRAY[:a, :b]} hold parameters, and a slice with parameters is
 * written {@code a[:low : :high]}. A wrong guess is loud: the names or the count do not fit.
 */
final class ColonRule {
  /** Stands for the parenthesis of JSON_OBJECT among open brackets. */
  static final char JSON = 'j';

  /** Keywords that may stand before an expression: no operands. */
  private static final Set<String> BEFORE_EXPRESSION =
      Set.of(
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "AND",
          "OR",
          "NOT",
          "LIKE",
          "ILIKE",
          "TO",
          "ESCAPE",
          "BETWEEN",
          "SYMMETRIC",
          "ASYMMETRIC",
          "FROM",
          "ZONE",
          "IN",
          "DISTINCT");

  private static final Set<String> BEFORE_JSON_EXPRESSION = Set.of("KEY", "VALUE");

  private ColonRule() {}

  /**
   * Whether the colon before a name is SQL's own.
   *
   * @param before what stands before it
   * @param keyword that in upper case, if it is a word
   * @param touches whether nothing, not even a blank, is between
   * @param bracket the innermost open bracket, or a blank
   */
  static boolean separates(Kind before, String keyword, boolean touches, char bracket) {
    boolean colonIsSql = bracket == '[' || bracket == JSON;
    return switch (before) {
      case WORD -> touches || (colonIsSql && !beforeExpression(keyword, bracket));
      case QUOTED_NAME, STRING, NUMBER, PARAMETER, NAMED, CLOSE -> touches || colonIsSql;
      default -> false;
    };
  }

  private static boolean beforeExpression(String keyword, char bracket) {
    return BEFORE_EXPRESSION.contains(keyword)
        || (bracket == JSON && BEFORE_JSON_EXPRESSION.contains(keyword));
  }
}
