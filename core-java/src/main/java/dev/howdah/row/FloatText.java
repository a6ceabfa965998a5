package dev.howdah.row;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Approximate numbers in the server's own form, which is shorter than Java's. */
final class FloatText {
  /** From so many digits before the point on the server prints an exponent. */
  private static final int DOUBLE_DIGITS = 15;

  private static final int FLOAT_DIGITS = 6;

  /** So many always tell a number from its neighbours. */
  private static final int MOST_DIGITS = 17;

  private FloatText() {}

  static String of(double number) {
    return of(number, Double.toString(number), DOUBLE_DIGITS);
  }

  static String of(float number) {
    return of(number, Float.toString(number), FLOAT_DIGITS);
  }

  /**
   * The shortest digits that give the number again, with an exponent below 0.0001 and from so many
   * digits on.
   */
  private static String of(double number, String java, int most) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return java;
    }
    if (number == 0) {
      return java.startsWith("-") ? "-0" : "0";
    }
    BigDecimal shortest = shortest(number, new BigDecimal(java), most);
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String sign = number < 0 ? "-" : "";
    if (exponent >= -4 && exponent < most) {
      return shortest.toPlainString();
    }
    return sign
        + digits.charAt(0)
        + (digits.length() == 1 ? "" : "." + digits.substring(1))
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /**
   * Of the shortest digits the nearest. Java prints at least two digits, before Java 19 sometimes
   * one more than is needed or not the nearest, and counts what is half way to the next number as
   * this one, which the server does not: so its digits only say where to look.
   */
  private static BigDecimal shortest(double number, BigDecimal printed, int most) {
    BigDecimal exact = new BigDecimal(number);
    int digits = printed.stripTrailingZeros().precision();
    while (digits < MOST_DIGITS && !isNearest(rounded(exact, digits), exact, number, most)) {
      digits++;
    }
    while (digits > 1 && isNearest(rounded(exact, digits - 1), exact, number, most)) {
      digits--;
    }
    return rounded(exact, digits).stripTrailingZeros();
  }

  private static BigDecimal rounded(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  /** Whether no other number is as near to the digits. */
  private static boolean isNearest(BigDecimal digits, BigDecimal exact, double number, int most) {
    BigDecimal next = neighbour(number, digits.compareTo(exact) > 0, most);
    BigDecimal twice = digits.subtract(exact).abs().multiply(BigDecimal.valueOf(2));
    return twice.compareTo(next.subtract(exact).abs()) < 0;
  }

  /** Beyond the largest number there is none: the one before it is as far away. */
  private static BigDecimal neighbour(double number, boolean above, int most) {
    double next;
    double other;
    if (most == FLOAT_DIGITS) {
      next = above ? Math.nextUp((float) number) : Math.nextDown((float) number);
      other = above ? Math.nextDown((float) number) : Math.nextUp((float) number);
    } else {
      next = above ? Math.nextUp(number) : Math.nextDown(number);
      other = above ? Math.nextDown(number) : Math.nextUp(number);
    }
    return new BigDecimal(Double.isInfinite(next) ? other : next);
  }
}
