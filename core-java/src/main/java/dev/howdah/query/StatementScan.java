package dev.howdah.query;

import dev.howdah.query.SqlLexer.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements of a text and says what kind they are, from their tokens alone. Where the
 * tokens leave a doubt it answers the way that is safe: not a read, leaves state. One text, one
 * thread.
 */
final class StatementScan {
  private static final Set<String> TRANSACTION_CONTROL =
      Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

  private static final Set<String> READS = Set.of("SELECT", "VALUES", "TABLE", "WITH", "SHOW");

  /**
   * Commands that leave the session as it was; every other one, known or not, is under suspicion.
   */
  private static final Set<String> STATELESS =
      Set.of(
          "SELECT",
          "VALUES",
          "TABLE",
          "WITH",
          "SHOW",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "CREATE",
          "ALTER",
          "DROP",
          "TRUNCATE",
          "COMMENT",
          "GRANT",
          "REVOKE",
          "ANALYZE",
          "ANALYSE",
          "VACUUM",
          "REINDEX",
          "CLUSTER",
          "REFRESH",
          "COPY",
          "EXPLAIN",
          "LOCK",
          "FETCH",
          "MOVE",
          "CLOSE",
          "NOTIFY",
          "CHECKPOINT",
          "SECURITY",
          "IMPORT",
          "REASSIGN");

  /** Words that make a SELECT more than a read: data-modifying WITH, SELECT INTO, FOR UPDATE. */
  private static final Set<String> WRITING_WORDS =
      Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO");

  /**
   * A sample is another one each time; grouping sets make NULL of what they group by, and find it
   * by comparing expressions, which are others when merged.
   */
  private static final Set<String> UNREPEATABLE =
      Set.of("TABLESAMPLE", "GROUPING", "ROLLUP", "CUBE");

  /** What DECLARE … CURSOR FOR takes. */
  private static final Set<String> DECLARABLE = Set.of("SELECT", "VALUES", "TABLE", "WITH");

  private static final Set<String> LOCK_STRENGTHS = Set.of("UPDATE", "SHARE", "KEY", "NO");

  /** What stands before UPDATE when it is a lock: FOR UPDATE, FOR NO KEY UPDATE. */
  private static final Set<String> LOCKING = Set.of("FOR", "KEY");

  /** What EXPLAIN ANALYZE might run that changes the session. */
  private static final Set<String> EXPLAINED_STATE = Set.of("CREATE", "EXECUTE", "DECLARE");

  /** Longest beginning that matters: CREATE OR REPLACE LOCAL TEMPORARY VIEW. */
  private static final int HEAD = 5;

  private int statements;
  private String firstKeyword = "";
  private boolean allRead = true;
  private boolean leavesState;
  private boolean controlsTransaction;
  private boolean declarable;
  private boolean repeatable = true;
  private boolean changesStatements;

  private final List<Integer> idleSemicolons = new ArrayList<>();
  private int lastSemicolon = -1;

  // of the statement at hand
  private boolean begun;
  private boolean headOpen;
  private final List<String> head = new ArrayList<>(HEAD);
  private boolean writes;
  private boolean changesRows;
  private boolean suspicious;
  private int atomicDepth;

  // of the token before
  private String previousWord = "";
  private String previousName = "";
  private boolean afterDot;

  private final FunctionCalls calls = new FunctionCalls();
  private @Nullable String clientCopy;

  /** Takes the token the lexer stands on; {@link Kind#END} ends the last statement. */
  void take(SqlLexer token) {
    Kind kind = token.kind();
    boolean top = token.depth() == 0 && atomicDepth == 0;
    if (kind == Kind.END || (kind == Kind.SEMICOLON && top)) {
      semicolon(kind == Kind.END ? -1 : token.start());
      endStatement();
      return;
    }
    if (!begun) {
      beginStatement();
    }
    String word = kind == Kind.WORD ? token.keyword() : "";
    if (kind == Kind.WORD) {
      if (headOpen) {
        head.add(word);
        headOpen = head.size() < HEAD;
      }
      if (!afterDot) {
        keyword(word);
      }
      checkTemporarySchema(token.token());
    } else {
      headOpen &= kind == Kind.OPEN && head.isEmpty();
      if (kind == Kind.OPEN && token.is('(')) {
        call(previousName);
      }
    }
    previousName = name(token);
    suspicious |= calls.take(token, previousName);
    checkClientCopy(token, word);
    previousWord = afterDot ? "" : word;
    afterDot = kind == Kind.OTHER && token.is('.');
  }

  /**
   * Whether the statement at hand keeps {@code $n} for itself: the body of a function, or the
   * statement given to PREPARE. Nothing can be bound to those.
   */
  boolean ownsParameters() {
    return isRoutine() || (at(0, "PREPARE") && !at(1, "TRANSACTION"));
  }

  int statements() {
    return statements;
  }

  String firstKeyword() {
    return firstKeyword;
  }

  boolean isRead() {
    return statements == 1 && allRead;
  }

  boolean leavesState() {
    return leavesState;
  }

  boolean controlsTransaction() {
    return controlsTransaction;
  }

  /** DEALLOCATE and DISCARD: prepared statements may go behind the driver's back. */
  boolean changesStatements() {
    return changesStatements;
  }

  /** A read that gives the same answer however often the same moment is asked. */
  boolean isRepeatable() {
    return isRead() && declarable && repeatable;
  }

