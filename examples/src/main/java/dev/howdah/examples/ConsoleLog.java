package dev.howdah.examples;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Puts the library's log among what the examples print, one line each: {@code 2024-06-20
 * 22:27:35,145 - INFO - Table 'new_users' created with columns: …}.
 */
final class ConsoleLog extends Handler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /** Kept: the log manager itself forgets loggers that nobody holds. */
  private static final List<Logger> LOGGERS =
      List.of(Logger.getLogger("dev.howdah"), Logger.getLogger("dev.howdah.embedded"));

  private final Formatter formatter = new Line();

  private ConsoleLog() {}

  /** From now on; a second call changes nothing. */
  static void install() {
    Logger ours = LOGGERS.get(0);
    for (Handler before : ours.getHandlers()) {
      ours.removeHandler(before);
    }
    ours.setUseParentHandlers(false);
    ours.setLevel(Level.INFO);
    ours.addHandler(new ConsoleLog());
    // The runner says itself what it runs on.
    LOGGERS.get(1).setLevel(Level.WARNING);
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      System.out.println(formatter.format(entry));
    }
  }

  @Override
  public void flush() {
    System.out.flush();
  }

  @Override
  public void close() {}

  private static final class Line extends Formatter {
    @Override
    public String format(LogRecord entry) {
      return time(entry.getInstant()) + " - " + level(entry) + " - " + formatMessage(entry);
    }

    private static String time(Instant instant) {
      return TIME.format(instant);
    }

    /** The names of System.Logger, which is what the library logs through. */
    private static String level(LogRecord entry) {
      int level = entry.getLevel().intValue();
      if (level >= Level.SEVERE.intValue()) {
        return "ERROR";
      }
      if (level >= Level.WARNING.intValue()) {
        return "WARNING";
      }
      return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
  }
}
