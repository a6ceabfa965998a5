package dev.howdah.query;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.query.SqlLexer.Kind;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of a text before it is sent: its parameters, how many statements it holds, and
 * what they may do to the session.
 *
 * <p>Parameters are {@code $1, $2 …} or {@code :name}, one kind in one text; the same name twice is
 * one parameter. Casts, strings, comments, dollar quotes and operators are left alone. A colon is
 * SQL's own, and starts no parameter, when it touches what stands before it ({@code a[1:n]}, {@code
 * 'k':v}), and after any operand inside {@code [ ]} and {@code JSON_OBJECT( )}; write {@code a[:low
 * : :high]} for a slice with parameters. What stands in the body of CREATE FUNCTION or after
 * PREPARE … AS belongs to that statement and is no parameter.
 *
 * <p>Immutable and safe to share between threads. Nothing is checked against a server: a text with
 * wrong grammar is read as far as it goes, and the server words the error.
 */
public final class ParsedSql {
  private static final ParsedSqlCache CACHE = new ParsedSqlCache();

  private final String text;
  private final String plainText;
  private final @Nullable String unclosed;
  private final int parameterCount;
  private final List<String> names;
  private final int statementCount;
  private final String firstKeyword;
  private final boolean read;
  private final boolean declarable;
  private final boolean mergeable;
  private final boolean leavesState;
  private final boolean changesStatements;
  private final boolean controlsTransaction;
  private final @Nullable String clientCopy;

  /** Found when it is first asked for. */
  private volatile @Nullable BitSet inLists;

  private ParsedSql(
      String given, SqlLexer lexer, SqlParameters parameters, StatementScan statements) {
    String plain = lexer.plainText();
    this.text = parameters.rewritten(given);
    this.plainText = plain.equals(given) ? text : parameters.rewritten(plain);
    this.unclosed = lexer.unclosed();
    this.parameterCount = parameters.count();
    this.names = parameters.names();
    this.statementCount = statements.statements();
    this.firstKeyword = statements.firstKeyword();
    this.read = statements.isRead();
    this.declarable = statements.isDeclarable();
    this.mergeable = statements.isRepeatable();
    this.leavesState = statements.leavesState();
    this.changesStatements = statements.changesStatements();
    this.controlsTransaction = statements.controlsTransaction();
    this.clientCopy = statements.clientCopy();
  }

  /**
   * Reads a text, or finds it among those read lately (a bounded number; none above 64 KiB).
   *
   * @param text SQL; may be blank
   * @return what is known of it
   * @throws WrongArguments when it is null, holds a NUL character, mixes {@code $n} with {@code
   *     :name}, leaves out a number, has more than 65,535 parameters, or a name with other than
   *     ASCII letters, digits and underscores
   */
  public static ParsedSql of(String text) {
    if (text == null) {
      throw new WrongArguments("the statement must not be null");
    }
    return CACHE.get(text);
  }

