package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import java.util.List;

/**
 * What the server says of a statement before it runs.
 *
 * @param parameterTypes the OIDs of {@code $1, $2 …}
 * @param columns of its answer; none when it answers no rows
 */
public record Described(List<Integer> parameterTypes, Columns columns) {}
