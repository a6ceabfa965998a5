package dev.howdah.observe;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The listener behind {@code echo}: prints each statement as it starts and how it ended.
 *
 * <p>Safe for any number of threads when its printer is.
 */
public final class SqlEcho implements DatabaseListener {
  private static final int SHORT_VALUE = 60;

  private final Consumer<String> printer;
  private final ParameterDisplay display;

  /**
   * An echo.
   *
   * @param printer gets one line a call, without a line end
   * @param display how much of the arguments is shown
   */
  public SqlEcho(Consumer<String> printer, ParameterDisplay display) {
    this.printer = printer;
    this.display = display;
  }

  @Override
  public void queryStarted(QueryEvent query) {
    String arguments = arguments(query.arguments());
    printer.accept(query.sql() + (arguments.isEmpty() ? "" : "  " + arguments));
  }

  @Override
  public void querySucceeded(QueryEvent query, long rows, Duration took) {
    printer.accept("-- " + rows + (rows == 1 ? " row in " : " rows in ") + millis(took));
  }

  @Override
  public void queryFailed(QueryEvent query, Throwable failure, Duration took) {
    printer.accept("-- failed in " + millis(took) + ": " + failure.getMessage());
  }

  private String arguments(List<@Nullable Object> arguments) {
    if (arguments.isEmpty() || display == ParameterDisplay.HIDDEN) {
      return "";
    }
    return arguments.stream().map(this::shown).collect(Collectors.joining(", ", "[", "]"));
  }

  private String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    if (display == ParameterDisplay.FULL || text.length() <= SHORT_VALUE) {
      return text;
    }
    return text.substring(0, SHORT_VALUE) + "…";
  }

  private static String millis(Duration took) {
    return String.format(java.util.Locale.ROOT, "%.1f ms", took.toNanos() / 1e6);
  }
}
