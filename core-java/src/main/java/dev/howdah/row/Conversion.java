package dev.howdah.row;

import dev.howdah.error.ClientException.MappingFailure;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * How a value of a row becomes a value of one target type; made once per target, used for every
 * row.
 */
final class Conversion {

  /** Converts a value that is not null and not of the target's own immutable class already. */
  @FunctionalInterface
  interface Step {
    @Nullable Object convert(Object value);
  }

  private final Type target;

  /** Values of exactly this class pass untouched; null where even those need a copy or a look. */
  private final @Nullable Class<?> passing;

  private final Step step;
  private final @Nullable Object ifNull;

  private Conversion(Type target, @Nullable Class<?> passing, Step step, @Nullable Object ifNull) {
    this.target = target;
    this.passing = passing;
    this.step = step;
    this.ifNull = ifNull;
  }

  /** A conversion that lets values of an immutable class pass and hands others to the step. */
  static Conversion passing(Class<?> target, Class<?> passing, Step step) {
    return new Conversion(target, passing, step, null);
  }

  /** A conversion that sees every value. */
  static Conversion of(Type target, Step step) {
    return new Conversion(target, null, step, null);
  }

  /** A conversion that sees every value and has something better than null for NULL. */
  static Conversion of(Type target, Step step, Object ifNull) {
    return new Conversion(target, null, step, ifNull);
  }

  /** What the conversion makes. */
  Type target() {
    return target;
  }

  /**
   * Converts a value.
   *
   * @throws Misfit if it does not fit; the caller knows the column and adds it
   */
  @Nullable Object apply(@Nullable Object value) {
    if (value == null) {
      if (target instanceof Class<?> plain && plain.isPrimitive()) {
        throw Misfit.nullFor(target);
      }
      return ifNull;
    }
    if (value.getClass() == passing) {
      return value;
    }
    Object converted = step.convert(value);
    // A json text may hold nothing but null.
    return converted == null ? apply(null) : converted;
  }

  /**
   * Converts a value that is there into one that is there: for bounds and other places without
   * null.
   */
  Object converted(Object value) {
    Object converted = apply(value);
    if (converted == null) {
      throw Misfit.nullFor(target);
    }
    return converted;
  }

  /** A value that does not fit, before it is known where it came from; never leaves the package. */
  static final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
      this(message, null);
    }

    Misfit(String message, @Nullable Throwable cause) {
      // No stack trace: it is caught a few frames up and replaced.
      super(message, cause, false, false);
    }

    /**
     * The usual message: the type of the value, never the value, and what it should have become.
     */
    static Misfit of(Object value, String problem) {
      return new Misfit("the " + typeOf(value) + " value " + problem);
    }

    /** NULL where the target has no place for it. */
    static Misfit nullFor(Type target) {
      return new Misfit(
          "the value is null, which "
              + TypeNames.of(target)
              + " cannot hold: let it take null, or use COALESCE in SQL");
    }

    /** There is no way at all from the value's type to the target; text may be cast to one. */
    static Misfit noWay(Object value, Type target) {
      Misfit noWay =
          new Misfit(
              "there is no conversion from " + typeOf(value) + " to " + TypeNames.of(target));
      String cast = value instanceof String ? SqlCasts.advice(TypeNames.raw(target)) : null;
      return cast == null ? noWay : noWay.but(cast);
    }

    private static String typeOf(Object value) {
      if (value instanceof java.util.List<?>) {
        return "List";
      }
      return value instanceof java.util.Map<?, ?> ? "Map" : TypeNames.of(value.getClass());
    }

    /** The same problem with advice. */
    Misfit but(String advice) {
      return new Misfit(getMessage() + ": " + advice, getCause());
    }

    /** The same problem one level further out, such as an element of a list. */
    Misfit inside(String place) {
      return new Misfit(place + ": " + getMessage(), getCause());
    }

    MappingFailure at(String place) {
      return new MappingFailure(place + ": " + getMessage(), getCause());
    }
  }
}
