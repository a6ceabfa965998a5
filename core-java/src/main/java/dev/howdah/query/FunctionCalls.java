package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the calls of functions a user may have written: a name before {@code (} that is neither a
 * keyword, nor a table or alias with its columns, nor one of the {@link KnownFunctions}. In doubt
 * it is a call. One text, one thread.
 */
final class FunctionCalls {
  /** Words that cannot name a function unless they are quoted. */
  private static final Set<String> KEYWORDS =
      Set.of(
          ("ALL ANALYSE ANALYZE AND ANY ARRAY AS ASYMMETRIC BETWEEN BOTH CASE CHECK CONSTRAINT"
                  + " DEFAULT DISTINCT DO ELSE END EXCEPT EXISTS FETCH FOR FOREIGN FROM GROUP HAVING"
                  + " ILIKE IN INTERSECT INTO IS ISNULL JOIN LATERAL LEADING LIKE LIMIT NOT NOTNULL"
                  + " OFFSET ON ONLY OR ORDER PRIMARY REFERENCES RETURNING ROW SELECT SET SIMILAR SOME"
                  + " SYMMETRIC TABLE THEN TO TRAILING UNION UNIQUE USING VALUES VARIADIC VERBOSE WHEN"
                  + " WHERE WINDOW WITH")
              .split(" ", -1));

  /** Words that are keywords behind another one only, or behind a bracket or string. */
  private static final Set<String> PHRASES =
      Set.of(
          "GROUP BY",
          "ORDER BY",
          "PARTITION BY",
          "GROUPING SETS",
          "PRIMARY KEY",
          "FOREIGN KEY",
          "BY RANGE",
          "BY LIST",
          "BY HASH",
          "ON CONFLICT",
          "NOT MATERIALIZED",
          "THEN INSERT",
          "FETCH FIRST",
          "FETCH NEXT",
          "TABLESAMPLE SYSTEM",
          "TABLESAMPLE BERNOULLI",
          "TIME ZONE",
          "BIT VARYING",
          "CHAR VARYING",
          "CHARACTER VARYING",
          ") OVER",
          ") FILTER",
          "' COLUMNS");

  /** What stands before the name of a table, alias or type: its bracket holds columns. */
  private static final Set<String> BEFORE_COLUMNS =
      Set.of("INTO", "TABLE", "REFERENCES", "INDEX", "VIEW", "AS", "EXISTS", "ONLY", "COPY", "::");

  /** Before a main statement: the list of WITH is over. */
  private static final Set<String> ENDS_WITH_LIST =
      Set.of("SELECT", "VALUES", "TABLE", "INSERT", "UPDATE", "DELETE", "MERGE");

  /** What CREATE makes by evaluating expressions; the rest is text kept for later. */
  private static final Set<String> EXECUTING =
      Set.of("TABLE", "UNLOGGED", "INDEX", "UNIQUE", "MATERIALIZED", "SCHEMA", "FOREIGN", "GLOBAL");

  private static final String CLOSE = ")";

  private String first = "";
  private String second = "";
  private boolean indexes;
  private boolean distinctOn;
  private final BitSet withLists = new BitSet();

  // the name read last, if it was the token before
  private String name = "";
  private boolean quoted;
  private String qualifier = "";
  private String beforeName = "";
  private int depth;

  // the token before
  private String last = "";
  private boolean afterDot;

  /** Begins a statement. */
  void begin() {
    first = "";
    second = "";
    indexes = false;
    distinctOn = false;
    withLists.clear();
    name = "";
    last = "";
    afterDot = false;
  }

  /**
   * Takes the next token of the statement.
   *
   * @param spelled the name as the server knows it, or an empty text for other tokens
   * @return whether it opens the arguments of a function that is not known to be harmless
   */
  boolean take(SqlLexer token, String spelled) {
    Kind kind = token.kind();
    boolean call = false;
    if (kind == Kind.WORD || kind == Kind.QUOTED_NAME) {
      takeName(token, spelled, kind == Kind.QUOTED_NAME);
    } else {
      if (kind == Kind.OPEN && token.is('(')) {
        call = !name.isEmpty() && isCall();
        if (last.equals(CLOSE)) {
          withLists.clear(token.depth() - 1); // the main statement in brackets
        }
      } else if (kind == Kind.CLOSE) {
        withLists.clear(token.depth() + 1, Integer.MAX_VALUE);
      }
      afterDot = kind == Kind.OTHER && token.is('.');
      if (!afterDot) {
        name = "";
        last = sign(token);
      }
    }
    return call;
  }

  private void takeName(SqlLexer token, String spelled, boolean inQuotes) {
    if (afterDot) {
      qualifier = name.isEmpty() ? SideEffects.UNREADABLE : name;
    } else {
      qualifier = "";
      beforeName = last;
    }
    name = spelled;
    quoted = inQuotes;
    depth = token.depth();
    String word = inQuotes || afterDot ? "\"" : spelled.toUpperCase(Locale.ROOT);
    afterDot = false;
    if (first.isEmpty()) {
      first = word;
    } else if (second.isEmpty()) {
      second = word;
    }
    indexes |= first.equals("CREATE") && word.equals("INDEX");
    distinctOn |= word.equals("ON") && last.equals("DISTINCT");
    if (word.equals("WITH") && beginsQuery()) {
      withLists.set(depth);
    } else if (ENDS_WITH_LIST.contains(word)) {
      withLists.clear(depth);
    }
    last = word;
  }

  private boolean beginsQuery() {
    return last.isEmpty() || last.equals("(") || (last.equals("AS") && first.equals("CREATE"));
  }

  private boolean isCall() {
    if (definesOnly() || isColumnList() || beforeName.isEmpty()) {
      return false;
    }
    if (!qualifier.isEmpty()) {
      return !qualifier.equals("pg_catalog");
    }
    String word = name.toUpperCase(Locale.ROOT);
    boolean keyword = KEYWORDS.contains(word) || PHRASES.contains(beforeName + " " + word);
    return (quoted || !keyword) && !KnownFunctions.contains(name);
  }

  /** Whether the bracket behind the name holds the columns of a table, index or alias. */
  private boolean isColumnList() {
    return BEFORE_COLUMNS.contains(beforeName)
        // FROM (…) u(a); only behind DISTINCT ON (…) does an expression follow a bracket
        || (beforeName.equals(CLOSE) && !distinctOn)
        || (indexes && (beforeName.equals("ON") || beforeName.equals("USING")))
        || (withLists.get(depth)
            && (beforeName.equals("WITH")
                || beforeName.equals("RECURSIVE")
                || beforeName.equals(",")));
  }

  /** Whether the statement names functions without calling them. */
  private boolean definesOnly() {
    return switch (first) {
      case "DROP", "COMMENT", "GRANT", "REVOKE", "SECURITY", "IMPORT", "TRUNCATE", "LOCK" -> true;
      case "VACUUM", "ANALYZE", "ANALYSE", "REINDEX", "CLUSTER" -> true;
      case "ALTER" -> isRoutine(second);
      case "CREATE" -> !EXECUTING.contains(second);
      default -> false;
    };
  }

  private static boolean isRoutine(String word) {
    return switch (word) {
      case "FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE", "OPERATOR", "EXTENSION" -> true;
      default -> false;
    };
  }

  private static String sign(SqlLexer token) {
    return switch (token.kind()) {
      case CLOSE -> CLOSE;
      case STRING -> "'";
      case NUMBER, PARAMETER, NAMED -> "1";
      default -> token.token();
    };
  }
}
