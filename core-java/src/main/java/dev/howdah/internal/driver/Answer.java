package dev.howdah.internal.driver;

/**
 * What becomes of an answer's rows as they come. Used by one thread at a time.
 *
 * @param <T> what they become
 */
interface Answer<T> {
  /** Takes the next row; a failure is told to the caller when the answer has ended. */
  void add(io.r2dbc.spi.Row row);

  /**
   * The whole.
   *
   * @param affected the number in the command tag
   */
  T whole(long affected);
}
