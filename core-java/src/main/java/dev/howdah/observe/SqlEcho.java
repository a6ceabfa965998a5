package dev.howdah.observe;

import dev.howdah.error.ServerException;
import dev.howdah.error.ServerReport;
import java.util.function.Consumer;

/**
 * The listener behind {@code echo}: prints each statement as it starts, what the server says
 * meanwhile, and how it ended.
 *
 * <p>Safe for any number of threads when its printer is.
 */
public final class SqlEcho implements DatabaseListener {
  private final Consumer<String> printer;
  private final ParameterDisplay display;

  /**
   * An echo.
   *
   * @param printer gets the statement as it was written, or one line, without a line end
   * @param display how much of the arguments is shown
   */
  public SqlEcho(Consumer<String> printer, ParameterDisplay display) {
    this.printer = printer;
    this.display = display;
  }

  @Override
  public void queryStarted(QueryEvent query) {
    printer.accept(query.sql() + ShownArguments.behind(query.arguments(), display));
  }

  @Override
  public void noticeReceived(QueryEvent query, ServerReport notice) {
    printer.accept("-- " + notice.severity() + ": " + notice.message());
  }

  @Override
  public void querySucceeded(QueryEvent query, QueryEnd end) {
    String rows = end.rows() == 1 ? " row in " : " rows in ";
    printer.accept("-- " + end.rows() + rows + Millis.of(end.took()));
  }

  @Override
  public void queryFailed(QueryEvent query, Throwable failure, QueryEnd end) {
    printer.accept("-- failed in " + Millis.of(end.took()) + ": " + firstLine(failure));
  }

  /**
   * What follows is the statement, which is printed already, and details for whoever catches it.
   */
  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    String first =
        message == null
            ? failure.getClass().getSimpleName()
            : message.lines().findFirst().orElse("");
    return failure instanceof ServerException server
        ? first + " (SQLSTATE " + server.sqlState() + ")"
        : first;
  }
}
