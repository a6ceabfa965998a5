package dev.howdah.internal.type;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Writes numeric: digits of base 10,000, the first with a weight, and the scale that is shown. */
final class BinaryNumeric {
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xc000;
  private static final int INFINITY = 0xd000;
  private static final int NEGATIVE_INFINITY = 0xf000;

  private static final int BASE = 10_000;

  /** Decimal digits in one digit of base 10,000. */
  private static final int WIDTH = 4;

  private static final long[] POWERS = {1, 10, 100, 1000};

  /** Of the server's: 131,072 digits before the point, 16,383 behind it. */
  private static final int MOST_WHOLE_DIGITS = 131_072;

  private static final int MOST_SCALE = 16_383;

  /** What fits a long even when up to three zeros align it to digits of base 10,000. */
  private static final int SMALL_BITS = 53;

  private BinaryNumeric() {}

  static void write(Object value, Chunk out) {
    if (value instanceof BigDecimal decimal) {
      decimal(decimal, out);
    } else if (value instanceof Integer || value instanceof Long) {
      decimal(BigDecimal.valueOf(((Number) value).longValue()), out);
    } else if (value instanceof Double || value instanceof Float) {
      real((Number) value, out);
    } else if (value instanceof Number) {
      decimal(new BigDecimal(ColumnWriter.PLAIN.write(Oids.NUMERIC, value)), out);
    } else {
      throw ColumnWriter.takes("a number", value);
    }
  }

  /** By way of text, so that 0.1 is 0.1 and not its nearest binary fraction. */
  private static void real(Number number, Chunk out) {
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      special(NAN, out);
    } else if (Double.isInfinite(value)) {
      special(value > 0 ? INFINITY : NEGATIVE_INFINITY, out);
    } else {
      decimal(new BigDecimal(number.toString()), out);
    }
  }

  private static void special(int sign, Chunk out) {
    header(out, 0, 0, sign, 0);
  }

  private static void header(Chunk out, int digits, int weight, int sign, int scale) {
    out.putShort(digits);
    out.putShort(weight);
    out.putShort(sign);
    out.putShort(scale);
  }

  private static void decimal(BigDecimal value, Chunk out) {
    // In long: the scale alone may be the largest or smallest int.
    boolean tooLarge =
        value.signum() != 0 && (long) value.precision() - value.scale() > MOST_WHOLE_DIGITS;
    if (tooLarge || value.scale() > MOST_SCALE) {
      throw new Refused(
          " takes numbers of at most 131,072 digits before the point and 16,383 behind it; the"
              + " value has more");
    }
    int scale = Math.max(0, value.scale());
    BigInteger unscaled =
        value.scale() < 0 && value.signum() != 0
            ? value.toBigIntegerExact()
            : value.unscaledValue();
    if (unscaled.bitLength() <= SMALL_BITS) {
      small(unscaled.longValue(), scale, out);
    } else {
      large(unscaled, scale, out);
    }
  }

  private static void small(long unscaled, int scale, Chunk out) {
    if (unscaled == 0) {
      header(out, 0, 0, POSITIVE, scale);
      return;
    }
    int missing = -scale & WIDTH - 1;
    long rest = Math.abs(unscaled) * POWERS[missing];
    int digits = 0;
    long power = 1;
    for (long left = rest; left != 0; left /= BASE) {
      power = digits++ == 0 ? 1 : power * BASE;
    }
    header(
        out,
        digits,
        digits - 1 - (scale + missing) / WIDTH,
        unscaled < 0 ? NEGATIVE : POSITIVE,
        scale);
    for (; power != 0; power /= BASE) {
      out.putShort((int) (rest / power % BASE));
    }
  }

  private static void large(BigInteger unscaled, int scale, Chunk out) {
    String decimals = unscaled.abs().toString() + "0".repeat(-scale & WIDTH - 1);
    int digits = (decimals.length() + WIDTH - 1) / WIDTH;
    int fraction = (scale + WIDTH - 1) / WIDTH;
    header(out, digits, digits - 1 - fraction, unscaled.signum() < 0 ? NEGATIVE : POSITIVE, scale);
    int at = 0;
    for (int end = decimals.length() - (digits - 1) * WIDTH; at < decimals.length(); end += WIDTH) {
      int digit = 0;
      for (; at < end; at++) {
        digit = digit * 10 + decimals.charAt(at) - '0';
      }
      out.putShort(digit);
    }
  }
}
