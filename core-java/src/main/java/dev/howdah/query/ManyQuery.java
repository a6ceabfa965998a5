package dev.howdah.query;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.error.DatabaseException;
import dev.howdah.row.Row;
import dev.howdah.row.RowMappers;
import dev.howdah.row.RowSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement to be run once for each of many rows of arguments: a value that has not been sent.
 *
 * <p>Immutable and safe to share between threads. The rows of arguments, its elements, are not part
 * of it: they are pulled one portion after the other while it runs.
 */
public final class ManyQuery {
  private final String verb;
  private final ParsedSql sql;
  private final boolean wantsRows;

  private ManyQuery(String verb, ParsedSql sql, boolean wantsRows) {
    this.verb = verb;
    this.sql = sql;
    this.wantsRows = wantsRows;
  }

  /**
   * A statement of which only the number of changed rows is wanted.
   *
   * @throws WrongArguments when it is null or not one whole statement
   */
  public static ManyQuery execute(String sql) {
    return new ManyQuery("executeMany", Query.single("executeMany", sql), false);
  }

  /**
   * A statement of which the rows are wanted.
   *
   * @throws WrongArguments when it is null or not one whole statement
   */
  public static ManyQuery fetch(String sql) {
    return new ManyQuery("fetchMany", Query.single("fetchMany", sql), true);
  }

  /** The handle's verb this value stands for. */
  public String verb() {
    return verb;
  }

  /** What the lexer knows of the statement. */
  public ParsedSql parsed() {
    return sql;
  }

  /** The statement, with {@code $n} parameters (named ones already replaced). */
  public String sql() {
    return sql.text();
  }

  /** Whether the answers' rows are wanted. */
  public boolean wantsRows() {
    return wantsRows;
  }

  /**
   * Puts one element's arguments into the order of {@code $1, $2 …}.
   *
   * @param element a list or an array of arguments; for {@code :name} parameters a map, a record or
   *     a data class; for a single {@code $1} also the bare value
   * @param index which element it is, from 0, for the message
   * @throws WrongArguments when it is something else, or does not fit the statement
   */
  public @Nullable Object[] bind(@Nullable Object element, long index) {
    try {
      return sql.bind(arguments(element));
    } catch (WrongArguments wrong) {
      throw refused(wrong, index);
    }
  }

  /** The same refusal, which names the element. */
  public DatabaseException refused(WrongArguments wrong, long index) {
    return new WrongArguments(
            "element " + index + " of " + verb + " (from 0): " + wrong.getMessage(),
            wrong,
            sql.text())
        .atElement(index);
  }

  /**
   * The rows of an answer as what a mapper makes of them.
   *
   * @throws MappingFailure if a row does not become it; it names the row and the statement
   */
  public <T extends @Nullable Object> List<T> map(
      RowSet answer, Function<? super Row, ? extends T> mapper) {
    try {
      return answer.map(mapper);
    } catch (MappingFailure failure) {
      throw failure.withSql(sql.text());
    }
  }

  private @Nullable Object[] arguments(@Nullable Object element) {
    if (element instanceof Object[] array) {
      return array;
    }
    if (element instanceof List<?> list) {
      return list.toArray();
    }
    if (!sql.names().isEmpty()
        || element instanceof Map<?, ?>
        || (sql.parameterCount() == 1 && isBare(element))) {
      return new @Nullable Object[] {element};
    }
    String given = element == null ? "null" : "of " + element.getClass().getTypeName();
    throw new WrongArguments(
        sql.parameterCount() == 1
            ? "it is " + given + ": pass List.of(value) where that is the value of $1"
            : "it must be a List or an array of the "
                + sql.parameterCount()
                + " arguments, and is "
                + given);
  }

  /**
   * Whether an element can be nothing but the one argument itself. Other collections and arrays
   * could be meant as arguments, and records for their components.
   */
  private static boolean isBare(@Nullable Object element) {
    return element == null
        || element instanceof byte[]
        || !(element.getClass().isArray()
            || element instanceof Collection<?>
            || element instanceof Row
            || RowMappers.partsOf(element) != null);
  }

  /** The statement's text, never an argument's value. */
  @Override
  public String toString() {
    return verb + "[" + sql.text() + "]";
  }
}
