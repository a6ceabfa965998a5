package dev.howdah.internal.engine;

import dev.howdah.query.CopyProgress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts what a copy has handed over and tells it, now and then. One thread at a time. */
public final class CopyMeter {
  private static final System.Logger LOG = System.getLogger("dev.howdah");

  /** Often enough for the eye, too seldom to cost anything. */
  private static final long INTERVAL = Duration.ofMillis(100).toNanos();

  private final @Nullable Consumer<CopyProgress> callback;
  private long bytes;
  private long rows;
  private long told = System.nanoTime();

  /** A meter at zero; without a callback it does nothing. */
  public CopyMeter(@Nullable Consumer<CopyProgress> callback) {
    this.callback = callback;
  }

  /** Whether anybody listens. */
  public boolean isOn() {
    return callback != null;
  }

  /** Some more; never on an event loop when there is a callback. */
  public void count(long moreBytes, long moreRows) {
    bytes += moreBytes;
    rows += moreRows;
    if (callback != null && System.nanoTime() - told >= INTERVAL) {
      told = System.nanoTime();
      tell(rows);
    }
  }

  /** The end: what the server says of the rows. */
  public void finish(long all) {
    tell(all);
  }

  private void tell(long rowsNow) {
    if (callback == null) {
      return;
    }
    try {
      callback.accept(new CopyProgress(bytes, rowsNow));
    } catch (RuntimeException | Error thrown) {
      LOG.log(System.Logger.Level.WARNING, "a copy's progress callback threw", thrown);
    }
  }
}
