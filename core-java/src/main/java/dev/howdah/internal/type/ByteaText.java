package dev.howdah.internal.type;

import java.util.Arrays;

/** The two text forms of bytea: hex, which everybody prints since 9.0, and the older escapes. */
final class ByteaText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private ByteaText() {}

  /** Reads either form; the first two bytes tell them apart, as a real backslash is doubled. */
  static byte[] read(byte[] text, int offset, int length) {
    boolean hex = length >= 2 && text[offset] == '\\' && text[offset + 1] == 'x';
    return hex ? readHex(text, offset + 2, length - 2) : readEscapes(text, offset, length);
  }

  private static byte[] readHex(byte[] text, int offset, int length) {
    if (length % 2 != 0) {
      throw new UnreadableText(offset + length);
    }
    byte[] value = new byte[length / 2];
    for (int i = 0; i < value.length; i++) {
      int from = offset + 2 * i;
      value[i] = (byte) (nibble(text, from) << 4 | nibble(text, from + 1));
    }
    return value;
  }

  /** The value of a hexadecimal digit. */
  static int nibble(byte[] text, int at) {
    byte b = text[at];
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    if (letter >= 'a' && letter <= 'f') {
      return letter - 'a' + 10;
    }
    throw new UnreadableText(at);
  }

  /** {@code \\\\} is a backslash, {@code \\ooo} a byte in octal, everything else itself. */
  private static byte[] readEscapes(byte[] text, int offset, int length) {
    byte[] value = new byte[length];
    int size = 0;
    int end = offset + length;
    for (int at = offset; at < end; size++) {
      if (text[at] != '\\') {
        value[size] = text[at++];
      } else if (at + 1 < end && text[at + 1] == '\\') {
        value[size] = '\\';
        at += 2;
      } else if (at + 3 < end && octal(text, at + 1) < 4) {
        value[size] =
            (byte) (octal(text, at + 1) << 6 | octal(text, at + 2) << 3 | octal(text, at + 3));
        at += 4;
      } else {
        throw new UnreadableText(at);
      }
    }
    return Arrays.copyOf(value, size);
  }

  private static int octal(byte[] text, int at) {
    if (text[at] < '0' || text[at] > '7') {
      throw new UnreadableText(at);
    }
    return text[at] - '0';
  }

  /** Writes the hex form. */
  static String write(byte[] value) {
    StringBuilder text = new StringBuilder(2 + 2 * value.length).append("\\x");
    for (byte b : value) {
      text.append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
    }
    return text.toString();
  }
}
