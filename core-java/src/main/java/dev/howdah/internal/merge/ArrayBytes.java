package dev.howdah.internal.merge;

import dev.howdah.internal.type.ParameterEncoder.Parameter;
import java.util.Arrays;

/**
 * One parameter of many runs as the text of a PostgreSQL array, byte by byte: what must be escaped
 * is ASCII, which UTF-8 keeps apart from everything else.
 */
final class ArrayBytes {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] out = new byte[256];
  private int length;

  ArrayBytes() {
    append('{');
  }

  void add(Parameter parameter) {
    if (length > 1) {
      append(',');
    }
    byte[] bytes = parameter.bytes();
    if (bytes == null) {
      append('N');
      append('U');
      append('L');
      append('L');
    } else if (parameter.binary()) {
      hex(bytes);
    } else if (isPlain(bytes)) {
      room(bytes.length);
      System.arraycopy(bytes, 0, out, length, bytes.length);
      length += bytes.length;
    } else {
      quoted(bytes);
    }
  }

  /** Digits, and what stands among them in numbers, dates and UUIDs, needs no quotes. */
  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      boolean plain = (b >= '0' && b <= '9') || b == '-' || b == '.' || b == ':' || b == '+';
      if (!plain) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  private void quoted(byte[] bytes) {
    room(2 * bytes.length + 2);
    append('"');
    for (byte b : bytes) {
      if (b == '"' || b == '\\') {
        append('\\');
      }
      out[length++] = b;
    }
    append('"');
  }

  /** Only bytea is given in binary. */
  private void hex(byte[] bytes) {
    room(2 * bytes.length + 5);
    append('"');
    append('\\');
    append('\\');
    append('x');
    for (byte b : bytes) {
      out[length++] = HEX[(b >> 4) & 0xf];
      out[length++] = HEX[b & 0xf];
    }
    append('"');
  }

  private void append(char c) {
    room(1);
    out[length++] = (byte) c;
  }

  private void room(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
    }
  }

  /** The finished text. */
  byte[] close() {
    append('}');
    return Arrays.copyOf(out, length);
  }
}
