package dev.howdah.observe;

import dev.howdah.error.ClientException.InvalidOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * A listener that reports statements which took longer than a threshold, once they have ended, with
 * the part of the time that was spent waiting for a connection.
 *
 * <p>Safe for any number of threads when its printer is. It costs two readings of a clock for each
 * statement.
 */
public final class SlowQueryLog implements DatabaseListener {
  private static final System.Logger LOG = System.getLogger("dev.howdah.slow");

  private final Duration threshold;
  private final ParameterDisplay display;
  private final Consumer<String> printer;

  /**
   * A log.
   *
   * @param threshold what is reported took at least so long, waiting included
   * @param display how much of the arguments is shown
   * @param printer gets one line a call, without a line end, on the thread that ended the statement
   * @throws InvalidOption if the threshold is zero or negative
   */
  public SlowQueryLog(Duration threshold, ParameterDisplay display, Consumer<String> printer) {
    Objects.requireNonNull(threshold, "threshold");
    if (threshold.isZero() || threshold.isNegative()) {
      throw new InvalidOption(
          "The slow-query threshold must be longer than zero, but is " + threshold);
    }
    this.threshold = threshold;
    this.display = Objects.requireNonNull(display, "display");
    this.printer = Objects.requireNonNull(printer, "printer");
  }

  /** A log that warns through the platform's logger {@code dev.howdah.slow}. */
  public static SlowQueryLog warning(Duration threshold, ParameterDisplay display) {
    return new SlowQueryLog(threshold, display, line -> LOG.log(System.Logger.Level.WARNING, line));
  }

  @Override
  public void querySucceeded(QueryEvent query, QueryEnd end) {
    report(query, end, end.rows() + (end.rows() == 1 ? " row" : " rows"));
  }

  @Override
  public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
    report(
        query,
        end,
        failure instanceof CancellationException
            ? "cancelled"
            : "failed with " + failure.getClass().getSimpleName());
  }

  private void report(QueryEvent query, QueryEnd end, String outcome) {
    if (end.took().compareTo(threshold) < 0) {
      return;
    }
    printer.accept(
        "slow "
            + query.verb()
            + ": "
            + Millis.of(end.took())
            + " ("
            + Millis.of(end.waited())
            + " waiting), "
            + outcome
            + ", connection "
            + (end.connection() == null ? "none" : end.connection())
            + ": "
            + query.sql()
            + ShownArguments.behind(query.arguments(), display));
  }
}
