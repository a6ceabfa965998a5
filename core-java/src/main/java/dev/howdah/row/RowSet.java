package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one statement answered: its rows and how many rows it changed or returned.
 *
 * <p>Immutable, and safe to use from any thread.
 */
public final class RowSet {

  /** No rows, none affected. */
  public static final RowSet EMPTY = new RowSet(List.of(), 0);

  private final List<Row> rows;
  private final long affected;
  private final long before;

  private RowSet(List<Row> rows, long affected) {
    this(rows, affected, 0);
  }

  private RowSet(List<Row> rows, long affected, long before) {
    this.rows = rows;
    this.affected = affected;
    this.before = before;
  }

  /**
   * Makes an answer; the list is copied.
   *
   * @param rows the rows in the server's order
   * @param affected the number in the statement's command tag
   * @throws IllegalArgumentException if {@code affected} is negative
   */
  public static RowSet of(List<Row> rows, long affected) {
    if (affected < 0) {
      throw new IllegalArgumentException("affected rows must not be negative, was " + affected);
    }
    return new RowSet(List.copyOf(rows), affected);
  }

  /** The rows in the server's order; immutable. */
  public List<Row> rows() {
    return rows;
  }

  /** How many rows the statement inserted, updated, deleted or, for a read, returned. */
  public long affected() {
    return affected;
  }

  /** The same as a page of a longer answer, of which so many rows have come before. */
  public RowSet behind(long rowsBefore) {
    return new RowSet(rows, affected, rowsBefore);
  }

  /**
   * The rows as what a mapper makes of them; unmodifiable.
   *
   * @throws MappingFailure if a row does not become it, which names the row where there are several
   */
  public <T extends @Nullable Object> List<T> map(Function<? super Row, ? extends T> mapper) {
    List<T> mapped = new ArrayList<>(rows.size());
    for (Row row : rows) {
      try {
        mapped.add(mapper.apply(row));
      } catch (MappingFailure failure) {
        throw before > 0 || rows.size() > 1 ? failure.inRow(before + mapped.size()) : failure;
      }
    }
    return Collections.unmodifiableList(mapped);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RowSet that && affected == that.affected && rows.equals(that.rows);
  }

  @Override
  public int hashCode() {
    return 31 * rows.hashCode() + Long.hashCode(affected);
  }

  /** Prints the two counts, not the rows. */
  @Override
  public String toString() {
    return "RowSet{rows=" + rows.size() + ", affected=" + affected + "}";
  }
}
