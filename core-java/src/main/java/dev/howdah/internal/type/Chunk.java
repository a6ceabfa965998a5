package dev.howdah.internal.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes in the making, in network order; used again and again. One thread at a time. */
public final class Chunk {
  /** What a full one has; it grows beyond that for a value that does. */
  public static final int SIZE = 64 * 1024;

  /** One value's length may go beyond the size. */
  private static final int SPARE = 1024;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[SIZE + SPARE];
  private int length;

  /** Empties it. One that grew for a large value gives its memory back. */
  public void clear() {
    length = 0;
    if (bytes.length > 4 * SIZE) {
      bytes = new byte[SIZE + SPARE];
    }
  }

  /** How many bytes are in it. */
  public int length() {
    return length;
  }

  /** Whether it should be handed on. */
  public boolean isFull() {
    return length >= SIZE;
  }

  /** What is in it: not a copy. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /** A copy of what is in it. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Takes from a buffer as much as makes this one full. */
  public void fill(ByteBuffer source) {
    int count = Math.min(source.remaining(), SIZE - length);
    if (count > 0) {
      ensure(count);
      source.get(bytes, length, count);
      length += count;
    }
  }

  void put(byte[] source) {
    put(source, 0, source.length);
  }

  void put(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void put(ByteBuffer source) {
    int count = source.remaining();
    ensure(count);
    source.duplicate().get(bytes, length, count);
    length += count;
  }

  void putByte(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  void putShort(int value) {
    ensure(2);
    SHORT.set(bytes, length, (short) value);
    length += 2;
  }

  void putInt(int value) {
    ensure(4);
    INT.set(bytes, length, value);
    length += 4;
  }

  /** Writes again what {@link #putInt} wrote when the length was {@code at}. */
  void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  void putLong(long value) {
    ensure(8);
    LONG.set(bytes, length, value);
    length += 8;
  }

  /** Room for a length that is known later; where it is. */
  int beginLength() {
    putInt(0);
    return length;
  }

  /** Writes the length of what came since {@link #beginLength}. */
  void endLength(int begin) {
    INT.set(bytes, begin - 4, length - begin);
  }

  /**
   * Text as UTF-8.
   *
   * @throws Refused when PostgreSQL or UTF-8 cannot hold it
   */
  void putText(CharSequence text) {
    int count = text.length();
    ensure(count);
    byte[] to = bytes;
    int at = length;
    int i = 0;
    for (; i < count; i++) {
      char c = text.charAt(i);
      if (c == 0 || c >= 0x80) {
        break;
      }
      to[at++] = (byte) c;
    }
    length = at;
    if (i < count) {
      putRest(ScalarWriter.checked(text.toString()), i);
    }
  }

  /** From the first character that is not ASCII; the text is known to be whole. */
  private void putRest(String text, int from) {
    ensure(Math.multiplyExact(3, text.length() - from));
    byte[] to = bytes;
    int at = length;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        to[at++] = (byte) c;
      } else if (c < 0x800) {
        to[at++] = (byte) (0xc0 | c >> 6);
        to[at++] = (byte) (0x80 | c & 0x3f);
      } else if (!Character.isSurrogate(c)) {
        to[at++] = (byte) (0xe0 | c >> 12);
        to[at++] = (byte) (0x80 | c >> 6 & 0x3f);
        to[at++] = (byte) (0x80 | c & 0x3f);
      } else {
        int code = Character.toCodePoint(c, text.charAt(++i));
        to[at++] = (byte) (0xf0 | code >> 18);
        to[at++] = (byte) (0x80 | code >> 12 & 0x3f);
        to[at++] = (byte) (0x80 | code >> 6 & 0x3f);
        to[at++] = (byte) (0x80 | code & 0x3f);
      }
    }
    length = at;
  }

  private void ensure(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, grown((long) length + more));
    }
  }

  private int grown(long needed) {
    if (needed > Integer.MAX_VALUE - 8) {
      throw new Refused(": the row is larger than 2 GB, and PostgreSQL takes 1 GB");
    }
    return (int) Math.max(needed, Math.min(2L * bytes.length, Integer.MAX_VALUE - 8));
  }
}
