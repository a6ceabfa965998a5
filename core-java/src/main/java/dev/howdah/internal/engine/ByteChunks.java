package dev.howdah.internal.engine;

import dev.howdah.error.ClientException.WrongArguments;
import dev.howdah.internal.type.Chunk;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Bytes in whatever pieces they come: small ones together, large ones cut. */
public final class ByteChunks extends ElementChunks {
  private @Nullable ByteBuffer rest;

  /**
   * The bytes of buffers and arrays.
   *
   * @param scheduler where a large piece is cut
   */
  public ByteChunks(Elements pieces, Scheduler scheduler, CopyMeter meter) {
    super(pieces, 1, scheduler, meter);
  }

  @Override
  void begin(Chunk out) {}

  @Override
  boolean write(@Nullable Object piece, long number, Chunk out) {
    ByteBuffer bytes = rest == null ? bytes(piece, number) : rest;
    out.fill(bytes);
    rest = bytes.hasRemaining() ? bytes : null;
    return rest == null;
  }

  private static ByteBuffer bytes(@Nullable Object piece, long number) {
    if (piece instanceof ByteBuffer buffer) {
      return buffer.duplicate();
    }
    if (piece instanceof byte[] array) {
      return ByteBuffer.wrap(array);
    }
    throw new WrongArguments(
        "piece "
            + number
            + " of copyIn (from 0) must be a ByteBuffer or a byte[], it is "
            + (piece == null ? "null" : "a " + piece.getClass().getName())
            + "; records go with CopyRecords");
  }

  @Override
  void end(Chunk out) {}

  @Override
  int rows() {
    return 0;
  }
}
