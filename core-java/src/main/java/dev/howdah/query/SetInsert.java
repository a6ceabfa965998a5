package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code INSERT … VALUES} with the arguments of many runs at once: the same statement, which
 * selects its values from arrays.
 *
 * <p>Only for texts of which the tokens show that each row's values depend on nothing but its
 * arguments: no subqueries, no functions but those known here, no RETURNING, no DEFAULT among the
 * values (which only VALUES takes). Whether the table lets rows come at once, its triggers and
 * defaults, is for the catalog to say. Immutable.
 */
public final class SetInsert {
  private static final String ROW = "\"howdah set\"";

  /** Words that VALUES and what follows it may not hold: in a SELECT they mean something else. */
  private static final Set<String> REFUSED =
      Set.of(
          ("SELECT DEFAULT RETURNING WITH TABLE VALUES FROM OVER FILTER WITHIN DISTINCT VARIADIC"
                  + " CURRENT OF UNION INTERSECT EXCEPT")
              .split(" ", -1));

  /** What may stand before a bracket and is no function. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "AND OR NOT IN CONFLICT SET WHERE CASE WHEN THEN ELSE ROW ANY SOME ALL".split(" ", -1));

  /**
   * Functions and types of PostgreSQL that make one value of one row and look at no table; a clock
   * or chance are asked for each row either way. Not a sequence: a default may draw from the same
   * one, and which of the two is first depends on where the row comes from.
   */
  private static final Set<String> FUNCTIONS =
      Set.of(
          ("coalesce nullif greatest least cast extract position overlay substring trim"
                  + " length char_length character_length octet_length lower upper initcap concat"
                  + " concat_ws left right lpad rpad ltrim rtrim btrim repeat replace reverse"
                  + " split_part strpos substr translate ascii chr encode decode convert_from"
                  + " convert_to md5 sha224 sha256 sha384 sha512 to_hex regexp_replace abs ceil"
                  + " ceiling floor mod power round sign sqrt trunc random now clock_timestamp"
                  + " transaction_timestamp date_trunc date_part make_date"
                  + " make_interval make_time make_timestamp make_timestamptz to_char to_date"
                  + " to_number to_timestamp timezone to_json to_jsonb json_build_array"
                  + " jsonb_build_array json_build_object jsonb_build_object jsonb_set"
                  + " gen_random_uuid uuidv4 uuidv7 to_tsvector int4range int8range numrange tsrange"
                  + " tstzrange daterange bit bpchar char character dec decimal float interval"
                  + " nchar numeric time timestamp timestamptz timetz varbit varchar"
                  + " current_timestamp current_time localtime localtimestamp")
              .split(" ", -1));

  private final String table;
  private final String text;

  private SetInsert(String table, String text) {
    this.table = table;
    this.text = text;
  }

  /**
   * The statement for many runs of a text.
   *
   * @return null when the text is not known to have the same outcome as a set
   */
  public static @Nullable SetInsert of(ParsedSql sql) {
    if (sql.statementCount() != 1
        || sql.parameterCount() == 0
        || sql.unclosed() != null
        || sql.leavesState()
        || !sql.firstKeyword().equals("INSERT")) {
      return null;
    }
    return new Reader(sql.plainText(), sql.parameterCount()).read();
  }

  /** The table as the text names it, for {@code to_regclass}. */
  public String table() {
    return table;
  }

  /** The statement; its {@code $1, $2 …} are arrays, with an element for each run. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }

  private record Token(Kind kind, int start, int end, int depth, String text) {
    boolean is(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    String upper() {
      return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
    }

    boolean isName() {
      return kind == Kind.WORD || (kind == Kind.QUOTED_NAME && text.startsWith("\""));
    }

    boolean isSign(char sign) {
      return text.length() == 1 && text.charAt(0) == sign;
    }
  }

  /** Reads one text. */
  private static final class Reader {
    private static final Token END = new Token(Kind.END, 0, 0, 0, "");

    private final String sql;
    private final int parameters;
    private final List<Token> tokens = new ArrayList<>();

