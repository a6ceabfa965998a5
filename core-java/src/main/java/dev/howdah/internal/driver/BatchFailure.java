package dev.howdah.internal.driver;

import dev.howdah.error.DatabaseException;

/** One row of a batch failed, and none of the batch happened. */
public final class BatchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final DatabaseException failure;

  /** Row {@code index} failed with {@code failure}. */
  public BatchFailure(int index, DatabaseException failure) {
    super(failure.getMessage(), failure, false, false);
    this.index = index;
    this.failure = failure;
  }

  /** Which row of the batch, from 0. */
  public int index() {
    return index;
  }

  /** What went wrong with it. */
  public DatabaseException failure() {
    return failure;
  }
}
