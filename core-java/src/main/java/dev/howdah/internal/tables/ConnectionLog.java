package dev.howdah.internal.tables;

import dev.howdah.config.ManagerOptions;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a manager says of its connection, each when it has really happened. */
public final class ConnectionLog {
  private final ManagerOptions options;
  private final ManagerLog log;
  private final AtomicBoolean disconnected = new AtomicBoolean();

  /** The log of one manager. */
  public ConnectionLog(ManagerOptions options) {
    this.options = options;
    this.log = new ManagerLog(options);
  }

  /** Nothing is connected yet. */
  public void created() {
    log.info("Database instance created with log level: " + options.logLevel());
  }

  /** The server has answered. */
  public void connected() {
    log.info("Connect with PostgreSQL success!");
  }

  /** The last socket is closed; said once. */
  public void disconnected() {
    if (disconnected.compareAndSet(false, true)) {
      log.info("Disconnected from the database.");
    }
  }
}
