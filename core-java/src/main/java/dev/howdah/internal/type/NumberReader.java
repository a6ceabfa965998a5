package dev.howdah.internal.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads numbers from their decimal digits, without a String where that is easy. */
final class NumberReader {
  /** So many digits always fit a long. */
  private static final int LONG_DIGITS = 18;

  private NumberReader() {}

  /** A whole number between the limits. */
  static long whole(byte[] bytes, int offset, int length, long min, long max) {
    int end = offset + length;
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    if (at == end) {
      throw new UnreadableText(at);
    }
    // Negative numbers reach further than positive ones, so that is where the digits are summed up.
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        throw new UnreadableText(at);
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw new UnreadableText(offset);
    }
    long signed = negative ? value : -value;
    if (signed < min || signed > max) {
      throw new UnreadableText(offset);
    }
    return signed;
  }

  /** A BigDecimal with the scale as printed, or a Double for NaN and the infinities. */
  static Number numeric(byte[] bytes, int offset, int length) {
    if (length > LONG_DIGITS) {
      return bigNumeric(bytes, offset, length);
    }
    int end = offset + length;
    boolean negative = length > 0 && bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    if (at < end && (bytes[at] == 'N' || bytes[at] == 'I')) {
      return decimalDouble(bytes, offset, length);
    }
    long unscaled = 0;
    int point = -1;
    int digits = 0;
    for (; at < end; at++) {
      byte b = bytes[at];
      if (b == '.' && point < 0) {
        point = at;
      } else if (b >= '0' && b <= '9') {
        unscaled = unscaled * 10 + (b - '0');
        digits++;
      } else {
        throw new UnreadableText(at);
      }
    }
    if (digits == 0) {
      throw new UnreadableText(at);
    }
    return BigDecimal.valueOf(negative ? -unscaled : unscaled, point < 0 ? 0 : end - point - 1);
  }

  private static BigDecimal bigNumeric(byte[] bytes, int offset, int length) {
    char[] digits = new char[length];
    for (int i = 0; i < length; i++) {
      digits[i] = (char) (bytes[offset + i] & 0xff);
    }
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException malformed) {
      throw new UnreadableText(offset);
    }
  }

  static Float decimalFloat(byte[] bytes, int offset, int length) {
    try {
      return Float.valueOf(ascii(bytes, offset, length));
    } catch (NumberFormatException malformed) {
      throw new UnreadableText(offset);
    }
  }

  static Double decimalDouble(byte[] bytes, int offset, int length) {
    try {
      return Double.valueOf(ascii(bytes, offset, length));
    } catch (NumberFormatException malformed) {
      throw new UnreadableText(offset);
    }
  }

  private static String ascii(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }
}
