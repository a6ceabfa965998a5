package dev.howdah.internal.driver;

import dev.howdah.row.Columns;
import java.util.List;

/**
 * Several runs of one text as one statement.
 *
 * @param command the statement; the first column of its answer numbers the run, from 1
 * @param columns what each run answers, as it would alone
 * @param rowLimits how many rows are kept of each run
 */
public record Merged(Command command, Columns columns, List<Integer> rowLimits) {}