  static ParsedSql parse(String text) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new WrongArguments(
          "the SQL text holds a NUL character at index "
              + nul
              + ", which PostgreSQL cannot take; remove it");
    }
    SqlLexer lexer = new SqlLexer(text);
    StatementScan statements = new StatementScan();
    SqlParameters parameters = new SqlParameters(text);
    Kind kind;
    do {
      kind = lexer.next();
      statements.take(lexer);
      if (kind == Kind.PARAMETER && !statements.ownsParameters()) {
        parameters.position(lexer);
      } else if (kind == Kind.NAMED && !statements.ownsParameters()) {
        parameters.name(lexer);
      }
    } while (kind != Kind.END);
    parameters.check();
    if (parameters.count() > 0) {
      statements.idleSemicolons().forEach(index -> lexer.respell(index, ' '));
    }
    return new ParsedSql(text, lexer, parameters, statements);
  }

  /**
   * The text to send: each {@code :name} replaced by its {@code $n}, everything else as it was.
   *
   * @return the text
   */
  public String text() {
    return text;
  }

  /**
   * The same statement, as long as {@link #text()}, for a parser that knows less of SQL than
   * PostgreSQL: {@code \'} in {@code E} strings is written {@code ''}, a bare carriage return
   * behind a comment is a newline, and beside parameters a semicolon that divides no two statements
   * is a blank.
   *
   * @return the text a driver that parses it again may be given
   */
  public String plainText() {
    return plainText;
  }

  /**
   * What is still open at the end of the text, for an error that says where to close it.
   *
   * @return for example {@code a string that starts at character 8}, counted from 1 in the text as
   *     it was given, or null when everything is closed
   */
  public @Nullable String unclosed() {
    return unclosed;
  }

  /**
   * How many values the text takes.
   *
   * @return the highest {@code $n}, or the number of different names
   */
  public int parameterCount() {
    return parameterCount;
  }

  /**
   * The names of the parameters in the order of their {@code $n}.
   *
   * @return the names without colon, unmodifiable; empty when the text has no named parameter
   */
  public List<String> names() {
    return names;
  }

  /**
   * How many statements the text holds; semicolons alone, blanks and comments are none, a function
   * with a BEGIN ATOMIC … END body is one.
   *
   * @return the number, 0 for a blank text
   */
  public int statementCount() {
    return statementCount;
  }

  /**
   * The word the first statement starts with, behind opening parentheses.
   *
   * @return the word in upper case, or an empty text when there is none
   */
  public String firstKeyword() {
    return firstKeyword;
  }

  /**
   * Whether the text is one statement that only reads: SELECT, VALUES, TABLE, WITH … SELECT or
   * SHOW, without a locking clause, INTO, a data-modifying WITH or a function of PostgreSQL that is
   * known to change something, and without a function that PostgreSQL does not bring along. In
   * doubt false.
   *
   * @return true when it looks like a read all over
   */
  public boolean isRead() {
    return read;
  }

  /**
   * Whether several runs of the text, each with its own arguments, may be asked as one statement: a
   * read ({@link #isRead()}, not SHOW) that answers the same whether it is asked once or several
   * times, so without random values, clocks and the like. In doubt false.
   *
   * @return true when merging cannot be seen in an answer, as far as the text tells
   */
  public boolean isMergeable() {
    return mergeable;
  }

  /**
   * The one statement for several runs of the text. It takes an array for each parameter (without
   * parameters one of integers), an element for each run; the first column of its answer is the
   * number of the run, from 1, the others are the text's own.
   *
   * @return the statement
   * @throws IllegalStateException when the text is not {@link #isMergeable()}
   */
  public String merged() {
    if (!mergeable) {
      throw new IllegalStateException("the text cannot be merged");
    }
    return MergedSql.of(this);
  }

  /**
   * Whether PostgreSQL can read the text through a cursor: one SELECT, VALUES, TABLE or WITH,
   * without INTO and without a data-modifying WITH. In doubt false.
   *
   * @return true when DECLARE … CURSOR FOR takes it
   */
  public boolean isDeclarable() {
    return declarable;
  }

  /**
   * Whether the text could leave something in the session: a setting, an open transaction, a
   * session-level advisory lock, a temporary table, a prepared statement, a cursor, a LISTEN. In
   * doubt, and for DO, CALL, unknown commands and calls of functions that are not known as
   * PostgreSQL's own, true. What triggers, operators and rules of the user run cannot be known.
   *
   * @return true when the session should be reset before somebody else uses it
   */
  public boolean leavesState() {
    return leavesState;
  }

  /**
   * Whether the text changes which prepared statements the session has: DEALLOCATE and DISCARD drop
   * those that a client may count on, PREPARE leaves one that nothing but them takes away.
   *
   * @return true when one of them is among the statements
   */
  public boolean changesStatements() {
    return changesStatements;
  }

  /**
   * Whether a statement of the text begins or ends a transaction or savepoint: BEGIN, START
   * TRANSACTION, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT, RELEASE, PREPARE TRANSACTION.
   *
   * @return true when one of them is among the statements
   */
  public boolean controlsTransaction() {
    return controlsTransaction;
  }

  /**
   * Whether a statement of the text is COPY … FROM STDIN or COPY … TO STDOUT, which needs a
   * conversation that statements do not have; COPY with a file or program of the server does not.
   *
   * @return true when one of them is among the statements
   */
  public boolean copiesThroughClient() {
    return clientCopy != null;
  }

  /** The parameters, from 1, of which each is all there is in an IN's brackets. */
  BitSet inLists() {
    BitSet known = inLists;
    if (known == null) {
      known = parameterCount == 0 ? new BitSet() : InLists.of(text);
      inLists = known;
    }
    return known;
  }

  /** {@code COPY FROM STDIN} or {@code COPY TO STDOUT}, whichever comes first, or null. */
  @Nullable String clientCopy() {
    return clientCopy;
  }

  /**
   * Checks the arguments and puts them into the order of {@code $1, $2 …}.
   *
   * <p>A text with {@code $n} takes one argument for each; a Map among them is a value like any
   * other. A text with {@code :name} takes one Map that has exactly its names as keys, or one
   * record, data class or row that has, among others, parts of these names: the very name, else one
   * that differs in case and underscores only.
   *
   * @param arguments the values, null allowed; a null array is one null value, which is what {@code
   *     bind(null)} means to the compiler
   * @return a new array (or an empty one), safe from later changes of the caller's
   * @throws WrongArguments when number or names do not fit; the message never shows a value
   */
  public @Nullable Object[] bind(@Nullable Object @Nullable ... arguments) {
    return new ArgumentBinder(this)
        .bind(arguments == null ? new @Nullable Object[] {null} : arguments);
  }

  /** The text to send. */
  @Override
  public String toString() {
    return text;
  }
}