    Reader(String sql, int parameters) {
      this.sql = sql;
      this.parameters = parameters;
      SqlLexer lexer = new SqlLexer(sql);
      while (lexer.next() != Kind.END) {
        tokens.add(
            new Token(lexer.kind(), lexer.start(), lexer.end(), lexer.depth(), lexer.token()));
      }
    }

    private Token at(int index) {
      return index < tokens.size() ? tokens.get(index) : END;
    }

    @Nullable SetInsert read() {
      int name = 2;
      while (at(name).isName() && at(name + 1).isSign('.')) {
        name += 2;
      }
      if (!at(0).is("INSERT") || !at(1).is("INTO") || !at(name).isName()) {
        return null;
      }
      int values = values(name + 1);
      int close = values < 0 ? -1 : close(values + 1);
      if (close < 0 || !isPlain(values + 2, close) || !endsPlainly(close + 1)) {
        return null;
      }
      return new SetInsert(sql.substring(at(2).start(), at(name).end()), rewritten(values, close));
    }

    /** Where VALUES stands, behind the columns and whatever else may stand before it; or -1. */
    private int values(int from) {
      for (int i = from; i < tokens.size(); i++) {
        Token token = at(i);
        if (token.depth() == 0 && token.is("VALUES")) {
          return i;
        }
        if (token.kind() == Kind.PARAMETER || REFUSED.contains(token.upper())) {
          return -1;
        }
      }
      return -1;
    }

    /** Where the bracket that opens here closes. */
    private int close(int open) {
      if (!at(open).isSign('(')) {
        return -1;
      }
      for (int i = open + 1; i < tokens.size(); i++) {
        if (at(i).kind() == Kind.CLOSE && at(i).depth() == 0) {
          return i;
        }
      }
      return -1;
    }

    /** Whether there is only one row of values, and what follows it takes no arguments. */
    private boolean endsPlainly(int from) {
      int end = tokens.size();
      if (end > from && at(end - 1).kind() == Kind.SEMICOLON) {
        end--;
      }
      boolean conflict = at(from).is("ON") && at(from + 1).is("CONFLICT");
      return (from == end || conflict)
          && isPlain(from, end)
          && tokens.subList(from, end).stream().noneMatch(t -> t.kind() == Kind.PARAMETER);
    }

    private boolean isPlain(int from, int to) {
      for (int i = from; i < to; i++) {
        Token token = at(i);
        boolean call = i > 0 && token.isSign('(') && isCall(at(i - 1), at(i - 2));
        if (call || REFUSED.contains(token.upper()) || token.kind() == Kind.SEMICOLON) {
          return false;
        }
      }
      return true;
    }

    private static boolean isCall(Token name, Token before) {
      if (name.kind() == Kind.QUOTED_NAME) {
        return true;
      }
      return name.kind() == Kind.WORD
          && (before.isSign('.')
              || !(KEYWORDS.contains(name.upper())
                  || FUNCTIONS.contains(name.text().toLowerCase(Locale.ROOT))));
    }

    private String rewritten(int values, int close) {
      StringBuilder text = new StringBuilder(sql.length() + 64 * parameters);
      text.append(sql, 0, at(values).start()).append("SELECT ");
      int copied = at(values + 1).end();
      for (int i = values + 2; i < close; i++) {
        if (at(i).kind() == Kind.PARAMETER) {
          text.append(sql, copied, at(i).start());
          text.append(ROW).append('.').append(column(Integer.parseInt(at(i).text().substring(1))));
          copied = at(i).end();
        }
      }
      text.append(sql, copied, at(close).start()).append("\n FROM ROWS FROM (");
      for (int i = 1; i <= parameters; i++) {
        text.append(i == 1 ? "" : ", ").append("pg_catalog.unnest($").append(i).append(')');
      }
      text.append(") AS ").append(ROW).append('(');
      for (int i = 1; i <= parameters; i++) {
        text.append(i == 1 ? "" : ", ").append(column(i));
      }
      text.append(')');
      return text.append(sql, at(close).end(), sql.length()).toString();
    }

    private static String column(int parameter) {
      return "\"howdah p" + parameter + '"';
    }
  }
}
