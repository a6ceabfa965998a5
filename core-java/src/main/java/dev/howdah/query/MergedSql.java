package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
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
      Set.of(",", "FROM", "WHERE", ")", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "");

  private final String sql;
  private final StringBuilder member = new StringBuilder();
  private final StringBuilder named = new StringBuilder();

  private MergedSql(String sql) {
    this.sql = sql;
  }

  /**
   * The statement; its parameters {@code $1, $2 …} are the arrays.
   *
   * @param sql a text that is mergeable and has parameters
   */
  static String of(ParsedSql sql) {
    MergedSql merged = new MergedSql(sql.plainText());
    merged.replaceParameters(sql.parameterCount());
    return merged.around(sql.parameterCount());
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
    return text.append(" CROSS JOIN LATERAL (\n")
        .append(member)
        .append("\n) AS ")
        .append(ROW)
        .toString();
  }

  private void replaceParameters(int parameters) {
    boolean[] isNamed = new boolean[parameters + 1];
    SqlLexer lexer = new SqlLexer(sql);
    String before = "";
    int copied = 0;
    Kind kind = lexer.next();
    while (kind != Kind.END) {
      if (kind != Kind.PARAMETER) {
        before = word(lexer);
        kind = lexer.next();
        continue;
      }
      int number = Integer.parseInt(sql.substring(lexer.start() + 1, lexer.end()));
      member.append(sql, copied, lexer.start());
      copied = lexer.end();
      kind = lexer.next();
      boolean item = BEFORE_ITEM.contains(before) && BEHIND_ITEM.contains(word(lexer));
      if (item && !isNamed[number]) {
        isNamed[number] = true;
        named.append(" CROSS JOIN LATERAL (SELECT ").append(column(number)).append(") AS ");
        named.append(name(number)).append("(\"?column?\")");
      }
      member.append(
          item
              ? name(number) + ".\"?column?\""
              : "(CASE WHEN true THEN " + column(number) + " END)");
      before = "$";
    }
    member.append(sql, copied, sql.length());
  }

  private String word(SqlLexer lexer) {
    return sql.substring(lexer.start(), lexer.end()).toUpperCase(Locale.ROOT);
  }

  private static String column(int parameter) {
    return MEMBER + ".\"howdah p" + parameter + '"';
  }

  private static String name(int parameter) {
    return "\"howdah " + parameter + '"';
  }
}
