package dev.howdah.internal.driver;

import dev.howdah.config.DatabaseOptions;

/** Where drivers come from. */
public final class Drivers {
  private Drivers() {}

  /**
   * A pool that opens its first connection when it is first asked for one.
   *
   * @param options resolved: no hole is filled from the environment any more
   */
  public static Driver open(DatabaseOptions options) {
    return new ConnectionPool(options);
  }
}
