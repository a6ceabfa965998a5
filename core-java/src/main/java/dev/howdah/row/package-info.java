/**
 * Rows as immutable values, and how they become your own types.
 *
 * <p>May import {@code error}.
 *
 * <p>{@link dev.howdah.row.Row} is what a query answers with; {@link dev.howdah.row.RowMappers}
 * turns rows into records, classes, maps and single values. Nothing here waits, and everything is
 * safe to use from any thread unless it says otherwise. Failures name the column, the types and the
 * target, never a value.
 */
@NullMarked
package dev.howdah.row;

import org.jspecify.annotations.NullMarked;
