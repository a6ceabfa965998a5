package dev.howdah.row;

import dev.howdah.row.Conversion.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongFunction;

/**
 * Numbers into other types of number, without loss: whole numbers must fit the range exactly, and a
 * fraction never becomes a whole number. Only on the way to {@code float} and {@code double}, which
 * are approximate by nature, fractions are rounded to the nearest; whole numbers must be exact
 * there too, since they are mostly keys.
 */
final class Numbers {

  /** Beyond this many digits no column of PostgreSQL reaches; it keeps 1e999999999 harmless. */
  private static final int MOST_DIGITS = 150_000;

  private Numbers() {}

  static Conversion.Step toWhole(Class<?> target, long min, long max, LongFunction<Object> boxed) {
    return value -> {
      Number number = number(value, target);
      long whole;
      if (isIntegral(number)) {
        whole = number.longValue();
      } else {
        BigDecimal decimal = decimal(number, target);
        if (decimal.compareTo(BigDecimal.valueOf(min)) < 0
            || decimal.compareTo(BigDecimal.valueOf(max)) > 0) {
          throw outside(number, target, min, max);
        }
        try {
          whole = decimal.longValueExact();
        } catch (ArithmeticException inexact) {
          throw fraction(number, target);
        }
      }
      if (whole < min || whole > max) {
        throw outside(number, target, min, max);
      }
      return boxed.apply(whole);
    };
  }

  static Conversion.Step toDouble(Class<?> target) {
    return value -> {
      Number number = number(value, target);
      double result = number.doubleValue();
      if (Double.isInfinite(result) && !isInfinite(number)) {
        throw Misfit.of(value, "does not fit " + TypeNames.of(target) + " (up to 1.8E308)");
      }
      if (isWhole(number) && decimal(number, target).compareTo(new BigDecimal(result)) != 0) {
        throw Misfit.of(
            value, "is too long for " + TypeNames.of(target) + ", which is exact to 53 bits");
      }
      return result;
    };
  }

  static Conversion.Step toFloat(Class<?> target) {
    return value -> {
      Number number = number(value, target);
      float result = number.floatValue();
      if (Float.isInfinite(result) && !isInfinite(number)) {
        throw Misfit.of(value, "does not fit " + TypeNames.of(target) + " (up to 3.4E38)");
      }
      if (isWhole(number) && decimal(number, target).compareTo(new BigDecimal(result)) != 0) {
        throw Misfit.of(
            value, "is too long for " + TypeNames.of(target) + ", which is exact to 24 bits");
      }
      return result;
    };
  }

  static Object toBigDecimal(Object value) {
    return decimal(number(value, BigDecimal.class), BigDecimal.class);
  }

  static Object toBigInteger(Object value) {
    BigDecimal decimal = decimal(number(value, BigInteger.class), BigInteger.class);
    if (decimal.precision() - (long) decimal.scale() > MOST_DIGITS) {
      throw Misfit.of(value, "has too many digits for BigInteger");
    }
    try {
      return decimal.toBigIntegerExact();
    } catch (ArithmeticException inexact) {
      throw fraction(value, BigInteger.class);
    }
  }

  /** The number as text, without an exponent where it is decimal, else as Java prints it. */
  static String text(Number number) {
    if (number instanceof BigDecimal decimal) {
      long digits = Math.max(decimal.precision() - (long) decimal.scale(), decimal.scale());
      return digits > MOST_DIGITS ? decimal.toString() : decimal.toPlainString();
    }
    return number.toString();
  }

  private static Number number(Object value, Class<?> target) {
    if (value instanceof Number number) {
      return number;
    }
    throw Misfit.noWay(value, target);
  }

  private static BigDecimal decimal(Number number, Class<?> target) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger whole) {
      return new BigDecimal(whole);
    }
    if (isIntegral(number)) {
      return BigDecimal.valueOf(number.longValue());
    }
    if (number instanceof Float || number instanceof Double) {
      if (!Double.isFinite(number.doubleValue())) {
        throw Misfit.of(
            number, "is NaN or infinite, which " + TypeNames.of(target) + " cannot hold");
      }
      // By its text, as PostgreSQL's own cast does: 0.1 becomes 0.1, not 0.1000000000000000055….
      return new BigDecimal(number.toString());
    }
    throw Misfit.noWay(number, target);
  }

  private static Misfit outside(Number value, Class<?> target, long min, long max) {
    return Misfit.of(value, "does not fit " + TypeNames.of(target) + " (" + min + ".." + max + ")");
  }

  private static Misfit fraction(Object value, Class<?> target) {
    return Misfit.of(value, "has a fraction, which " + TypeNames.of(target) + " cannot hold");
  }

  private static boolean isInfinite(Number number) {
    return (number instanceof Double || number instanceof Float)
        && Double.isInfinite(number.doubleValue());
  }

  private static boolean isIntegral(Number number) {
    return number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte;
  }

  /** Whole by type: a numeric without a fraction counts as approximate, it may be an average. */
  private static boolean isWhole(Number number) {
    return isIntegral(number) || number instanceof BigInteger;
  }
}
