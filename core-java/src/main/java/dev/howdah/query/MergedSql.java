package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Several reads of one text, with other arguments each, as one statement: the arguments come as one
 * array for each parameter, and each row of the answer begins with the number of the read that it
 * belongs to, from 1.
 *
 * <p>The text stands whole inside it, as a subquery that runs once for each set of arguments, so
 * its own ORDER BY, LIMIT, joins and CTEs mean what they mean alone. Our own names are none that a
 * text would use: a column that it misspells must not be found among ours.
 *
 * <p>The {@code OFFSET 0} around it keeps the planner from mixing it with the list of arguments: a
 * hash join would answer rows in another order than a call alone, and would not meet the errors of
 * rows that it need not look at.
 *
 * <p>A parameter has no name, a column has, and names show: as the keys of {@code row_to_json}, or
 * as what an outer query refers to. So a parameter that is a whole item of a SELECT list is
 * replaced by a column with the name that PostgreSQL gives to a nameless one, and everywhere else
 * by an expression that names nothing and that the planner folds away.
 */
final class MergedSql {
  private static final String MEMBER = "\"howdah member\"";
  private static final String NUMBER = MEMBER + ".\"howdah n\"";
  private static final String ROW = "\"howdah row\"";

  /** What stands before a whole item of a SELECT list. */
  private static final Set<String> BEFORE_ITEM = Set.of("SELECT", "DISTINCT", "ALL", ",");

  /** What stands behind one. */
  private static final Set<String> BEHIND_ITEM =
      Set.of(
          (", FROM WHERE GROUP HAVING WINDOW ) UNION INTERSECT EXCEPT ORDER LIMIT OFFSET FETCH FOR"
                  + " ;")
              .split(" ", -1));

  private final String sql;
  private final StringBuilder member = new StringBuilder();
  private final StringBuilder named = new StringBuilder();

  private MergedSql(String sql) {
    this.sql = sql;
  }

  /**
   * The statement; its parameters {@code $1, $2 …} are the arrays.
   *
   * @param sql a text that is mergeable
   */
  static String of(ParsedSql sql) {
    MergedSql merged = new MergedSql(sql.plainText());
    merged.replaceParameters(sql.parameterCount());
    return merged.around(Math.max(1, sql.parameterCount()));
  }

  private String around(int parameters) {
    StringBuilder text = new StringBuilder("SELECT ").append(NUMBER).append(", ").append(ROW);
    text.append(".* FROM ROWS FROM (");
    for (int i = 1; i <= parameters; i++) {
      text.append(i == 1 ? "" : ", ").append("pg_catalog.unnest($").append(i).append(')');
    }
    text.append(") WITH ORDINALITY AS ").append(MEMBER).append('(');
    for (int i = 1; i <= parameters; i++) {
      text.append("\"howdah p").append(i).append("\", ");
    }
    text.append("\"howdah n\")").append(named);
    // The newline ends a comment at the text's end.
    return text.append(" CROSS JOIN LATERAL (SELECT * FROM (\n")
        .append(member)
        .append("\n) AS ")
        .append(ROW)
        .append(" OFFSET 0) AS ")
        .append(ROW)
        .toString();
  }

  private void replaceParameters(int parameters) {
    List<Token> tokens = tokens();
    boolean[] isNamed = new boolean[parameters + 1];
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.SEMICOLON) { // it divides no two statements
        member.append(sql, copied, token.start()).append(' ');
        copied = token.start() + 1;
      }
      if (token.kind() != Kind.PARAMETER) {
        continue;
      }
      int number = Integer.parseInt(token.text().substring(1));
      member.append(sql, copied, token.start());
      copied = token.start() + token.text().length();
      boolean item = isItem(tokens, i);
      if (item && !isNamed[number]) {
        isNamed[number] = true;
        named.append(" CROSS JOIN LATERAL (SELECT ").append(column(number)).append(") AS ");
        named.append(name(number)).append("(\"?column?\")");
      }
      member.append(
          item
              ? name(number) + ".\"?column?\""
              : "(CASE WHEN true THEN " + column(number) + " END)");
    }
    member.append(sql, copied, sql.length());
  }

  private record Token(Kind kind, int start, String text) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word);
    }
  }

  private List<Token> tokens() {
    SqlLexer lexer = new SqlLexer(sql);
    List<Token> tokens = new ArrayList<>();
    while (lexer.next() != Kind.END) {
      tokens.add(new Token(lexer.kind(), lexer.start(), lexer.token()));
    }
    return tokens;
  }

  /** Whether a parameter, in brackets or with a COLLATE or not, is all of a SELECT list's item. */
  private static boolean isItem(List<Token> tokens, int parameter) {
    int before = parameter - 1;
    int behind = behindPostfix(tokens, parameter + 1);
    while (is(tokens, before, "(") && is(tokens, behind, ")")) {
      before--;
      behind = behindPostfix(tokens, behind + 1);
    }
    return beginsItem(tokens, before)
        && (behind == tokens.size() || BEHIND_ITEM.contains(upper(tokens.get(behind))));
  }

  private static boolean beginsItem(List<Token> tokens, int before) {
    if (before < 0 || !is(tokens, before, ")")) {
      return before >= 0 && BEFORE_ITEM.contains(upper(tokens.get(before)));
    }
    int open = before;
    int depth = 0;
    do {
      depth += tokens.get(open).kind() == Kind.CLOSE ? 1 : 0;
      depth -= tokens.get(open).kind() == Kind.OPEN ? 1 : 0;
      open--;
    } while (depth > 0 && open >= 0);
    return is(tokens, open, "ON") && is(tokens, open - 1, "DISTINCT");
  }

  /** What may stand behind a value without giving it a name: COLLATE "x", ['subscript']. */
  private static int behindPostfix(List<Token> tokens, int from) {
    int at = from;
    while (is(tokens, at, "COLLATE") || is(tokens, at, "[")) {
      if (is(tokens, at, "COLLATE")) {
        at += is(tokens, at + 2, ".") ? 4 : 2;
      } else {
        int depth = 0;
        do {
          depth += tokens.get(at).kind() == Kind.OPEN ? 1 : 0;
          depth -= tokens.get(at).kind() == Kind.CLOSE ? 1 : 0;
          at++;
        } while (depth > 0 && at < tokens.size());
      }
    }
    return Math.min(at, tokens.size());
  }

  private static boolean is(List<Token> tokens, int index, String word) {
    return index >= 0 && index < tokens.size() && tokens.get(index).is(word);
  }

  private static String upper(Token token) {
    return token.text().toUpperCase(Locale.ROOT);
  }

  private static String column(int parameter) {
    return MEMBER + ".\"howdah p" + parameter + '"';
  }

  private static String name(int parameter) {
    return "\"howdah " + parameter + '"';
  }
}
