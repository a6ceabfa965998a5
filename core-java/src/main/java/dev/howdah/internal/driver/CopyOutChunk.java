package dev.howdah.internal.driver;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Some rows of a copy, gathered; larger than meant only for a row that is. */
final class CopyOutChunk {
  private static final int SIZE = 64 * 1024;

  /** Rows end where they end: room for one more behind the size. */
  private static final int SPARE = 1024;

  private byte[] bytes = new byte[SIZE + SPARE];
  private int length;
  private int messages;

  void add(ByteBuf data) {
    int more = data.readableBytes();
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
    data.getBytes(data.readerIndex(), bytes, length, more);
    length += more;
    messages++;
  }

  boolean isFull() {
    return length >= SIZE;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** How many messages like those in it would fill it; {@code unknown} when it is empty. */
  int messagesToFill(int unknown) {
    return length == 0 ? unknown : (int) ((long) (SIZE - length) * messages / length);
  }

  /** What was gathered; the taker's own. */
  ByteBuffer toBuffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