  /** One SELECT, VALUES, TABLE or WITH that changes no rows by its own words. */
  boolean isDeclarable() {
    return declarable;
  }

  /** The first COPY whose data would flow through this program, in words; null without one. */
  @Nullable String clientCopy() {
    return clientCopy;
  }

  /** Where the semicolons stand that divide no two statements; to be asked at the end. */
  List<Integer> idleSemicolons() {
    return idleSemicolons;
  }

  private void semicolon(int index) {
    boolean endOfText = index < 0;
    if (endOfText && lastSemicolon >= 0 && !begun) {
      idleSemicolons.add(lastSemicolon);
    } else if (!endOfText && begun) {
      lastSemicolon = index;
    } else if (!endOfText) {
      idleSemicolons.add(index);
    }
  }

  private void beginStatement() {
    begun = true;
    headOpen = true;
    head.clear();
    writes = false;
    changesRows = false;
    suspicious = false;
    previousWord = "";
    previousName = "";
    afterDot = false;
    calls.begin();
  }

  private void endStatement() {
    if (!begun) {
      return;
    }
    begun = false;
    atomicDepth = 0;
    String first = head.isEmpty() ? "" : head.get(0);
    if (++statements == 1) {
      firstKeyword = first;
    }
    boolean controls =
        TRANSACTION_CONTROL.contains(first) || (at(0, "PREPARE") && at(1, "TRANSACTION"));
    controlsTransaction |= controls;
    changesStatements |=
        first.equals("DEALLOCATE")
            || first.equals("DISCARD")
            || (first.equals("PREPARE") && !controls);
    leavesState |= suspicious || !STATELESS.contains(first) || createsTemporary();
    declarable = statements == 1 && DECLARABLE.contains(first) && !changesRows;
    allRead &= READS.contains(first) && !writes && !suspicious;
  }

  private void keyword(String word) {
    if (atomicDepth > 0) {
      // a label may be any keyword: SELECT 1 AS end
      if (word.equals("CASE") && !previousWord.equals("AS")) {
        atomicDepth++;
      } else if (word.equals("END") && !previousWord.equals("AS")) {
        atomicDepth--;
      }
    } else if (word.equals("ATOMIC") && previousWord.equals("BEGIN") && isRoutine()) {
      atomicDepth = 1;
    }
    repeatable &= !UNREPEATABLE.contains(word);
    changesRows |= WRITING_WORDS.contains(word) && !LOCKING.contains(previousWord);
    if (WRITING_WORDS.contains(word)
        || (previousWord.equals("FOR") && LOCK_STRENGTHS.contains(word))) {
      writes = true;
    }
    if (isTemporary(word) && isInto(previousWord)) {
      suspicious = true;
    }
    if (at(0, "EXPLAIN") && EXPLAINED_STATE.contains(word)) {
      suspicious = true;
    }
  }

  /** INTO TEMP t, INTO LOCAL TEMP t. */
  private static boolean isInto(String word) {
    return word.equals("INTO") || word.equals("LOCAL") || word.equals("GLOBAL");
  }

  private static boolean isTemporary(String word) {
    return word.equals("TEMP") || word.equals("TEMPORARY");
  }

  private boolean createsTemporary() {
    int kind = at(created(), "LOCAL") || at(created(), "GLOBAL") ? created() + 1 : created();
    return at(0, "CREATE") && (at(kind, "TEMP") || at(kind, "TEMPORARY"));
  }

  private boolean isRoutine() {
    return at(0, "CREATE") && (at(created(), "FUNCTION") || at(created(), "PROCEDURE"));
  }

  /** Where in the head the word after CREATE [OR REPLACE] is. */
  private int created() {
    return at(1, "OR") && at(2, "REPLACE") ? 3 : 1;
  }

  private boolean at(int index, String word) {
    return index < head.size() && head.get(index).equals(word);
  }

  private void checkTemporarySchema(String name) {
    suspicious |= name.equalsIgnoreCase("pg_temp");
  }

  /** COPY … FROM STDIN and COPY … TO STDOUT; the server takes either name for either. */
  private void checkClientCopy(SqlLexer token, String word) {
    if (clientCopy == null
        && at(0, "COPY")
        && token.depth() == 0
        && (word.equals("STDIN") || word.equals("STDOUT"))) {
      if (previousWord.equals("FROM")) {
        clientCopy = "COPY FROM STDIN";
      } else if (previousWord.equals("TO")) {
        clientCopy = "COPY TO STDOUT";
      }
    }
  }

  private void call(String function) {
    repeatable &= !VaryingFunctions.contains(function);
    suspicious |= SideEffects.leavesState(function);
    writes |= SideEffects.writes(function);
  }

  private String name(SqlLexer token) {
    if (token.kind() == Kind.WORD) {
      return token.token().toLowerCase(Locale.ROOT);
    }
    if (token.kind() == Kind.QUOTED_NAME) {
      String quoted = token.token();
      if (quoted.charAt(0) != '"') {
        repeatable = false; // nobody can look for what it names
        return SideEffects.UNREADABLE; // U&"…" may spell any name
      }
      int end =
          quoted.length() > 1 && quoted.endsWith("\"") ? quoted.length() - 1 : quoted.length();
      String name = quoted.substring(1, end).replace("\"\"", "\"");
      checkTemporarySchema(name);
      return name;
    }
    return "";
  }
}
