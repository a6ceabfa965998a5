package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import dev.howdah.error.ClientException.WrongArguments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value of pgvector's {@code vector} or {@code halfvec}, as an argument in any place: beside an
 * operator, in an array, in a composite.
 *
 * <p>Immutable and safe to use from any thread.
 */
public final class Vector {
  private final float[] values;

  private Vector(float[] values) {
    this.values = values;
  }

  /**
   * A vector of these numbers, which are copied.
   *
   * @throws WrongArguments if there is none, or one is NaN or infinite
   */
  public static Vector of(float... values) {
    if (values.length == 0) {
      throw new WrongArguments("a vector has one dimension or more, it was given none");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new WrongArguments("a vector holds finite numbers, element " + i + " is none");
      }
    }
    return new Vector(values.clone());
  }

  /**
   * Reads {@code [1,2.5]}.
   *
   * @throws MappingFailure if the text is of another form; the message does not show it
   */
  public static Vector parse(String text) {
    if (text.length() < 2 || text.charAt(0) != '[' || text.charAt(text.length() - 1) != ']') {
      throw new MappingFailure("a vector cannot be read: brackets are expected");
    }
    String[] parts = text.substring(1, text.length() - 1).split(",", -1);
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        values[i] = Float.parseFloat(parts[i]);
      } catch (NumberFormatException malformed) {
        throw new MappingFailure("a vector cannot be read: element " + i + " is no number");
      }
    }
    return new Vector(values);
  }

  /** How many numbers it has. */
  public int size() {
    return values.length;
  }

  /** The numbers, a copy. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Vector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** As the server prints it: {@code [1,2.5]}. */
  @Override
  public String toString() {
    return ServerText.of(values);
  }
}
