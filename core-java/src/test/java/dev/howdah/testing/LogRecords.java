package dev.howdah.testing;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Collects what is logged under {@code dev.howdah} while it is open. */
public final class LogRecords extends Handler implements AutoCloseable {
  // Held, since the logging framework itself keeps loggers only weakly.
  private final Logger logger = Logger.getLogger("dev.howdah");
  private final boolean usedParents = logger.getUseParentHandlers();
  private final @Nullable Level level = logger.getLevel();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  public LogRecords() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
  }

  public List<String> warnings() {
    return records.stream()
        .filter(r -> r.getLevel().equals(Level.WARNING))
        .map(
            r ->
                r.getParameters() == null
                    ? r.getMessage()
                    : MessageFormat.format(r.getMessage(), r.getParameters()))
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(usedParents);
    logger.setLevel(level);
  }
}
