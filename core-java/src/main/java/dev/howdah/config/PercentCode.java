package dev.howdah.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The {@code %XX} notation of URLs, UTF-8 underneath; a {@code +} is a plus, never a space. */
final class PercentCode {
  private static final String HEX = "0123456789ABCDEF";

  private PercentCode() {}

  /** Writes everything but letters, digits and {@code - . _ ~} as {@code %XX}. */
  static String encode(String text) {
    StringBuilder coded = new StringBuilder(text.length() + 8);
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xFF);
      if (isUnreserved(c)) {
        coded.append(c);
      } else {
        coded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return coded.toString();
  }

  /**
   * Reads each valid {@code %XX} once and keeps a stray {@code %} as it is; null if the bytes are
   * not UTF-8 or hold a NUL, which no part of a connection may.
   */
  static @Nullable String decode(String coded) {
    if (coded.indexOf('\0') >= 0) {
      return null;
    }
    if (coded.indexOf('%') < 0) {
      return coded;
    }
    StringBuilder text = new StringBuilder(coded.length());
    ByteBuffer bytes = ByteBuffer.allocate(coded.length() / 3);
    for (int i = 0; i < coded.length(); i++) {
      int unit = unitAt(coded, i);
      if (unit == 0) {
        return null;
      }
      if (unit > 0) {
        bytes.put((byte) unit);
        i += 2;
      } else {
        if (!flush(bytes, text)) {
          return null;
        }
        text.append(coded.charAt(i));
      }
    }
    return flush(bytes, text) ? text.toString() : null;
  }

  /** Returns the byte a valid {@code %XX} at this place stands for, else -1. */
  private static int unitAt(String coded, int at) {
    if (coded.charAt(at) != '%' || at + 2 >= coded.length()) {
      return -1;
    }
    int high = hexDigit(coded.charAt(at + 1));
    int low = hexDigit(coded.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  private static boolean flush(ByteBuffer bytes, StringBuilder text) {
    bytes.flip();
    try {
      text.append(StandardCharsets.UTF_8.newDecoder().decode(bytes));
      return true;
    } catch (CharacterCodingException notUtf8) {
      return false;
    } finally {
      bytes.clear();
    }
  }

  private static int hexDigit(char c) {
    // Character.digit alone would take the digits of every script.
    return c < 128 ? Character.digit(c, 16) : -1;
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
