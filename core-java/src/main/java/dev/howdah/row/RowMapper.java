package dev.howdah.row;

import org.jspecify.annotations.Nullable;

/**
 * Turns one row into a value.
 *
 * <p>A mapper is shared by all rows of a query and by queries running at once, so it must be safe
 * to call from any thread, and it must not wait. Ready ones come from {@link RowMappers}.
 *
 * @param <T> what a row becomes
 */
@FunctionalInterface
public interface RowMapper<T> {

  /**
   * Maps one row.
   *
   * @param row the row; it may be kept, rows are immutable
   * @return the value; null only where the type stands for a value that may be NULL
   * @throws RuntimeException any failure ends the query with that failure
   */
  @Nullable T map(Row row);
}
