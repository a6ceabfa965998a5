package dev.howdah.config;

import java.util.Objects;

/**
 * What a {@code DatabaseManager} needs besides a connection.
 *
 * <p>An immutable value, safe for any thread.
 *
 * @param deletionPassword the word to repeat before a whole table is emptied or dropped
 * @param expireOnCommit whether sessions forget their objects at commit
 * @param echo whether SQL is logged; parameter values stay hidden unless the database's options say
 *     otherwise
 * @param logLevel the least important messages of the manager that are logged
 */
public record ManagerOptions(
    DeletionPassword deletionPassword,
    boolean expireOnCommit,
    boolean echo,
    System.Logger.Level logLevel) {

  /** Refuses null. */
  public ManagerOptions {
    Objects.requireNonNull(deletionPassword, "deletionPassword");
    Objects.requireNonNull(logLevel, "logLevel");
  }

  /** Returns the defaults with this deletion password: expire on commit, no echo, INFO. */
  public static ManagerOptions of(DeletionPassword deletionPassword) {
    return new ManagerOptions(deletionPassword, true, false, System.Logger.Level.INFO);
  }

  /**
   * Returns the defaults with this deletion password.
   *
   * @throws dev.howdah.error.ClientException.InvalidOption if it is blank
   */
  public static ManagerOptions of(String deletionPassword) {
    return of(new DeletionPassword(deletionPassword));
  }

  /** Returns these options with another deletion password. */
  public ManagerOptions withDeletionPassword(DeletionPassword deletionPassword) {
    return new ManagerOptions(deletionPassword, expireOnCommit, echo, logLevel);
  }

  /** Returns these options with sessions that forget, or keep, their objects at commit. */
  public ManagerOptions withExpireOnCommit(boolean expireOnCommit) {
    return new ManagerOptions(deletionPassword, expireOnCommit, echo, logLevel);
  }

  /** Returns these options with or without logging of SQL. */
  public ManagerOptions withEcho(boolean echo) {
    return new ManagerOptions(deletionPassword, expireOnCommit, echo, logLevel);
  }

  /** Returns these options with another log level. */
  public ManagerOptions withLogLevel(System.Logger.Level logLevel) {
    return new ManagerOptions(deletionPassword, expireOnCommit, echo, logLevel);
  }
}
