package dev.howdah.error;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a cause that cannot be serialized, as the driver's exceptions cannot: its text, its
 * stack trace and its own cause.
 */
final class CauseCopy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CauseCopy(Throwable original) {
    super(original.toString(), portable(original.getCause()), false, true);
    setStackTrace(original.getStackTrace());
  }

  /** The cause itself where it can be serialized. */
  static @Nullable Throwable portable(@Nullable Throwable cause) {
    if (cause == null) {
      return null;
    }
    try (ObjectOutputStream probe = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      probe.writeObject(cause);
      return cause;
    } catch (IOException | RuntimeException unserializable) {
      return new CauseCopy(cause);
    }
  }

  /** The original's text. */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // it prints as what it stands for
  public String toString() {
    return String.valueOf(getMessage());
  }
}
